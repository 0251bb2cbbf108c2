"""The way out over plain ASGI, for servers whose transport cannot be taken over."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from dateline.stream.errors import StreamRefusedError
from dateline.stream.request import Wish, refusal_parts, stream_headers
from dateline.stream.roll import address_key
from dateline.stream.slot import SlotClient

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


class AsgiClient(SlotClient):
    """A stream over `send`."""

    __slots__ = ()

    def __init__(self, hub: Hub, peer: tuple[str, int] | None) -> None:
        super().__init__(hub, address=address_key(peer[0]) if peer else None)

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
        while (data := await self._take()) is not None:
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
