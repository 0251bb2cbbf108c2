"""What we say to others goes to the open internet alone, and never waits for ever."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler

import pytest

from dateline.common.fetch import Bounds, FetchRefused
from dateline.common.posting import Line, ask
from tests.web_double import LOOPBACK, serving

INSIDE = Bounds(inside=LOOPBACK, seconds=5.0, max_bytes=1000)


class Double(BaseHTTPRequestHandler):
    """Tells what it was told; the path says how."""

    protocol_version = "HTTP/1.1"
    connections: set[tuple[str, int]] = set()

    def do_POST(self):
        self.connections.add(self.client_address)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/slow":
            for _ in range(100):
                self.wfile.write(b"HTTP/1.1 200 OK\r\nX: y\r\n"[:1])
                time.sleep(0.05)
        if self.path == "/bye":
            self.close_connection = True
            return
        self.send_response(int(self.headers.get("X-Status", 200)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Retry-After", "9")
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.path == "/once"

    def do_GET(self):
        self.do_POST()

    def log_message(self, format, *args):
        pass


@pytest.fixture
def there():
    Double.connections.clear()
    with serving(Double) as port:
        yield f"http://127.0.0.1:{port}"


def test_a_body_does_not_wait_for_word_that_its_headers_came(there):
    """Forty milliseconds for each notification, on a line that stays open."""
    with Line(there, INSIDE) as line:
        line.ask("POST", f"{there}/in", body=b"news")
        assert line._connection.wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_what_is_said_comes_through(there):
    answered = ask(
        "POST", f"{there}/in?a=b", body=b"news", headers={"X-Status": "410"}, bounds=INSIDE
    )
    assert (answered.status, answered.body, answered.retry_after) == (410, b"news", "9")


def test_nothing_is_led_on(there):
    answered = ask("GET", there, headers={"X-Status": "307"}, bounds=INSIDE)
    assert answered.status == 307


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "http://[::1]:8080/", "http://169.254.169.254/", "ftp://x/"]
)
def test_what_is_inside_is_never_asked(url):
    with pytest.raises(FetchRefused):
        ask("POST", url, body=b"", bounds=Bounds())


def test_a_line_is_kept_and_opened_again_when_it_was_closed(there):
    with Line(there, INSIDE) as line:
        for _ in range(3):
            assert line.ask("POST", f"{there}/a", body=b"x").status == 200
        assert len(Double.connections) == 1
        assert line.ask("POST", f"{there}/once", body=b"x").status == 200
        assert line.ask("POST", f"{there}/a", body=b"x").body == b"x"
        assert len(Double.connections) == 2


def test_one_that_hangs_up_is_asked_twice_and_no_more(there):
    with Line(there, INSIDE) as line:
        line.ask("POST", f"{there}/a", body=b"x")
        with pytest.raises(FetchRefused, match="as the web does"):
            line.ask("POST", f"{there}/bye", body=b"x")


def test_a_line_leads_to_one_origin(there):
    with Line(there, INSIDE) as line, pytest.raises(FetchRefused, match="another origin"):
        line.ask("POST", "http://127.0.0.1:1025/", body=b"")


def test_a_long_answer_is_cut(there):
    with Line(there, INSIDE) as line:
        assert line.ask("POST", f"{there}/a", body=b"x" * 5000).body == b"x" * 1000
        assert line.ask("POST", f"{there}/a", body=b"y").body == b"y"
        assert len(Double.connections) == 2


def test_one_that_drips_is_cut(there):
    began = time.monotonic()
    with pytest.raises(FetchRefused, match="too long"):
        ask("POST", f"{there}/slow", body=b"", bounds=Bounds(inside=LOOPBACK, seconds=0.5))
    assert time.monotonic() - began < 3
    names = [thread.name for thread in threading.enumerate()]
    assert names.count("late-watch") == 1
