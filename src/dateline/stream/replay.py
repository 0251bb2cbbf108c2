"""Catching up readers whose cursor is outside of the ring, without holding up the others."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from dateline.stream.client import Client, State
from dateline.stream.ring import framed

if TYPE_CHECKING:
    from dateline.stream.hub import Hub

_AT_ONCE = 4


class Replay:
    """Reads the journal for one reader at a time in each of a few lanes.

    A reader's distance is counted before anything is sent, then the pages are read again and
    sent one by one: the journal does not change, and no reader's backlog is ever held.
    """

    __slots__ = ("_hub", "_lanes")

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._lanes = asyncio.Semaphore(_AT_ONCE)

    async def run(self, client: Client) -> None:
        """Bring a client back into the ring, or as far as its carrier takes bytes."""
        async with self._lanes:
            self._hub.metrics.replays += 1
            if client.cursor > self._hub.ring.head:
                await self._look_ahead(client)
            elif await self._is_too_far(client):
                self._hub.reset(client)
            else:
                await self._send_pages(client)

    async def _look_ahead(self, client: Client) -> None:
        """Tell a number this process has not read yet from one that does not exist.

        A page may be pressed by another process a moment before this one reads the entry.
        """
        head = await self._hub.source.head()
        if client.state is not State.RECOVERING or client.cursor <= self._hub.ring.head:
            return
        if client.cursor > head:
            self._hub.reset(client)
        elif not self._hub.is_paused(client):
            client.state = State.LIVE

    async def _is_too_far(self, client: Client) -> bool:
        hub, at, heard = self._hub, client.cursor, 0
        channels = client.channels.channels
        if hub.ring.floor(channels) - at > hub.max_scan:
            return True
        while at < hub.ring.floor(channels) and heard <= hub.max_replay:
            announcements, upto = await hub.source.after(at, hub.page)
            heard += sum(not channels.isdisjoint(each.channels) for each in announcements)
            if upto <= at:
                break
            at = upto
        return heard + len(hub.ring.numbers(channels, at)) > hub.max_replay

    async def _send_pages(self, client: Client) -> None:
        hub, channels = self._hub, client.channels.channels
        while client.cursor < hub.ring.floor(channels) and not hub.is_paused(client):
            at = client.cursor
            announcements, upto = await hub.source.after(at, hub.page)
            if client.state is not State.RECOVERING or client.cursor != at:
                return
            if upto <= at:
                hub.reset(client)
                return
            heard = (each for each in announcements if not channels.isdisjoint(each.channels))
            hub.deliver(client, b"".join(map(framed, heard)), upto)
