"""A journal in memory, a recording client, and the smallest server that takes streams over."""

import asyncio
import itertools
from contextlib import asynccontextmanager
from datetime import timedelta

from dateline.stream.client import Client
from dateline.stream.hub import Hub
from dateline.stream.source import Announcement


class MemorySource:
    """A journal as a list; `publish` with no channels is an entry nobody hears."""

    def __init__(self):
        self.last = 0
        self.entries = []
        self.reads = 0
        self.fails = 0
        self._bell = asyncio.Event()

    def publish(self, *channels, event="story-published", data=None):
        self.last += 1
        if channels:
            data = b'{"n":%d}' % self.last if data is None else data
            self.entries.append(Announcement(self.last, channels, event, data))
        self._bell.set()
        return self.last

    def restore(self, at):
        self.last = at
        self.entries = [entry for entry in self.entries if entry.seq <= at]
        self._bell.set()

    async def head(self):
        return self.last

    async def after(self, seq, limit):
        self.reads += 1
        if self.fails:
            self.fails -= 1
            raise OSError("the journal is away")
        later = itertools.islice((each for each in self.entries if each.seq > seq), limit)
        found = list(later)
        return found, found[-1].seq if len(found) == limit else self.last

    async def wait(self):
        await self._bell.wait()
        self._bell.clear()


class RecordingClient(Client):
    """A carrier that keeps what it is given; `stuck` makes each write pause it."""

    def __init__(self, hub, address=None):
        super().__init__(address=address, cursor=0)
        self.hub = hub
        self.parts = []
        self.stuck = False
        self.ended = ""

    def write(self, data):
        self.parts.append(data)
        if self.stuck:
            self.hub.pause(self)

    def close(self):
        self.ended = "closed"
        self.hub.leave(self)

    def abort(self):
        self.ended = "aborted"

    @property
    def numbers(self):
        return [int(block[b"id"]) for block in blocks(b"".join(self.parts)) if b"data" in block]

    @property
    def events(self):
        return [block[b"event"] for block in blocks(b"".join(self.parts)) if b"data" in block]


def blocks(body):
    """Read an event stream into one dict a block, as a browser would, without trusting it."""
    found = []
    for text in body.split(b"\n\n")[:-1]:
        block = {}
        for line in text.split(b"\n"):
            name, _, value = line.partition(b": ")
            block[name] = block[name] + b"\n" + value if name in block else value
        found.append(block)
    return found


class TinyProtocol(asyncio.Protocol):
    """Reads one request head and lets the hub take over; forwards as a server does."""

    def __init__(self, hub):
        self.hub = hub
        self.head = b""
        self.stream = None

    def connection_made(self, transport):
        self.transport = transport
        self.peer = transport.get_extra_info("peername")

    def data_received(self, data):
        self.head += data
        if self.stream or b"\r\n\r\n" not in self.head:
            return
        line, *rest = self.head.split(b"\r\n\r\n")[0].split(b"\r\n")
        path, _, query = line.split(b" ")[1].partition(b"?")
        pairs = [each.partition(b":") for each in rest]
        self.stream = self.hub.takeover(
            path=path.decode(),
            query=query,
            headers=[(name.lower(), value.strip()) for name, _, value in pairs],
            client=self.peer[:2],
            transport=self.transport,
            keep_alive=True,
        )

    def pause_writing(self):
        if self.stream:
            self.stream.pause_writing()

    def resume_writing(self):
        if self.stream:
            self.stream.resume_writing()

    def connection_lost(self, exc):
        if self.stream:
            self.stream.connection_lost(exc)


@asynccontextmanager
async def running(source, **options):
    hub = Hub(source, **options)
    await hub.start()
    try:
        yield hub
    finally:
        await hub.stop(timedelta(0))


@asynccontextmanager
async def serving(source, **options):
    async with running(source, **options) as hub:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: TinyProtocol(hub), "127.0.0.1", 0)
        try:
            yield hub, server.sockets[0].getsockname()[1]
        finally:
            server.close()


async def settle(turns=20):
    for _ in range(turns):
        await asyncio.sleep(0)
