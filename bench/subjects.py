"""The server under test: today a small application behind the press, later the product itself."""

import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .processes import free_port, running

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Subject:
    """A running server.

    Shape: `page` is the address of one pressed page, `pages` of many, `host` the Host to ask for.
    """

    port: int
    pid: int
    host: str
    page: str
    pages: tuple[str, ...]


@contextmanager
def small():
    """A page of a news story's size and a thousand more, from an application of ten lines."""
    with tempfile.TemporaryDirectory(prefix="bench-press-") as folder:
        port = free_port()
        command = [sys.executable, "-m", "bench.small", str(port), folder]
        with running(command, port, cwd=ROOT) as process:
            pages = tuple(f"/20261124/story-{n}.html" for n in range(1000))
            yield Subject(port, process.pid, "127.0.0.1", "/20261124/bridge-12.html", pages)
