"""The same site on a server that knows nothing of our protocol class."""

import json
import re
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from tests.journeys.running import Running, environment

pytestmark = pytest.mark.slow


@pytest.fixture
def plain(tmp_path):
    """A sample newsroom that was made by `demo` and is then served by plain uvicorn and h11."""
    home = tmp_path / "newsroom"
    running = Running(home, settings={"sample_pictures": "no"}).start()
    with urlopen(f"{running.url}/world/") as answer:
        world = answer.read()
    assert running.stop() == 0
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"home": str(home), "base_url": running.url}
    command = ["-m", "uvicorn", "--http", "h11", "--ws", "none", "--port", str(port)]
    server = subprocess.Popen(
        [sys.executable, *command, "dateline.config.plain_asgi:application"],
        env=environment(settings),
    )
    yield f"http://localhost:{port}", world
    server.terminate()
    server.wait(30)


def ask(url, patience=30.0):
    end = time.monotonic() + patience
    while True:
        try:
            return urlopen(Request(url), timeout=10)
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def headlines(page):
    found = re.findall(r'<a class="card-link"[^>]*>([^<]+)</a>', page)
    assert len(found) > 10
    return found


def test_pages_and_stream_answer_on_plain_asgi(plain):
    url, world = plain
    with ask(f"{url}/world/") as answer:
        assert answer.headers["Dateline-Journal"].isdigit()
        text = answer.read().decode()
    assert headlines(text) == headlines(world.decode())
    with ask(f"{url}/-/stream?channels=newsfeed:en&after=1") as stream:
        for raw in stream:
            if raw.startswith(b"data: "):
                assert "story" in json.loads(raw[6:])
                break
