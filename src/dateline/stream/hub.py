"""The hub: one shared log of what happened, and ten thousand cursors into it."""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import timedelta
from typing import Any

from dateline.stream import frames
from dateline.stream.client import Client, State
from dateline.stream.connection import Connection, tune
from dateline.stream.errors import StreamFullError, StreamRefusedError, TooManyStreamsError
from dateline.stream.holder import Holder, came_through, lead_to
from dateline.stream.metrics import Metrics
from dateline.stream.presence import Presence, Share, alone
from dateline.stream.replay import Replay
from dateline.stream.request import FUTURE, Wish, is_public, read_wish, refusal, stream_head
from dateline.stream.ring import Ring
from dateline.stream.roll import Roll, address_key
from dateline.stream.source import Source

log = logging.getLogger(__name__)

_SLOTS = 60
_SOON = 100
"""Milliseconds."""


@dataclass(eq=False)
class Hub:
    """Tells open browsers what the journal announced.

    Invariant: a client has been handed every announcement its channels hear after the number it
    began at and up to its cursor, each once, in order, and nothing after its cursor. It holds by
    construction: bytes for announcements are only ever the blocks in (cursor, to], and the cursor
    moves to `to` in the same step, without an await between. The intervals of one client are
    therefore disjoint, adjacent and rising, whichever path (wave, ring, journal) made them.

    While a client is live its cursor reads as `max(cursor, settled)`, where `settled` is the
    number up to which the waves are done. `ring.head` runs ahead of `settled` only during a wave.

    Shape: `ring_size` announcements in memory; `preload` journal numbers read into it at the
    start; `max_replay` announcements a returning reader is
    caught up on before it is told to reload; `max_scan` journal numbers looked through for them;
    `heartbeat` between two id-only blocks; `stall` a paused stream is borne; `poll`
    an answer that ends waits for news; `max_per_address`
    and `max_streams`, 0 for no limit; `max_channels` in one stream; `max_write` bytes of one
    catch-up write; `retry_within` the window over which readers come back after a restart;
    `burst` writes before other work of the process gets a turn; `pace` the least time from one
    reading of the journal to the next; `page` announcements read from
    the journal at a time; `holder` is what holds readers outside of this process, if anything
    does; `share` is how several processes count their readers together, each `sample`.
    """

    source: Source
    _: KW_ONLY
    ring_size: int = 8192
    preload: int = 500
    max_replay: int = 2000
    max_scan: int = 50_000
    heartbeat: timedelta = timedelta(seconds=15)
    stall: timedelta = timedelta(seconds=20)
    poll: timedelta = timedelta(seconds=25)
    max_per_address: int = 0
    max_streams: int = 0
    max_channels: int = 16
    max_write: int = 65_536
    retry_within: timedelta = timedelta(seconds=5)
    burst: int = 128
    pace: timedelta = timedelta(0)
    page: int = 100
    holder: Holder | None = None
    share: Share = alone
    sample: timedelta = timedelta(seconds=10)
    allowed: Callable[[str], bool] = is_public
    metrics: Metrics = field(default_factory=Metrics, init=False)
    settled: int = field(default=0, init=False)
    closing: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.roll = Roll(_SLOTS)
        self.ring = Ring(self.ring_size)
        self._batch = min(self.page, self.ring_size)
        self._replay = Replay(self)
        self.presence = Presence(self.roll, self.share, self.sample)
        self._paused: dict[Client, float] = {}
        self._read_at = 0.0
        self._tasks: set[asyncio.Task[None]] = set()

    # Life ------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Load the newest part of the journal and begin to follow it.

        Raises: whatever the source raises; nothing is running then.
        """
        self._loop = asyncio.get_running_loop()
        head = await self.source.head()
        self.ring.restart(max(0, head - min(self.preload, self.ring_size)))
        before = -1
        while before != self.ring.head:
            before = self.ring.head
            await self._read()
        self.settled = self.ring.head
        self._spawn(self._follow())
        self._spawn(self._keep_alive())
        self._spawn(self.presence.run())

    async def stop(self, grace: timedelta) -> None:
        """Send every reader away with a time to come back, and wait at most `grace` for it."""
        self.closing = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for count, client in enumerate(self.roll):
            self.dismiss(client)
            if count % self.burst == 0:
                await asyncio.sleep(0)
        until = time.monotonic() + grace.total_seconds()
        while len(self.roll) and time.monotonic() < until:
            await asyncio.sleep(0.01)
        for client in self.roll:
            self.leave(client)
            client.abort()

    # Readers come and go ---------------------------------------------------------------------

    def takeover(
        self,
        *,
        path: str,
        query: bytes,
        headers: list[tuple[bytes, bytes]],
        client: tuple[str, int] | None,
        transport: asyncio.Transport,
        keep_alive: bool,
    ) -> Connection:
        """Answer a GET for the stream straight on its transport, with a stream or a refusal.

        `path` is the caller's to match and `keep_alive` changes nothing, as a stream ends with
        its connection; both are here so that the caller passes on a request whole.

        Shape: the connection to forward the transport's callbacks to, or to make the transport's
        protocol. One that was refused has its answer written and is closing; it takes callbacks
        like any other and does nothing.
        """
        connection = Connection(self, transport, client)
        try:
            wish = self.admit(query=query, headers=headers, client=client)
        except StreamRefusedError as error:
            connection.answer(refusal(error))
            return connection
        if self.holder and came_through(headers) and not wish.once:
            if self._missed_nothing(wish):
                connection.answer(lead_to(self.holder.place(self, wish.channels)))
                return connection
            wish = replace(wish, once=True, is_back_soon=True)
        tune(transport, self.stall)
        self.open(connection, wish, preface=stream_head(wish))
        connection.heed_buffer()
        return connection

    def admit(
        self,
        *,
        query: bytes,
        headers: Iterable[tuple[bytes, bytes]],
        client: tuple[str, int] | None,
    ) -> Wish:
        """Return what a request asks for, if it may have it.

        Raises: StreamFullError, TooManyStreamsError, BadChannelsError, BadCursorError.
        """
        if self.closing or (self.max_streams and len(self.roll) >= self.max_streams):
            self.metrics.refused += 1
            raise StreamFullError
        try:
            if client and 0 < self.max_per_address <= self.roll.held_by(address_key(client[0])):
                raise TooManyStreamsError(most=self.max_per_address)
            return read_wish(
                query=query,
                headers=headers,
                allowed=self.allowed,
                max_channels=self.max_channels,
            )
        except StreamRefusedError:
            self.metrics.refused += 1
            raise

    def _missed_nothing(self, wish: Wish) -> bool:
        if wish.after is None:
            return True
        is_known = self.ring.floor(wish.channels) <= wish.after <= self.ring.head
        return is_known and not self.ring.numbers(wish.channels, wish.after)

    def open(self, client: Client, wish: Wish, *, preface: bytes = b"") -> None:
        """Enter a client and write its first blocks: when to come back, and where it stands.

        What it missed follows in the next turn of the loop, when its carrier is ready to be
        paused.
        """
        head = self.ring.head
        client.cursor = head if wish.after is None else wish.after
        self.roll.add(client, wish.channels)
        self.metrics.opened += 1
        start = frames.beat(client.cursor) if client.cursor <= head else b""
        start += client.channels.reading
        retry = _SOON if wish.is_back_soon else self._jitter()
        self._write(client, preface + frames.retry(retry) + start, client.cursor)
        if wish.once:
            self.metrics.polls += 1
            client.ends = self._loop.call_later(self.poll.total_seconds(), self.end, client)
        self._loop.call_soon(self._catch_up, client)

    def leave(self, client: Client) -> None:
        """Strike a client off; safe to call twice."""
        if client.state is State.CLOSED:
            return
        client.state = State.CLOSED
        if client.ends:
            client.ends.cancel()
        self._paused.pop(client, None)
        self.roll.remove(client)
        self.metrics.closed += 1

    def dismiss(self, client: Client) -> None:
        """Say goodbye to one client: where it stands, when to come back, and the end."""
        if client.state in (State.LEAVING, State.CLOSED):
            return
        at = self.position(client)
        client.state = State.LEAVING
        self._write(client, frames.beat(at) + frames.retry(self._jitter()), at)
        client.close()

    def end(self, client: Client) -> None:
        """End an answer that waited for news in vain: it says how far it looked."""
        if client.state is State.LIVE:
            self.beat(client)
        elif client.state is not State.CLOSED:
            self._finish(client)

    def cut(self, client: Client) -> None:
        """End a stream that cannot be served; its reader comes back with the last id it saw."""
        self.leave(client)
        client.abort()

    def pause(self, client: Client) -> None:
        """Leave a client out until what was written to it has gone."""
        if client.state is State.CLOSED or client in self._paused:
            return
        if client.state is State.LIVE:
            client.cursor = self.position(client)
            client.state = State.BEHIND
        self._paused[client] = time.monotonic()
        self.metrics.pauses += 1

    def resume(self, client: Client) -> None:
        """Give a client everything after its cursor."""
        if self._paused.pop(client, None) is not None:
            self._catch_up(client)

    def is_paused(self, client: Client) -> bool:
        """Say whether a client waits for its last write to go out."""
        return client in self._paused

    def position(self, client: Client) -> int:
        """Return the journal number up to which a client has everything it hears."""
        if client.state is State.LIVE and client.cursor < self.settled:
            return self.settled
        return client.cursor

    def count(self, channel: str) -> int:
        """Return how many readers hear a channel now."""
        return self.roll.count(channel)

    # Following the journal -------------------------------------------------------------------

    async def _follow(self) -> None:
        delay = 0.0
        while True:
            try:
                while await self._step():
                    pass
                await self.source.wait()
                await self._breathe()
                delay = 0.0
            except Exception:  # the live stream loop outlives its source
                log.warning("the journal could not be read", exc_info=True)
                self.metrics.source_errors += 1
                delay = min(5.0, delay * 2 or 0.05)
                await asyncio.sleep(delay)

    async def _breathe(self) -> None:
        """Let what happens in quick succession be read together: each reading has its price."""
        await asyncio.sleep(max(0.0, self._read_at + self.pace.total_seconds() - time.monotonic()))

    async def _step(self) -> bool:
        self._read_at = time.monotonic()
        touched = await self._read()
        if touched:
            await self._wave(touched)
        moved = self.settled != self.ring.head
        self.settled = self.ring.head
        return moved

    async def _read(self) -> set[str]:
        announcements, upto = await self.source.after(self.ring.head, self._batch)
        if upto < self.ring.head:
            self._rewind(upto)
            return set()
        self.metrics.announced += len(announcements)
        return self.ring.extend(announcements, upto)

    async def _wave(self, touched: set[str]) -> None:
        at_once = 0
        for group in self.roll.hearing(touched):
            body, _ = self.ring.join(self.ring.numbers(group.channels, self.settled))
            members = tuple(group.members)
            for first in range(0, len(members), self.burst):
                some = members[first : first + self.burst]
                if at_once + len(some) > self.burst:
                    await asyncio.sleep(0)
                    at_once = 0
                self.metrics.writes += self._pass_on(some, body)
                at_once += len(some)

    def _pass_on(self, clients: Iterable[Client], body: bytes) -> int:
        """Write a wave's blocks to those who are up with it; the one loop whose length counts.

        Shape: how many were live.
        """
        settled, head, live, heard = self.settled, self.ring.head, State.LIVE, 0
        for client in clients:
            if client.state is not live:
                continue
            heard += 1
            if client.cursor > settled:
                if client.cursor < head:
                    client.state = State.BEHIND
                    self._catch_up(client)
                continue
            client.cursor = head
            try:
                client.write(body)
            except (OSError, RuntimeError):
                self.cut(client)
            if client.ends:
                self._finish(client)
        return heard

    def _rewind(self, head: int) -> None:
        log.warning("the journal went back from %d to %d", self.ring.head, head)
        self.ring.restart(head)
        self.settled = head
        for client in self.roll:
            if client.state is State.LIVE:
                self.reset(client)
            elif client.cursor > head:
                client.cursor = FUTURE

    # Catching up -----------------------------------------------------------------------------

    def _catch_up(self, client: Client) -> None:
        while client.state is State.BEHIND and client not in self._paused:
            floor = self.ring.floor(client.channels.channels)
            if not floor <= client.cursor <= self.ring.head:
                client.state = State.RECOVERING
                self._spawn(self._recover(client))
                return
            numbers = self.ring.numbers(client.channels.channels, client.cursor)
            if not numbers:
                client.cursor = self.ring.head
                client.state = State.LIVE
            elif len(numbers) > self.max_replay:
                self.reset(client)
            else:
                body, at = self.ring.join(numbers, self.max_write)
                self.deliver(client, body, at)

    async def _recover(self, client: Client) -> None:
        try:
            await self._replay.run(client)
        except Exception:  # a reader's own recovery must not end the hub
            log.warning("a reader could not be caught up", exc_info=True)
            self.metrics.source_errors += 1
            self.cut(client)
        if client.state is State.RECOVERING:
            client.state = State.BEHIND
            self._catch_up(client)

    def deliver(self, client: Client, body: bytes, at: int) -> None:
        """Write blocks that reach from a client's cursor to `at`, if any, and move it there."""
        client.cursor = at
        if body:
            self.metrics.caught_up += 1
            self._write(client, body, at)

    def reset(self, client: Client) -> None:
        """Tell a reader to reload, and go on from the present."""
        self.metrics.resets += 1
        self._write(client, frames.reset(self.ring.head), self.ring.head)

    def _write(self, client: Client, body: bytes, at: int) -> None:
        client.cursor = at
        try:
            client.write(body)
        except (OSError, RuntimeError):
            self.cut(client)
        if client.ends and client.state is not State.LEAVING:
            self._finish(client)

    def _finish(self, client: Client) -> None:
        """Let an answer that ends do so, with what was written to it."""
        if client.state is not State.CLOSED:
            client.state = State.LEAVING
            client.close()

    # Heartbeat and stalled writers -----------------------------------------------------------

    async def _keep_alive(self) -> None:
        turn = 0
        while True:
            await asyncio.sleep(self.heartbeat.total_seconds() / _SLOTS)
            turn = (turn + 1) % _SLOTS
            self._cut_stalled()
            for client in tuple(self.roll.slots[turn]):
                if not client.ends:
                    self.beat(client)

    def beat(self, client: Client) -> None:
        """Move a quiet browser's cursor, keep the proxies awake, and say how many read with it."""
        if client.state is State.LIVE:
            at = self.position(client)
            self._write(client, frames.beat(at) + client.channels.reading, at)
            self.metrics.beats += 1

    def _cut_stalled(self) -> None:
        before = time.monotonic() - self.stall.total_seconds()
        for client, since in tuple(self._paused.items()):
            if since > before:
                break
            self.metrics.stalled += 1
            self.cut(client)

    # Tasks -----------------------------------------------------------------------------------

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _jitter(self) -> int:
        longest = int(self.retry_within.total_seconds() * 1000)
        return random.randint(min(500, longest), longest)  # noqa: S311  # spreads, guards nothing
