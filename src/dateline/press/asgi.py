"""The words of ASGI 3 that the press speaks."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from .page import Answer, Asked, Headers

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_ASKING = frozenset({b"accept-encoding", b"if-none-match", b"range", b"if-range"})


class TooBigError(ValueError):
    """The application's response is longer than a page may be."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole response of the application, header names in lower case."""

    status: int
    headers: Headers
    body: bytes

    def header(self, name: bytes) -> bytes | None:
        """Return the first value of a header."""
        return next((value for known, value in self.headers if known == name), None)


Renderer = Callable[[Scope, int], Awaitable[Reply]]
"""Answers a request without a body, whole: what `collect` does, or a shorter way to the same.

Raises: as `collect`. The number is the most bytes that the body may have.
"""


async def collect(app: App, scope: Scope, max_bytes: int) -> Reply:
    """Run one request without a body through an application and return its whole response.

    Raises: TooBigError when the body is longer than `max_bytes`; RuntimeError when the application
        returns before it has finished; whatever the application raises.
    """
    collector = _Collector(max_bytes)
    await app(scope, collector.receive, collector.send)
    return collector.reply()


class _Collector:
    def __init__(self, max_bytes: int) -> None:
        self._asked = False
        self._finished = asyncio.Event()
        self._max_bytes = max_bytes
        self._status = 0
        self._headers: Headers = []
        self._body = bytearray()

    async def receive(self) -> Message:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._finished.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._headers = [(name.lower(), value) for name, value in message.get("headers", ())]
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if len(self._body) > self._max_bytes:
                raise TooBigError
            if not message.get("more_body", False):
                self._finished.set()

    def reply(self) -> Reply:
        if not self._status or not self._finished.is_set():
            msg = "the application returned before its response was complete"
            raise RuntimeError(msg)
        return Reply(self._status, self._headers, bytes(self._body))


async def send_answer(send: Send, answer: Answer) -> None:
    """Send a pressed answer, its header lines taken apart again."""
    lines = answer.head.split(b"\r\n")[:-1]
    headers = [tuple(line.split(b": ", 1)) for line in lines]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


async def send_reply(send: Send, reply: Reply, *, head: bool = False) -> None:
    """Send a collected response again, without its body to a HEAD request."""
    start = {"type": "http.response.start", "status": reply.status, "headers": reply.headers}
    await send(start)
    await send({"type": "http.response.body", "body": b"" if head else reply.body})


def asked_of(scope: Scope) -> Asked:
    """Return the parts of a request that choose among the bytes of a page.

    Header lines of one name are joined as RFC 9110, 5.3 allows; a repeated Range is ignored.
    """
    values: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in _ASKING:
            values[name] = values[name] + b", " + value if name in values else value
    return Asked(
        head=scope["method"] == "HEAD",
        accept_encoding=values.get(b"accept-encoding"),
        if_none_match=values.get(b"if-none-match"),
        range=values.get(b"range"),
        if_range=values.get(b"if-range"),
    )


def target_of(scope: Scope) -> bytes:
    """Return the request target as it came over the wire, as far as the server tells it."""
    path: bytes = scope.get("raw_path") or quote(scope["path"]).encode("ascii")
    query: bytes = scope.get("query_string", b"")
    return path + b"?" + query if query else path
