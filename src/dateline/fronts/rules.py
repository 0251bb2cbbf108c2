"""Rules of fronts: values in, answer out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LEAD_AGE = timedelta(days=1)
LEAD_FROM = 12
ROOM = {"lead": 1, "second": 2, "rail": 7, "river": 3}
"""How many stories a slot shows."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What composing a front needs to know of a story."""

    number: int
    urgency: int
    has_picture: bool
    published_at: datetime
    is_news: bool = True


@dataclass(frozen=True, slots=True)
class FrontPlan:
    """Which story stands where on a front, by number; no story stands twice."""

    lead: int | None = None
    seconds: tuple[int, ...] = ()
    rail: tuple[int, ...] = ()
    river: tuple[int, ...] = ()


def is_standing(*, starts_at: datetime | None, ends_at: datetime | None, now: datetime) -> bool:
    """Say whether a placement with these times is in force; without times it always is."""
    return (starts_at is None or starts_at <= now) and (ends_at is None or ends_at > now)


def first_once(placed: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, ...]]:
    """Return what the slots show of the stories placed in them, each story in its first slot.

    Order: slots from the top of the page down, stories as they were placed.
    """
    taken: set[int] = set()
    shown: dict[str, tuple[int, ...]] = {}
    for slot, most in ROOM.items():
        numbers = [number for number in dict.fromkeys(placed.get(slot, ())) if number not in taken]
        shown[slot] = tuple(numbers[:most])
        taken.update(shown[slot])
    return shown


def compose_front(
    newest: Sequence[Candidate], placed: Mapping[str, Sequence[int]] | None = None
) -> FrontPlan:
    """Compose a front from what an editor placed and, where that leaves room, its newest stories.

    The lead is the most urgent of the newest dozen that came out within a day of the newest, the
    newest among equals (all that is not urgent counts as equal); the seconds are the next two of
    it that have a picture, or else the next two. The rail holds what stands behind the news:
    analysis, features, off-beat and live coverage. The river is the rest in order, under what was
    placed at its top.

    Shape: `newest` newest first; `placed` numbers by slot, of stories that readers may see.
    """
    own = first_once(placed or {})
    taken = {number for numbers in own.values() for number in numbers}
    free = [story for story in newest if story.number not in taken]
    lead = own["lead"][0] if own["lead"] else _lead(free)
    rest = [story for story in free if story.number != lead]
    near = [story for story in rest[:LEAD_FROM] if story.is_news]
    pictured = [s for s in near if s.has_picture] + [s for s in near if not s.has_picture]
    chosen = {story.number for story in pictured[: ROOM["second"] - len(own["second"])]}
    behind = [story.number for story in rest if not story.is_news]
    rail = (*own["rail"], *behind[: ROOM["rail"] - len(own["rail"])])
    seconds = (*own["second"], *(story.number for story in rest if story.number in chosen))
    gone = {*chosen, *rail}
    river = (*own["river"], *(story.number for story in rest if story.number not in gone))
    return FrontPlan(lead=lead, seconds=seconds, rail=rail, river=river)


def compose_section(newest: Sequence[int], placed: Mapping[str, Sequence[int]]) -> FrontPlan:
    """Compose the top of a section: its newest story leads unless an editor placed another.

    Seconds are only what was placed; the river is what was placed at its top, then the rest.

    Shape: numbers of stories that readers may see; `newest` newest first.
    """
    own = first_once(placed)
    taken = {number for slot in ("lead", "second", "river") for number in own[slot]}
    order = [*own["river"], *(number for number in newest if number not in taken)]
    lead = own["lead"][0] if own["lead"] else next(iter(order), None)
    river = tuple(number for number in order if number != lead)
    return FrontPlan(lead=lead, seconds=own["second"], river=river)


def _lead(newest: Sequence[Candidate]) -> int | None:
    if not newest:
        return None
    day = newest[0].published_at - LEAD_AGE
    top = [story for story in newest[:LEAD_FROM] if story.published_at >= day]
    best = min(top, key=lambda story: (min(story.urgency, 4), not story.is_news, top.index(story)))
    return best.number
