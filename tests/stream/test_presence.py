"""How many read: counted now and then, told with the heartbeat, and never as news."""

import asyncio
import json
from datetime import timedelta

from tests.stream.fakes import MemorySource, blocks, running
from tests.stream.test_hub import join


def told(client):
    found = blocks(b"".join(client.parts))
    return [json.loads(one[b"data"]) for one in found if one.get(b"event") == b"reading"]


def test_the_heartbeat_says_how_many_read_what_is_counted(run):
    async def scenario():
        async with running(MemorySource(), sample=timedelta(hours=1)) as hub:
            one, two = join(hub, "live:7", "newsfeed:en"), join(hub, "live:7")
            feed = join(hub, "newsfeed:en")
            await asyncio.sleep(0)
            await hub.presence.sample()
            for client in (one, two, feed):
                hub.beat(client)
            assert [told(client) for client in (one, two, feed)] == [
                [{"live:7": 2}],
                [{"live:7": 2}],
                [],
            ]
            hub.leave(two)
            await hub.presence.sample()
            hub.beat(one)
            assert told(one)[-1] == {"live:7": 1}
            late = join(hub, "live:7", "newsfeed:en")
            assert told(late) == [{"live:7": 1}], "whoever comes is told at once"
            assert all(b"id" not in b for b in blocks(late.parts[0]) if b"event" in b)

    run(scenario())


def test_other_processes_are_counted_and_a_failure_ends_nothing(run):
    async def scenario():
        answers = [{"chat:1": 41, "live:9": 3}, OSError("the database is away")]

        async def share(counts):
            assert counts == {"chat:1": 1}
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            if isinstance(answer, Exception):
                raise answer
            return answer

        options = {"share": share, "sample": timedelta(milliseconds=5)}
        async with running(MemorySource(), **options) as hub:
            talks = join(hub, "chat:1")
            while not hub.presence.reading:
                await asyncio.sleep(0.005)
            await asyncio.sleep(0.05)
            hub.beat(talks)
            assert told(talks) == [{"chat:1": 41}]

    run(scenario())
