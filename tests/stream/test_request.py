import pytest

from dateline.stream.errors import BadChannelsError, BadCursorError, StreamFullError
from dateline.stream.request import FUTURE, Wish, is_public, read_wish, refusal, stream_head


def wish(query, last_id=None, **options):
    headers = [(b"accept", b"*/*")] + ([(b"last-event-id", last_id)] if last_id is not None else [])
    given = {"allowed": is_public, "max_channels": 3, **options}
    return read_wish(query=query, headers=headers, **given)


@pytest.mark.parametrize(
    "query",
    [
        b"channels=newsfeed:en,chat:12",
        b"channels=chat%3A12%2Cnewsfeed%3Aen",
        b"channels=newsfeed:en&channels=chat:12",
        b"utm=1&channels=newsfeed:en,chat:12,chat:12",
    ],
)
def test_channels(query):
    assert wish(query) == Wish(frozenset({"newsfeed:en", "chat:12"}), None)


@pytest.mark.parametrize(
    "query",
    [
        b"",
        b"channels=",
        b"channels=newsfeed:en,",
        b"channels=newsfeed:en,staff:1",
        b"channels=newsfeed:",
        b"channels=newsfeed:en%0A",
        b"channels=newsfeed:en%00",
        b"channels=newsfeed:%D0%B5",
        b"channels=chat:1,chat:2,chat:3,chat:4",
        b"channels=\xff",
        b"channels=newsfeed:en&x=" + b"y" * 5000,
    ],
)
def test_bad_channels(query):
    with pytest.raises(BadChannelsError):
        wish(query)


@pytest.mark.parametrize(
    ("query", "last_id", "after"),
    [
        (b"", None, None),
        (b"&after=0", None, 0),
        (b"&after=41", None, 41),
        (b"&after=41", b"42", 42),
        (b"&after=41", b" 7 ", 7),
        (b"&after=41", b"", 41),
        (b"&after=nonsense", b"42", 42),
        (b"", b"not-ours", FUTURE),
        (b"", b"-1", FUTURE),
        (b"", b"\xb2", FUTURE),
        (b"", b"9" * 5000, FUTURE),
        (b"&after=" + b"9" * 19, None, FUTURE),
    ],
)
def test_where_to_begin(query, last_id, after):
    assert wish(b"channels=live:7" + query, last_id).after == after


@pytest.mark.parametrize("after", [b"", b"-1", b"1.0", b"+1", b"1_0", b"%D9%A1", b"1&after=2"])
def test_bad_after(after):
    with pytest.raises(BadCursorError):
        wish(b"channels=live:7&after=" + after)


def test_the_guard_decides():
    assert wish(b"channels=desk:1", allowed="desk:1".__eq__).channels == {"desk:1"}


def test_the_head_of_a_stream():
    lines = stream_head(wish(b"channels=live:7")).split(b"\r\n")
    assert lines[0] == b"HTTP/1.1 200 OK"
    names = [line.partition(b": ")[0].lower() for line in lines[1:-2]]
    assert names == [
        b"date",
        b"content-type",
        b"cache-control",
        b"x-accel-buffering",
        b"x-content-type-options",
        b"connection",
    ]
    assert lines[-2:] == [b"", b""]


def test_a_refusal_says_when_to_come_again():
    head, _, body = refusal(StreamFullError()).partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == b"HTTP/1.1 503 Service Unavailable"
    assert b"retry-after: 5" in lines
    assert b"content-length: %d" % len(body) in lines
    assert body == b"No more streams can be opened here just now.\n"


def test_an_answer_that_ends_is_plain_text():
    asked = wish(b"channels=live:7&after=4&once=1")
    assert asked == Wish(frozenset({"live:7"}), 4, once=True)
    assert b"\r\ncontent-type: text/plain; charset=utf-8\r\n" in stream_head(asked)
