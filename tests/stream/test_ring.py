import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.stream.errors import SourceOrderError
from dateline.stream.frames import frame
from dateline.stream.ring import Ring
from dateline.stream.source import Announcement


def told(seq, *channels, event="e", data=b"{}"):
    return Announcement(seq, channels, event, data)


def ring_of(*announcements, size=100, upto=None):
    ring = Ring(size)
    ring.extend(announcements, upto or announcements[-1].seq)
    return ring


def test_numbers_are_of_the_channels_and_after_the_cursor():
    ring = ring_of(told(1, "a"), told(3, "b"), told(4, "a", "b"), told(9, "c"))
    assert ring.numbers(["a"], 0) == [1, 4]
    assert ring.numbers(["a", "b"], 1) == [3, 4]
    assert ring.numbers(["a", "b"], 4) == []
    assert ring.numbers(["nobody"], 0) == []


def test_extend_says_which_channels_are_touched_and_moves_the_head_past_silent_entries():
    ring = Ring(10)
    assert ring.extend([told(2, "a"), told(5, "b", "c")], 8) == {"a", "b", "c"}
    assert ring.head == 8
    assert ring.extend([], 11) == set()
    assert ring.head == 11


def test_one_block_is_handed_out_without_a_copy():
    ring = ring_of(told(1, "a"))
    assert ring.join([1])[0] is ring.join([1])[0]


def test_join_stops_after_the_block_that_reaches_the_limit():
    ring = ring_of(told(1, "a"), told(2, "a"), told(3, "a"), upto=7)
    one, two, three = (frame(n, "e", b"{}", ["a"]) for n in (1, 2, 3))
    assert ring.join([1, 2, 3]) == (one + two + three, 7)
    assert ring.join([1, 2, 3], max_bytes=1) == (one, 1)
    assert ring.join([1, 2, 3], max_bytes=len(one) + 1) == (one + two, 2)
    assert ring.join([1, 2, 3], max_bytes=10_000) == (one + two + three, 7)
    assert ring.join([3], max_bytes=1) == (three, 7)


@pytest.mark.parametrize("seqs", [(3, 2), (2, 2), (1,), (11,)])
def test_a_source_out_of_order_is_refused_whole(seqs):
    ring = ring_of(told(1, "a"))
    with pytest.raises(SourceOrderError):
        ring.extend([told(seq, "a") for seq in seqs], 10)
    assert (ring.head, ring.numbers(["a"], 0)) == (1, [1])


def test_what_cannot_be_framed_is_left_out(caplog):
    ring = Ring(10)
    assert ring.extend([told(1, "a", event="x\ny"), told(2, "b")], 2) == {"b"}
    assert ring.numbers(["a", "b"], 0) == [2]
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_old_announcements_are_let_go_and_the_floor_says_so():
    ring = Ring(4)
    for seq in range(1, 31):
        ring.extend([told(seq, "a" if seq % 2 else "b", "all")], seq)
        floor = ring.floor(["all"])
        assert ring.numbers(["all"], floor) == list(range(floor + 1, seq + 1))
    assert 4 <= len(ring) <= 5
    assert ring.numbers(["a", "b"], 0) == ring.numbers(["all"], 0)


def test_a_quiet_channel_stays_in_reach_while_others_are_busy():
    ring = ring_of(told(1, "quiet"), told(2, "busy"), size=2)
    ring.extend([told(seq, "busy") for seq in range(3, 30)], 29)
    assert ring.floor(["quiet"]) == 1
    assert ring.floor(["never"]) == 0
    assert ring.floor(["quiet", "busy"]) == 27


def test_a_channel_that_is_only_history_is_forgotten():
    ring = ring_of(told(1, "old"), told(2, "new"), size=1)
    ring.extend([told(3, "new")], 3)
    assert set(ring._by_channel) == {"new"}


@given(st.lists(st.sets(st.sampled_from("abcd")), max_size=60), st.integers(0, 60), st.data())
def test_a_ring_reads_like_the_whole_list(entries, after, data):
    size = data.draw(st.integers(1, 20))
    asked = data.draw(st.sets(st.sampled_from("abcd"), min_size=1))
    ring = Ring(size)
    for seq, channels in enumerate(entries, 1):
        ring.extend([told(seq, *sorted(channels))] if channels else [], seq)
    after = max(after, ring.floor(asked))
    wanted = [seq for seq, channels in enumerate(entries, 1) if seq > after and channels & asked]
    assert ring.numbers(asked, after) == wanted
