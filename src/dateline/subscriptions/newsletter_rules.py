"""Rules of newsletters: values in, answer out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from dateline.subscriptions.enums import Source
from dateline.subscriptions.trial_rules import USUAL_HOURS, USUAL_SHARE

T = TypeVar("T")
CLIPPED_AT = 102 * 1024
"""Bytes of HTML from which Gmail hides the rest of a letter behind a link."""
MOST_PARTS = 12
MOST_STORIES = 15
_WALL_CLOCK = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCopy:
    """A part as somebody composes it: `stories` are numbers, and hold only what was chosen."""

    heading: str = ""
    source: Source = Source.CHOSEN
    section: int | None = None
    most: int = 5
    stories: tuple[int, ...] = ()

    @property
    def room(self) -> int:
        """Return how many stories it shows at most."""
        return MOST_STORIES if self.source == Source.CHOSEN else min(self.most, MOST_STORIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCopy:
    """What somebody wrote of an issue. `intro` may hold anything: it is cleaned before storing.

    Shape: with a `second_title` both are tried on `share` percent, and the rest waits for `hours`.
    """

    title: str = ""
    second_title: str = ""
    share: int = USUAL_SHARE
    hours: int = USUAL_HOURS
    preheader: str = ""
    intro: str = ""
    sponsor: str = ""
    sponsor_url: str = ""
    parts: tuple[PartCopy, ...] = field(default=())


def moved(rows: Sequence[T], place: int, step: int) -> tuple[T, ...]:
    """Return rows with the one at a place a step further up or down; as they are at the ends."""
    to = place + step
    if not (0 <= place < len(rows) and 0 <= to < len(rows)):
        return tuple(rows)
    others = [*rows[:place], *rows[place + 1 :]]
    return (*others[:to], rows[place], *others[to:])


def without(rows: Sequence[T], place: int) -> tuple[T, ...]:
    """Return rows without the one at a place."""
    return (*rows[:place], *rows[place + 1 :]) if place >= 0 else tuple(rows)


def with_story(part: PartCopy, story: int) -> PartCopy:
    """Return a part with a story at its end; one that is in it already stays where it is."""
    if story in part.stories or len(part.stories) >= MOST_STORIES:
        return part
    return replace(part, stories=(*part.stories, story))


def wall_clock_text(at: datetime) -> str:
    """Return an hour as a clock on the wall shows it, such as `2026-12-01T07:00`."""
    return at.strftime(_WALL_CLOCK)


def local_moments(wall_clock: str, zones: Iterable[str]) -> dict[str, datetime]:
    """Return when a clock on the wall shows an hour in each of some time zones, in UTC."""
    shown = datetime.strptime(wall_clock, _WALL_CLOCK)  # noqa: DTZ007 - an hour of no zone yet
    return {zone: shown.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for zone in zones}


def is_clipped(html: str) -> bool:
    """Say whether a letter is so long that mail programs hide its end."""
    return len(html.encode()) > CLIPPED_AT
