import asyncio
from datetime import timedelta

from dateline.stream.asgi import StreamApp
from dateline.stream.client import State
from tests.stream.fakes import MemorySource, blocks, running, settle


class Caller:
    """One ASGI call, whose `send` can be held up and whose reader can go away."""

    def __init__(self, hub, query=b"channels=a1:b", client=("192.0.2.1", 5)):
        self.sent = []
        self.flowing = asyncio.Event()
        self.flowing.set()
        self.left = asyncio.Event()
        self.broken = False
        scope = {"type": "http", "query_string": query, "headers": [], "client": client}
        self.task = asyncio.create_task(StreamApp(hub)(scope, self.receive, self.send))

    async def receive(self):
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        await self.flowing.wait()
        if self.broken:
            raise OSError("gone")
        self.sent.append(message)

    @property
    def body(self):
        return b"".join(message.get("body", b"") for message in self.sent)

    @property
    def numbers(self):
        return [int(block[b"id"]) for block in blocks(self.body) if b"data" in block]


def allow(channel):
    return channel == "a1:b"


def test_a_stream_until_the_reader_goes(run):
    async def scenario():
        source = MemorySource()
        async with running(source, allowed=allow) as hub:
            caller = Caller(hub)
            await settle()
            source.publish("a1:b")
            await settle()
            assert caller.sent[0]["status"] == 200
            assert (b"content-type", b"text/event-stream") in caller.sent[0]["headers"]
            assert caller.numbers == [1]
            (client,) = hub.roll
            assert (client.state, hub.is_paused(client)) == (State.LIVE, False)
            caller.left.set()
            await caller.task
            assert (len(hub.roll), client.state) == (0, State.CLOSED)

    run(scenario())


def test_a_slow_send_is_skipped_and_then_given_everything_at_once(run):
    async def scenario():
        source = MemorySource()
        async with running(source, allowed=allow) as hub:
            caller = Caller(hub)
            await settle()
            caller.flowing.clear()
            for _ in range(5):
                source.publish("a1:b")
                await settle()
            before = len(caller.sent)
            caller.flowing.set()
            await settle()
            assert caller.numbers == [1, 2, 3, 4, 5]
            assert len(caller.sent) == before + 2
            caller.left.set()
            await caller.task

    run(scenario())


def test_a_send_that_never_ends_is_cut(run):
    async def scenario():
        options = {"heartbeat": timedelta(milliseconds=60), "stall": timedelta(milliseconds=30)}
        async with running(MemorySource(), allowed=allow, **options) as hub:
            caller = Caller(hub)
            await settle()
            caller.flowing.clear()
            hub.source.publish("a1:b")
            async with asyncio.timeout(5):
                await caller.task
            assert (len(hub.roll), hub.metrics.stalled) == (0, 1)

    run(scenario())


def test_a_send_that_fails_ends_the_stream(run):
    async def scenario():
        async with running(MemorySource(), allowed=allow) as hub:
            caller = Caller(hub)
            await settle()
            caller.broken = True
            hub.source.publish("a1:b")
            await caller.task
            assert len(hub.roll) == 0

    run(scenario())


def test_a_restart_ends_the_stream_in_order(run):
    async def scenario():
        async with running(MemorySource(), allowed=allow) as hub:
            caller = Caller(hub)
            await settle()
            await hub.stop(timedelta(seconds=1))
            await caller.task
            assert [sorted(block) for block in blocks(caller.body)][-2:] == [[b"id"], [b"retry"]]
            assert caller.sent[-1] == {
                "type": "http.response.body",
                "body": b"",
                "more_body": False,
            }

    run(scenario())


def test_a_refusal(run):
    async def scenario():
        async with running(MemorySource()) as hub:
            caller = Caller(hub)
            await caller.task
            assert caller.sent[0]["status"] == 400
            assert caller.body == (
                b"Name one to 16 channels, such as ?channels=newsfeed:en,chat:12.\n"
            )
            assert len(hub.roll) == 0

    run(scenario())
