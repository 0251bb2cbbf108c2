"""Who takes a connection over owns it: what it hears, what it may decline, how it is cut."""

import time

import pytest

from .serving import QUICK, answers, get, read_answer, serving, wait_for_end

CLOSE = "Connection: close"


class Stream:
    """A takeover that says what it hears."""

    def __init__(self, transport, heard):
        self.transport = transport
        self.heard = heard
        transport.write(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes")

    def pause_writing(self):
        self.heard.append("pause")

    def resume_writing(self):
        self.heard.append("resume")

    def connection_lost(self, exc):
        self.heard.append("lost")

    def shutdown(self):
        self.heard.append("shutdown")
        self.transport.write(b"bye")
        self.transport.close()


@pytest.fixture
def streaming(tmp_path):
    heard, calls = [], []

    def take(**call):
        calls.append(call)
        if b"broken" in call["query"]:
            raise LookupError
        return None if b"no" in call["query"] else Stream(call["transport"], heard)

    with serving(tmp_path, limits=QUICK, takeovers={"/stream": take}) as served:
        yield served, heard, calls


def test_a_takeover_owns_the_connection(streaming):
    served, heard, calls = streaming
    with served.connect() as line:
        line.sendall(get("/stream?after=12", "Last-Event-ID: 7", "X-Forwarded-For: 10.0.0.1"))
        assert read_answer(line)[2] == b"yes"
        line.sendall(get("/a"))
        time.sleep(1.2)
        assert heard == []
        assert len(served.server.server_state.connections) == 1
    wait_for_end(served)
    assert heard == ["lost"]
    (call,) = calls
    assert (call["path"], call["query"], call["keep_alive"]) == ("/stream", b"after=12", True)
    assert call["headers"] == [(b"host", b"news.example"), (b"last-event-id", b"7")]
    assert call["client"][0] == "127.0.0.1"
    assert served.room.renders == 0


def test_a_takeover_that_breaks_is_an_error_of_ours(streaming):
    served, heard, _ = streaming
    assert answers(served.ask(get("/stream?broken")))[0][0] == 500
    assert heard == []


def test_a_takeover_can_decline(streaming):
    served, heard, calls = streaming
    assert answers(served.ask(get("/stream?no", CLOSE)))[0][2].startswith(b"about /stream")
    assert (len(calls), heard) == (1, [])


@pytest.mark.parametrize(
    "request_bytes",
    [
        get("/stream", "Content-Length: 0", CLOSE),
        get("/stream", CLOSE, method="POST"),
        get("/stream", CLOSE, method="HEAD"),
        get("/stream", CLOSE, host="evil.example"),
        get("/stream/", CLOSE),
        get("/stream", "Host: news.example", CLOSE),
    ],
)
def test_only_a_plain_get_is_taken_over(streaming, request_bytes):
    served, heard, calls = streaming
    served.ask(request_bytes)
    assert (heard, calls) == ([], [])


def test_a_takeover_hears_of_back_pressure(streaming):
    served, heard, calls = streaming
    with served.connect() as line:
        line.sendall(get("/stream"))
        read_answer(line)
        loop, transport = served.front._ticker.get_loop(), calls[0]["transport"]
        loop.call_soon_threadsafe(transport.write, bytes(16 << 20))
        time.sleep(0.1)
        assert heard == ["pause"]
        line.settimeout(0.5)
        left = 16 << 20
        while left:
            left -= len(line.recv(1 << 20))
        time.sleep(0.05)
        assert heard == ["pause", "resume"]


def test_a_taker_who_is_flooded_is_cut(streaming):
    served, heard, _ = streaming
    with served.connect() as line:
        line.sendall(get("/stream"))
        read_answer(line)
        try:
            for _ in range(50):
                line.sendall(bytes(8192))
                time.sleep(0.005)
        except OSError:
            pass
    wait_for_end(served)
    assert heard == ["lost"]


def test_a_stopping_server_tells_the_takeover_and_waits(streaming):
    served, heard, _ = streaming
    with served.connect() as line:
        line.sendall(get("/stream"))
        read_answer(line)
        served.server.should_exit = True
        assert line.recv(3) == b"bye"
        assert line.recv(1) == b""
    served.thread.join(5)
    assert heard == ["shutdown", "lost"]


def test_what_follows_a_repeated_header_counts_too(streaming):
    served, _, calls = streaming
    twice = ["Accept: a", "Accept: b"]
    assert answers(served.ask(get("/a", *twice, "Accept-Encoding: gzip", CLOSE)))[0][0] == 200
    served.ask(get("/stream", *twice, "Content-Length: 1", CLOSE) + b"x")
    assert calls == []
    with served.connect() as line:
        line.sendall(get("/stream", *twice, "Last-Event-ID: 3"))
        read_answer(line)
    assert calls[0]["headers"][1:] == [
        (b"accept", b"a"),
        (b"accept", b"b"),
        (b"last-event-id", b"3"),
    ]
