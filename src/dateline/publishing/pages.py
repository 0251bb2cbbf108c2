"""Telling the press of every process what is out of date."""

from functools import cache

from dateline.common import house
from dateline.journal.entries import Entry, Recorded
from dateline.journal.queries import head, keys_after
from dateline.press.ring import KeyRing, digest
from dateline.stories.entries import StoryWithdrawn

_LOOK_BACK = 1024
_FAR = 5000


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


def keep_up(newest: int) -> None:
    """Drop the pages that entries up to `newest` touch, whichever machine they were recorded on.

    Every server process calls it before it tells a browser of them; the ring remembers for all
    processes of a machine how far that went. A journal that is far ahead or went back costs all
    pages of the machine, which is always right.
    """
    ring = _ring()
    ring.refresh()
    at = ring.followed
    if at == newest or newest < at <= head():
        return  # Another process of this machine was as quick or quicker.
    if not 0 < at < newest <= at + _FAR:
        ring.drop_all()
    else:
        _drop_what_follows(ring, at)
    ring.follow(newest)


def _drop_what_follows(ring: KeyRing, at: int) -> None:
    done = _rung_lately(ring)
    for seq, kind, keys in keys_after(at, _FAR):
        if keys and digest(f"entry:{seq}") not in done:
            withdraws = issubclass(Entry.types.get(kind, Entry), StoryWithdrawn)
            ring.add((*keys, f"entry:{seq}"), forget=withdraws)


def drop_pages(recorded: Recorded) -> None:
    """Drop the pages an entry touches, if its own process was killed before it could."""
    if digest(f"entry:{recorded.seq}") not in _rung_lately(_ring()):
        drop_now(recorded.seq, recorded.entry)


def _rung_lately(ring: KeyRing) -> frozenset[int]:
    """Return the digests of the latest keys, none if they cannot be read: ringing twice is safe."""
    _, lately = ring.since(max(0, ring.position - _LOOK_BACK))
    return lately or frozenset()
