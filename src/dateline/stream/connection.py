"""The way out over a transport taken from the HTTP server: no task, no queue, one write."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from dateline.stream.client import Client, State
from dateline.stream.roll import address_key

if TYPE_CHECKING:
    from dateline.stream.hub import Hub

_UNSENT_BYTES = 65_536


class Connection(Client, asyncio.Protocol):
    """A stream on its own transport.

    The server's protocol forwards `pause_writing`, `resume_writing`, `connection_lost` and
    `shutdown`, or hands over with `transport.set_protocol(connection)`, which frees the parser
    and the request: a few KB for each open stream.
    """

    __slots__ = ("_hub", "_transport", "write")

    def __init__(
        self, hub: Hub, transport: asyncio.Transport, peer: tuple[str, int] | None
    ) -> None:
        super().__init__(address=address_key(peer[0]) if peer else None, cursor=0)
        self._hub = hub
        self._transport = transport
        self.write = transport.write  # type: ignore[method-assign]  # a wave calls it 10,000 times

    def answer(self, answer: bytes) -> None:
        """Write a whole answer and close, never having been open."""
        self.state = State.CLOSED
        self._transport.write(answer)
        self._transport.close()

    def close(self) -> None:
        """Close once the buffer is out."""
        self._transport.close()

    def abort(self) -> None:
        """Close now."""
        self._transport.abort()

    def heed_buffer(self) -> None:
        """Pause if bytes wait already: the server may not have known yet whom to tell."""
        if self._transport.get_write_buffer_size():
            self._hub.pause(self)

    def pause_writing(self) -> None:
        """Skip this client: its last write is still in flight."""
        self._hub.pause(self)

    def resume_writing(self) -> None:
        """Give this client what it missed."""
        self._hub.resume(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget this client."""
        self._hub.leave(self)

    def shutdown(self) -> None:
        """Send the reader away with a time to come back."""
        self._hub.dismiss(self)

    def data_received(self, data: bytes) -> None:
        """Pass over what a reader sends after its request; nothing can answer it."""


def tune(transport: asyncio.Transport, stall: timedelta) -> None:
    """Make a transport say early that its reader is slow, and notice one that vanished.

    Any byte left in our buffer pauses; the kernel holds at most 64 KiB it has not sent; a peer
    that acknowledges nothing for the length of a stall is gone.
    """
    transport.set_write_buffer_limits(high=0)
    sock = transport.get_extra_info("socket")
    if sock is None or sock.family not in (socket.AF_INET, socket.AF_INET6):
        return
    with suppress(OSError, AttributeError):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT_BYTES)
        milliseconds = int(stall.total_seconds() * 1000)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)
