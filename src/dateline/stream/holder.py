"""Readers held by nchan in front of this process, for fleets with more of them than processes.

To the hub each set of channels that is held is one client: a cursor like any other, whose writes
are published to one channel of nchan. So what a reader of it is told is what a reader here is told,
in the same order, and nchan needs to know nothing of journals.

A reader comes here first. One who has missed something is told that and comes again; one who has
not is led to nchan, which begins with what it was told in the last minute: nothing falls between,
and what comes twice has a number that the browser has passed.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dateline.stream.request import Wish
from dateline.stream.slot import SlotClient

if TYPE_CHECKING:
    from dateline.stream.hub import Hub

log = logging.getLogger(__name__)
HELD_PATH = "/-/held/"
_THROUGH = b"dateline-holder"
_PATIENCE = 5.0
_AGAIN = 1.0
_EMPTY_FOR = 120.0


def came_through(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Say whether a request came through an nginx that holds streams."""
    return any(name == _THROUGH for name, _ in headers)


def lead_to(place: str) -> bytes:
    """Return the answer that has nginx put a reader at one of its own places."""
    head = f"HTTP/1.1 200 OK\r\nX-Accel-Redirect: {place}\r\nContent-Length: 0\r\n"
    return f"{head}Connection: close\r\n\r\n".encode()


class Holder:
    """The nchan servers that hold our readers.

    Shape: `addresses` are those of their publishing locations, such as
        http://127.0.0.1:8081/-/tell; all are told everything, since a reader may be with any.
    """

    def __init__(self, addresses: Iterable[str]) -> None:
        self._addresses = tuple(addresses)
        self._sets: dict[frozenset[str], HeldSet] = {}

    def place(self, hub: Hub, channels: frozenset[str]) -> str:
        """Return where nchan tells what a set of channels hears, a path within nginx."""
        held = self._sets.get(channels)
        if held is None:
            held = self._sets[channels] = HeldSet(hub, self)
            hub.open(held, Wish(channels, None))
            held.begin()
        return f"{HELD_PATH}{held.name}"

    def forget(self, held: HeldSet) -> None:
        """Hold a set no longer; the next reader of it gets another."""
        if self._sets.get(held.channels.channels) is held:
            del self._sets[held.channels.channels]

    async def tell(self, name: str, data: bytes) -> int:
        """Publish to all servers until each has taken it; return how many readers they hold."""
        told = (asyncio.to_thread(_ask, one, "POST", name, data) for one in self._addresses)
        return sum(await asyncio.gather(*told))

    async def end(self, name: str) -> None:
        """Close a channel on all servers, which sends its readers away."""
        ended = (asyncio.to_thread(_ask, one, "DELETE", name, b"") for one in self._addresses)
        await asyncio.gather(*ended, return_exceptions=True)


class HeldSet(SlotClient):
    """What readers of one set of channels are told, published under a name of its own."""

    __slots__ = ("_emptied_at", "_holder", "name", "readers")

    def __init__(self, hub: Hub, holder: Holder) -> None:
        super().__init__(hub, address=None)
        self._holder = holder
        self._emptied_at = time.monotonic()
        self.name = secrets.token_hex(12)
        self.readers = 0

    def begin(self) -> None:
        """Start to publish what was written already and what will be."""
        self._sender = asyncio.get_running_loop().create_task(self._publish_all())

    async def _publish_all(self) -> None:
        try:
            while not self._is_empty() and (data := await self._take()) is not None:
                if data:
                    await self._publish(data)
                self._hub.resume(self)
        finally:
            self._holder.forget(self)
            self._hub.leave(self)
            await self._holder.end(self.name)

    async def _publish(self, data: bytes) -> None:
        """Publish until it is taken; a server that is away for the length of a stall ends it."""
        while True:
            try:
                self.readers = await self._holder.tell(self.name, data)
            except (OSError, HTTPException, ValueError) as error:
                log.warning("the holder of streams does not answer: %s", error)
                await asyncio.sleep(_AGAIN)
            else:
                return

    def _is_empty(self) -> bool:
        if self.readers:
            self._emptied_at = time.monotonic()
        return time.monotonic() - self._emptied_at > _EMPTY_FOR


def _ask(address: str, method: str, name: str, data: bytes) -> int:
    """Ask a server to publish or to close, and return how many readers it says it has."""
    parts = urlsplit(address)
    line = HTTPConnection(parts.hostname or "", parts.port, timeout=_PATIENCE)
    headers = {"Accept": "application/json", "Content-Type": "text/event-stream"}
    try:
        line.request(method, f"{parts.path}/{name}", data, headers)
        return _readers(line.getresponse())
    finally:
        line.close()


def _readers(answer: HTTPResponse) -> int:
    said = answer.read()
    if answer.status >= 400 and answer.status != 404:
        raise HTTPException(f"status {answer.status}")
    with suppress(ValueError, KeyError, TypeError):
        return int(json.loads(said)["subscribers"])
    return 0
