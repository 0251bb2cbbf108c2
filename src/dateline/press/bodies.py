"""How long a request's body may be: a little for anybody, more for those who bring pictures.

A head says how long a body will be: one that is too long is refused before any of it is read. The
parser (`protocol.py`) knows who is logged in by no more than a cookie's name; the ASGI layer asks.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from .asgi import Message, Receive, Scope, Send
from .page import Answer, Headers

_SINGLE = b"content-length"
Knows = Callable[[Headers], Awaitable[bool]]


async def nobody(_headers: Headers) -> bool:
    """Know nobody."""
    return False


@dataclass(frozen=True, slots=True)
class Wider:
    """Below `prefix`, which ends with a slash, those whose headers `knows` knows may send more."""

    prefix: bytes
    max_bytes: int
    knows: Knows = nobody


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """The limits of bodies.

    Shape: `wider` says where more is taken, and from whom; `cookie` is the name of the cookie that
        they certainly have.
    Units: bytes; a body may take `seconds` and one more for each `bytes_per_second` it brings.
    """

    anyone_bytes: int = 65536
    wider: tuple[Wider, ...] = ()
    cookie: bytes = b"session"
    seconds: float = 20.0
    bytes_per_second: int = 500

    def most(self, target: bytes, headers: Headers) -> int:
        """Return what a request might be allowed, before anybody has been asked who sends it."""
        wider = self._wider(target, headers)
        return wider.max_bytes if wider else self.anyone_bytes

    async def allowed(self, target: bytes, headers: Headers) -> int:
        """Return what a request is allowed; asks who sends it only if that makes a difference."""
        wider = self._wider(target, headers)
        length = stated_length(headers)
        if wider is None or (length is not None and length <= self.anyone_bytes):
            return self.anyone_bytes
        return wider.max_bytes if await wider.knows(headers) else self.anyone_bytes

    def _wider(self, target: bytes, headers: Headers) -> Wider | None:
        named = self.cookie + b"="
        if not any(name == b"cookie" and named in value for name, value in headers):
            return None
        return next((one for one in self.wider if target.startswith(one.prefix)), None)


def stated_length(headers: Headers) -> int | None:
    """Return the length a head states: 0 without a body, None where it will only turn out."""
    length = 0
    for name, value in headers:
        if name == b"transfer-encoding":
            return None
        if name == _SINGLE and value.isdigit():
            length = max(length, int(value[:19]))
    return length


class Meter:
    """Reads a request's body for an application, no more of it and no longer than is allowed.

    A body that is too much is as if its sender had left; then `refused` is what to answer.
    """

    def __init__(self, receive: Receive, send: Send, limits: BodyLimits, allowed: int) -> None:
        self._receive = receive
        self._send = send
        self._limits = limits
        self._allowed = allowed
        self._bytes = 0
        self._whole = False
        self._began = asyncio.get_running_loop().time()
        self.started = False
        self.refused: int | None = None

    async def receive(self) -> Message:
        """Return the next message of the request."""
        if self._whole or self.refused:
            return await self._receive()
        more = self._bytes / self._limits.bytes_per_second
        try:
            async with asyncio.timeout_at(self._began + self._limits.seconds + more):
                message = await self._receive()
        except TimeoutError:
            return self._refuse(408)
        self._bytes += len(message.get("body", b""))
        if self._bytes > self._allowed:
            return self._refuse(413)
        self._whole = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        """Pass the application's answer on, unless its request was refused before it began."""
        if self.refused and not self.started:
            return
        self.started = True
        await self._send(message)

    def _refuse(self, status: int) -> Message:
        self.refused = status
        return {"type": "http.disconnect"}


def refusal(status: int) -> Answer:
    """Return the answer to a body that is too long or too slow; the connection ends with it."""
    text = {413: b"The request is too long.", 408: b"The request took too long."}[status]
    head = b"content-type: text/plain; charset=utf-8\r\ncache-control: no-store\r\n"
    return Answer(status, head + b"connection: close\r\ncontent-length: %d\r\n" % len(text), text)


def has_body(scope: Scope) -> bool:
    """Say whether a request brings a body."""
    return stated_length(scope["headers"]) != 0
