import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.stream import frames
from dateline.stream.errors import EventNameError
from tests.stream.fakes import blocks


def test_an_event_is_one_block():
    made = frames.frame(7, "story-published", b'{"id":12}')
    assert made == b'id: 7\nevent: story-published\ndata: {"id":12}\n\n'


def test_a_block_says_who_hears_it():
    made = frames.frame(7, "x", b"{}", ("newsfeed:en", "live:3"))
    assert made == b"id: 7\nevent: x\nchannels: newsfeed:en,live:3\ndata: {}\n\n"
    with pytest.raises(EventNameError):
        frames.frame(7, "x", b"{}", ("newsfeed:en\nid: 9",))


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_line_ends_in_data_start_further_data_lines(end):
    made = frames.frame(1, "x", b"one" + end + b"two" + end)
    assert made == b"id: 1\nevent: x\ndata: one\ndata: two\ndata: \n\n"


@given(st.binary())
def test_no_data_breaks_out_of_its_block(data):
    expected = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    assert blocks(frames.frame(1, "x", data)) == [{b"id": b"1", b"event": b"x", b"data": expected}]


@pytest.mark.parametrize("name", ["", "a\nb", "a\rb", "\n"])
def test_event_names_are_one_line(name):
    with pytest.raises(EventNameError):
        frames.frame(1, name, b"{}")


def test_small_blocks():
    assert frames.beat(9) == b"id: 9\n\n"
    assert frames.reset(9) == b'id: 9\nevent: reset\ndata: {"head":9}\n\n'
    assert frames.retry(1500) == b"retry: 1500\n\n"
