"""Telling the press of every process what is out of date."""

from functools import cache

from dateline.common import house
from dateline.journal.entries import Entry, Recorded
from dateline.press.ring import FORGET, KeyRing, digest
from dateline.stories.entries import StoryWithdrawn

_LOOK_BACK = 4096


@cache
def _ring() -> KeyRing:
    return KeyRing(house.ring_path())


def ring_keys(keys: tuple[str, ...]) -> None:
    """Drop the pages that show any of these keys, in every process of this machine."""
    if keys:
        _ring().add(keys)


def drop_now(seq: int, entry: Entry) -> None:
    """Drop the pages an entry touches, in the process that has just committed it.

    What was withdrawn leaves no copy behind, not even for bad times. The key `entry:n` marks the
    entry as done.
    """
    if entry.keys:
        _ring().add((*entry.keys, f"entry:{seq}"), forget=isinstance(entry, StoryWithdrawn))


def drop_pages(recorded: Recorded) -> None:
    """Drop the pages an entry touches, if its own process was killed before it could."""
    ring = _ring()
    _, lately = ring.since(max(0, ring.position - _LOOK_BACK))
    mark = digest(f"entry:{recorded.seq}")
    if lately is None or not {mark, mark | FORGET} & lately:
        drop_now(recorded.seq, recorded.entry)
