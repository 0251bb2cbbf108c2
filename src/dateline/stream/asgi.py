"""The way out over plain ASGI, for servers whose transport cannot be taken over."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from dateline.stream.client import Client
from dateline.stream.errors import StreamRefusedError
from dateline.stream.request import Wish, refusal_parts, stream_headers
from dateline.stream.roll import address_key

if TYPE_CHECKING:
    from dateline.stream.hub import Hub

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class StreamApp:
    """An ASGI application that answers every HTTP request with a stream of its hub."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one reader until either side ends the stream."""
        peer = scope.get("client")
        query, headers = scope["query_string"], scope["headers"]
        try:
            wish = self._hub.admit(query=query, headers=headers, client=peer)
        except StreamRefusedError as error:
            await _refuse(send, error)
            return
        client = AsgiClient(self._hub, peer)
        await client.serve(wish, receive, send)


class AsgiClient(Client):
    """A stream over `send`: paused while one is awaited, so that no queue can form.

    The bytes handed to `write` wait in one slot for the task that sends them.
    """

    __slots__ = ("_ending", "_hub", "_ready", "_sender", "_slot")

    def __init__(self, hub: Hub, peer: tuple[str, int] | None) -> None:
        super().__init__(address=address_key(peer[0]) if peer else None, cursor=0)
        self._hub = hub
        self._slot = b""
        self._ready = asyncio.Event()
        self._ending = False
        self._sender: asyncio.Task[None] | None = None

    def write(self, data: bytes) -> None:
        """Lay `data` down for the sender, and be skipped until it is through."""
        self._slot += data
        self._ready.set()
        self._hub.pause(self)

    def close(self) -> None:
        """Let the sender end the stream after the slot."""
        self._ending = True
        self._ready.set()

    def abort(self) -> None:
        """End the sender now."""
        if self._sender:
            self._sender.cancel()

    async def serve(self, wish: Wish, receive: Receive, send: Send) -> None:
        """Send the head, then what the hub writes, until the reader goes or is sent away."""
        await send({"type": "http.response.start", "status": 200, "headers": stream_headers(wish)})
        self._hub.open(self, wish)
        self._sender = asyncio.create_task(self._send_all(send))
        gone = asyncio.create_task(_disconnected(receive))
        try:
            await asyncio.wait({self._sender, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._hub.leave(self)
            for task in (self._sender, gone):
                task.cancel()
            await asyncio.gather(self._sender, gone, return_exceptions=True)

    async def _send_all(self, send: Send) -> None:
        while self._slot or not self._ending:
            await self._ready.wait()
            self._ready.clear()
            data, self._slot = self._slot, b""
            await send({"type": "http.response.body", "body": data, "more_body": True})
            self._hub.resume(self)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send, error: StreamRefusedError) -> None:
    headers, body = refusal_parts(error)
    status = error.status.value
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
