"""A clock that is set, forwards or back, changes nothing of what readers hear."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from dateline.stream import request
from dateline.stream.request import Wish
from tests.stream.fakes import MemorySource, RecordingClient, running, settle

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(hours=-1), timedelta(days=30)])
def test_the_clock_of_the_server_jumps(run, monkeypatch, jump):
    async def scenario():
        times = {"heartbeat": timedelta(milliseconds=60), "stall": timedelta(seconds=20)}
        source = MemorySource()
        async with running(source, **times) as hub:
            monkeypatch.setattr(request, "now", lambda: NOON)
            before = RecordingClient(hub)
            hub.open(before, Wish(frozenset({"newsfeed:en"}), 0))
            source.publish("newsfeed:en")
            await settle()
            monkeypatch.setattr(request, "now", lambda: NOON + jump)
            after = RecordingClient(hub)
            hub.open(after, Wish(frozenset({"newsfeed:en"}), 0))
            source.publish("newsfeed:en")
            await asyncio.sleep(0.3)
            assert before.numbers == after.numbers == [1, 2]
            assert (before.ended, after.ended, hub.metrics.resets) == ("", "", 0)
            assert hub.metrics.beats >= 1

    run(scenario())
