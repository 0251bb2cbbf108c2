"""Pages that come in pieces, as over a bad line: what is shown stays where it is."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import Request, urlopen

import pytest

from tests.journeys.test_quality import addresses, shifts_of

__all__ = ["addresses"]

PIECES = 24
PAUSE = 0.06  # Seconds between two pieces: time for several frames.


@pytest.fixture(scope="module")
def slow(newsroom) -> Iterator[str]:
    """Yield the address of the newsroom behind a line that hands over pages piece by piece."""

    class Slow(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            accept = {"Accept": self.headers["Accept"]}
            asked = Request(f"{newsroom.url}{self.path}", headers=accept)
            with urlopen(asked, timeout=20) as answer:
                body, mime = answer.read(), answer.headers["Content-Type"]
            self.send_response(200)
            self.send_header("Content-Type", mime)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            size = len(body) // PIECES + 1 if mime.startswith("text/html") else len(body)
            for start in range(0, len(body), size):
                self.wfile.write(body[start : start + size])
                self.wfile.flush()
                time.sleep(PAUSE if size < len(body) else 0)

        def log_message(self, *told):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", ["front", "section", "news", "feature", "live"])
def test_a_page_that_comes_in_pieces_moves_nothing(slow, browser, addresses, name, width):
    def wait(page):
        page.wait_for_timeout(150)

    assert shifts_of(browser, f"{slow}{addresses[name]}", width, wait) == []
