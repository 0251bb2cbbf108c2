"""Bodies that are too long or too slow, on our protocol class and on plain ASGI."""

import time
from dataclasses import replace

import pytest

from dateline.press.bodies import BodyLimits, Wider, stated_length

from .serving import answers, everything, get, read_answer, serving

KINDS = ["protocol", "asgi"]
STAFF = "cookie: session=ilse"


async def knows(headers):
    return (b"cookie", b"session=ilse") in headers


LIMITS = BodyLimits(
    anyone_bytes=1000,
    wider=(Wider(b"/newsroom/", 200_000, knows),),
    seconds=0.4,
    bytes_per_second=100_000,
)


@pytest.fixture(params=KINDS)
def served(request, tmp_path):
    with serving(tmp_path, request.param, bodies=LIMITS) as one:
        yield one


def post(path, length, *headers, body=None):
    head = get(path, f"Content-Length: {length}", *headers, method="POST")
    return head + (b"x" * length if body is None else body)


def chunked(path, size, *headers):
    head = get(path, "Transfer-Encoding: chunked", *headers, method="POST")
    piece = b"1f4\r\n" + b"y" * 500 + b"\r\n"
    return head + piece * (size // 500) + b"0\r\n\r\n"


def asked(served):
    return [one for one in served.room.asked if one["method"] == "POST"]


def test_a_body_that_says_it_is_too_long_is_refused_before_it_comes(served):
    status, headers, _ = answers(served.ask(post("/a", 1001, body=b"")))[0]
    assert (status, headers[b"connection"], asked(served)) == (413, b"close", [])


def test_a_body_of_just_what_is_allowed_is_taken(served):
    with served.connect() as line:
        line.sendall(post("/a", 1000))
        assert read_answer(line)[0] == 200


def test_a_body_that_turns_out_too_long_is_refused_and_its_request_ends(served):
    assert answers(served.ask(chunked("/a", 5000)))[0][0] == 413
    with served.connect() as line:
        line.sendall(chunked("/a", 1000))
        assert read_answer(line)[0] == 200


def test_who_works_here_may_send_more_and_only_to_the_newsroom(served):
    with served.connect() as line:
        line.sendall(post("/newsroom/x", 150_000, STAFF))
        assert read_answer(line)[0] == 200
        line.sendall(chunked("/newsroom/x", 150_000, STAFF))
        assert read_answer(line)[0] == 200
    assert answers(served.ask(post("/a", 150_000, STAFF, body=b"")))[0][0] == 413
    assert answers(served.ask(post("/newsroom/x", 200_001, STAFF, body=b"")))[0][0] == 413


def test_a_cookie_that_somebody_made_up_opens_nothing(served):
    made_up = "cookie: session=eve"
    assert answers(served.ask(post("/newsroom/x", 1001, made_up, body=b"")))[0][0] == 413
    assert answers(served.ask(chunked("/newsroom/x", 5000, made_up)))[0][0] == 413
    assert asked(served)[1:] == []


def test_who_sends_a_long_body_whole_still_hears_why(tmp_path):
    with serving(tmp_path, "protocol", bodies=LIMITS) as served, served.connect() as line:
        line.sendall(post("/a", 150_000))
        assert answers(everything(line))[0][0] == 413


def test_a_flood_after_the_refusal_is_cut(tmp_path):
    with serving(tmp_path, "protocol", bodies=LIMITS) as served, served.connect() as line:
        line.sendall(get("/a", "Content-Length: 900000000", method="POST"))
        began = time.monotonic()
        with pytest.raises(ConnectionError):
            line.sendall(b"x" * (256 << 20))
        assert time.monotonic() - began < 5


def test_a_body_that_does_not_come_is_given_up(served):
    began = time.monotonic()
    answered = answers(served.ask(post("/a", 900, body=b"x")))
    assert answered[0][0] == 408
    assert 0.3 < time.monotonic() - began < 3


def test_the_longest_length_counts_where_it_is_stated_twice():
    twice = [(b"content-length", b"10"), (b"content-length", b"99")]
    assert stated_length(twice) == 99
    assert stated_length([(b"transfer-encoding", b"chunked"), (b"content-length", b"1")]) is None
    assert stated_length([(b"content-length", b"x")]) == 0
    assert stated_length([]) == 0


def test_a_cookie_of_another_name_is_not_asked_about():
    other = [(b"cookie", b"a=1; other=2")]
    assert LIMITS.most(b"/newsroom/x", other) == 1000
    assert replace(LIMITS, cookie=b"other").most(b"/newsroom/x", other) == 200_000
