"""Small things the tests of the press share."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.press.page import press
from dateline.press.policy import Arguments, Policy
from dateline.press.ring import KeyRing
from dateline.press.store import PageStore

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"
HTML = (b"content-type", b"text/html; charset=utf-8")
TEXT = b"<p>The mayor of Brdo opened the bridge on Friday.</p>" * 40

POLICY = Policy(
    canonical="news.example",
    hosts=frozenset({"news.example", "www.news.example", "127.0.0.1"}),
    private_prefixes=("/newsroom/", "/me", "/stream"),
    open_prefixes=("/-/",),
    arguments=(
        Arguments(r"/(world|sport)/", {"page": r"[1-9][0-9]{0,3}", "kind": r"news|live"}),
        Arguments(r"/search/", {"q": r".{1,40}"}),
    ),
)


def corpus(name: str) -> list[str]:
    """Return the payloads of one corpus, or skip the test where the corpora are absent."""
    path = CORPORA / f"{name}.jsonl"
    if not path.exists():
        pytest.skip("the corpora folder is not beside this checkout")
    lines = map(json.loads, path.read_text().splitlines())
    return [line["payload"] for line in lines if "payload" in line]


def page(body=TEXT, keys=("story:12",), headers=()):
    return press(body, [HTML, (b"dateline-journal", b"7"), *headers], keys)


def store(tmp_path, budget=64 << 20):
    return PageStore(KeyRing(tmp_path / "ring", slots=64), budget)


class Newsroom:
    """An ASGI application whose pages can be edited, slowed, broken and counted."""

    def __init__(self):
        self.asked: list[dict] = []
        self.texts: dict[str, bytes] = {}
        self.headers: dict[str, list[tuple[bytes, bytes]]] = {}
        self.status: dict[str, int] = {}
        self.gate: asyncio.Event | None = None
        self.error: Exception | None = None
        self.keys = True

    @property
    def renders(self) -> int:
        return len(self.asked)

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        self.asked.append(dict(scope))
        path = scope["path"]
        text = self.texts.get(path, b"about " + path.encode()) + b"." * 400
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error
        body = await _body(receive) if scope["method"] == "POST" else b""
        text += body
        headers = [HTML, (b"content-length", b"%d" % len(text)), *self.headers.get(path, ())]
        if self.keys:
            headers += [(b"cache-tag", f"path:{path} all".encode()), (b"dateline-journal", b"3")]
        start = {"type": "http.response.start", "status": self.status.get(path, 200)}
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": text})

    async def _live(self, receive, send):
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return


async def _body(receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


def numbers(start: int = 1) -> Iterator[int]:
    while True:
        yield start
        start += 1
