"""What was recalled is told to nobody who comes later; the numbers stay without a gap."""

from dateline.stream.ring import Ring
from dateline.stream.source import Announcement

HEARD = ("newsfeed:en",)


def told(seq, about, *, recalls=False):
    event = "withdrawn" if recalls else "published"
    return Announcement(seq, HEARD, event, about.encode(), about=about, recalls=recalls)


def joined(ring):
    return ring.join(ring.numbers(HEARD, 0))[0]


def test_only_the_number_stays_of_what_was_recalled():
    ring = Ring(8)
    ring.extend([told(1, "story:1"), told(2, "story:2"), told(3, "story:1")], 3)
    ring.extend([told(4, "story:1", recalls=True)], 4)
    assert ring.numbers(HEARD, 0) == [1, 2, 3, 4]
    assert joined(ring) == (
        b"id: 1\n\n"
        b"id: 2\nevent: published\nchannels: newsfeed:en\ndata: story:2\n\n"
        b"id: 3\n\n"
        b"id: 4\nevent: withdrawn\nchannels: newsfeed:en\ndata: story:1\n\n"
    )


def test_what_is_told_and_recalled_at_once_is_not_told():
    ring = Ring(8)
    ring.extend([told(1, "story:1"), told(2, "story:1", recalls=True)], 2)
    assert (
        joined(ring)
        == b"id: 1\n\nid: 2\nevent: withdrawn\nchannels: newsfeed:en\ndata: story:1\n\n"
    )


def test_what_comes_after_is_told_again():
    ring = Ring(8)
    ring.extend([told(1, "story:1"), told(2, "story:1", recalls=True), told(3, "story:1")], 3)
    assert joined(ring).endswith(
        b"id: 3\nevent: published\nchannels: newsfeed:en\ndata: story:1\n\n"
    )


def test_a_part_goes_alone_and_with_its_whole():
    ring = Ring(8)
    ring.extend([told(1, "story:1/live/post:7"), told(2, "story:1/live/post:8")], 2)
    ring.extend([told(3, "story:1/live/post:7", recalls=True)], 3)
    assert joined(ring).count(b"event: published") == 1
    assert b"data: story:1/live/post:8" in joined(ring)
    ring.extend([told(4, "story:1", recalls=True)], 4)
    assert joined(ring) == (
        b"id: 1\n\nid: 2\n\nid: 3\n\n"
        b"id: 4\nevent: withdrawn\nchannels: newsfeed:en\ndata: story:1\n\n"
    )


def test_nothing_is_remembered_of_what_left_the_ring():
    ring = Ring(4)
    ring.extend([told(seq, f"story:{seq % 3}") for seq in range(1, 41)], 40)
    kept = sorted(number for numbers in ring._about.values() for number in numbers)
    assert kept == ring.numbers(HEARD, 0)
    ring.extend([told(41, "story:1", recalls=True)], 41)
    assert b"story:1" not in joined(ring).replace(
        b"withdrawn\nchannels: newsfeed:en\ndata: story:1", b""
    )
