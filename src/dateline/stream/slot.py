"""A client whose bytes wait in one slot for a task that sends them: no queue can form."""

import asyncio
from typing import TYPE_CHECKING

from dateline.stream.client import Client

if TYPE_CHECKING:
    from dateline.stream.hub import Hub


class SlotClient(Client):
    """Paused from each write until its task has sent it, so that the slot holds what was due then.

    A subclass sends: it waits for `_ready`, takes the slot with `_take()`, and calls `hub.resume`.
    """

    __slots__ = ("_ending", "_hub", "_ready", "_sender", "_slot")

    def __init__(self, hub: "Hub", *, address: str | None) -> None:
        super().__init__(address=address, cursor=0)
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

    async def _take(self) -> bytes | None:
        """Wait for something to send and return it; None at the end."""
        if self._ending and not self._slot:
            return None
        await self._ready.wait()
        self._ready.clear()
        data, self._slot = self._slot, b""
        return data
