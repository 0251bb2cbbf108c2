"""Answers that end: for readers to whom something on the way holds a stream back."""

import asyncio
from datetime import timedelta

from dateline.stream.client import State
from dateline.stream.request import Wish
from tests.stream.fakes import MemorySource, RecordingClient, blocks, running, settle

HEARD = frozenset({"newsfeed:en"})


def asking(hub, after):
    client = RecordingClient(hub)
    hub.open(client, Wish(HEARD, after, once=True))
    return client


def last_id(client):
    return int(blocks(b"".join(client.parts))[-1][b"id"])


def test_what_was_missed_is_the_answer(run):
    async def scenario():
        source = MemorySource()
        for _ in range(3):
            source.publish("newsfeed:en")
        async with running(source) as hub:
            client = asking(hub, 1)
            await settle()
            assert (client.numbers, client.ended) == ([2, 3], "closed")
            assert (len(hub.roll), hub.metrics.polls) == (0, 1)

    run(scenario())


def test_without_news_it_waits_for_the_first(run):
    async def scenario():
        source = MemorySource()
        async with running(source) as hub:
            client = asking(hub, 0)
            await settle()
            assert (client.state, client.ended) == (State.LIVE, "")
            source.publish("chat:1")
            await settle()
            assert client.state is State.LIVE
            source.publish("newsfeed:en")
            source.publish("newsfeed:en")
            await settle()
            assert (client.numbers, client.ended) == ([2, 3], "closed")

    run(scenario())


def test_in_vain_it_says_how_far_it_looked(run):
    async def scenario():
        source = MemorySource()
        options = {"poll": timedelta(milliseconds=60), "heartbeat": timedelta(milliseconds=30)}
        async with running(source, **options) as hub:
            client, began = asking(hub, 0), asyncio.get_running_loop().time()
            source.publish("chat:1")
            async with asyncio.timeout(10):
                while not client.ended:
                    await asyncio.sleep(0.01)
            assert asyncio.get_running_loop().time() - began >= 0.05
            assert (client.numbers, client.ended, last_id(client)) == ([], "closed", 1)
            assert (len(hub.roll), hub.metrics.stalled) == (0, 0)

    run(scenario())


def test_far_behind_it_is_told_to_reset(run):
    async def scenario():
        source = MemorySource()
        for _ in range(30):
            source.publish("newsfeed:en")
        async with running(source, ring_size=8, max_replay=10) as hub:
            client = asking(hub, 1)
            await settle()
            assert (client.events, client.ended) == ([b"reset"], "closed")

    run(scenario())


def test_answer_by_answer_a_long_way_is_told_once_and_in_order(run):
    async def scenario():
        source = MemorySource()
        for _ in range(60):
            source.publish("newsfeed:en", data=b"x" * 40)
        told, at = [], 0
        async with running(source, ring_size=16, page=10, max_write=200) as hub:
            while at < 60:
                client = asking(hub, at)
                await settle()
                assert client.ended == "closed"
                told += client.numbers
                at = last_id(client)
        assert told == list(range(1, 61))

    run(scenario())


def test_a_reader_who_goes_leaves_no_timer(run):
    async def scenario():
        async with running(MemorySource(), poll=timedelta(milliseconds=20)) as hub:
            client = asking(hub, 0)
            await settle()
            hub.leave(client)
            await asyncio.sleep(0.04)
            assert (client.ended, len(client.parts)) == ("", 1)

    run(scenario())
