"""What becomes of a line of a list: values in, answer out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dateline.standards.subscribers.facts import Listed, ListedAs
from dateline.subscriptions.enums import Stop

STOPS = {
    ListedAs.LEFT: Stop.LEFT,
    ListedAs.BOUNCED: Stop.BOUNCED,
    ListedAs.COMPLAINED: Stop.COMPLAINED,
}
"""How somebody is stopped who stands so in a list."""


class Fate(StrEnum):
    """What becomes of one line of a list."""

    NEW = "new"
    ADDED = "more choices"
    KNOWN = "known already"
    NO_CHOICE = "nothing to follow"
    LEFT_HERE = "left here before"
    UNCONFIRMED = "never confirmed"
    KEPT_OUT = "left there, not written to"
    STOPPED = "left there, stopped here"
    STAYS = "left there, then subscribed here"


FOLLOWS = frozenset({Fate.NEW, Fate.ADDED})
LEAVES = frozenset({Fate.KEPT_OUT, Fate.STOPPED})

Name = tuple[str, int]
"""Subject and number of the edition of what somebody follows by mail."""


@dataclass(frozen=True, slots=True)
class Here:
    """How an address stands here: whether it was stopped, since when it is known, what it gets."""

    is_stopped: bool
    since: datetime
    gets: frozenset[Name] = frozenset()


def fate_of(listed: Listed, wants: Collection[Name], here: Here | None) -> Fate:
    """Return what becomes of a line that asks for some choices."""
    if here is not None and here.is_stopped and listed.listed_as is not ListedAs.UNCONFIRMED:
        return Fate.LEFT_HERE
    if listed.listed_as in STOPS:
        return _fate_of_one_who_left(listed, here)
    if listed.listed_as is ListedAs.UNCONFIRMED:
        return Fate.UNCONFIRMED
    return _fate_of_one_who_follows(wants, here)


def _fate_of_one_who_follows(wants: Collection[Name], here: Here | None) -> Fate:
    if not wants:
        return Fate.NO_CHOICE
    if here is None:
        return Fate.NEW
    return Fate.KNOWN if here.gets.issuperset(wants) else Fate.ADDED


def _fate_of_one_who_left(listed: Listed, here: Here | None) -> Fate:
    if here is None:
        return Fate.KEPT_OUT
    is_older = listed.left_at is None or listed.left_at < here.since
    return Fate.STAYS if is_older else Fate.STOPPED


def after_line(
    listed: Listed, wants: Collection[Name], here: Here | None, now: datetime
) -> tuple[Fate, Here | None]:
    """Return what becomes of a line, and how its address stands here from then on."""
    fate = fate_of(listed, wants, here)
    if fate not in FOLLOWS | LEAVES:
        return fate, here
    since = here.since if here else listed.agreed_at or now
    if fate in LEAVES:
        return fate, Here(is_stopped=True, since=since)
    gets = here.gets if here else frozenset()
    return fate, Here(is_stopped=False, since=since, gets=gets.union(wants))
