import asyncio
from datetime import timedelta

import pytest

from dateline.stream.client import State
from dateline.stream.errors import StreamFullError, TooManyStreamsError
from dateline.stream.request import FUTURE, Wish
from tests.stream.fakes import MemorySource, RecordingClient, blocks, running, settle


def join(hub, *channels, after=None, address=None, stuck=False):
    client = RecordingClient(hub, address)
    client.stuck = stuck
    hub.open(client, Wish(frozenset(channels), after))
    return client


def published(count, *channels):
    source = MemorySource()
    for _ in range(count):
        source.publish(*channels)
    return source


def test_each_hears_its_channels_once_and_in_order(run):
    async def scenario():
        source = MemorySource()
        async with running(source) as hub:
            one, both, none = join(hub, "a"), join(hub, "a", "b"), join(hub, "c")
            for channels in (["a"], ["b"], [], ["a", "b"], ["b"], ["a"]):
                source.publish(*channels)
                await settle()
            assert one.numbers == [1, 4, 6]
            assert both.numbers == [1, 2, 4, 5, 6]
            assert none.numbers == []
            assert [hub.position(each) for each in (one, both, none)] == [6, 6, 6]

    run(scenario())


def test_what_happens_in_quick_succession_is_read_together(run):
    async def scenario():
        source = MemorySource()
        async with running(source, pace=timedelta(milliseconds=50)) as hub:
            one = join(hub, "a")
            await asyncio.sleep(0.06)
            source.publish("a")
            await settle()
            assert one.numbers == [1]
            before = source.reads
            for _ in range(5):
                source.publish("a")
                await settle()
            assert one.numbers == [1]
            await asyncio.sleep(0.1)
            assert one.numbers == [1, 2, 3, 4, 5, 6]
            assert source.reads - before <= 4  # a reading each would be ten

    run(scenario())


def test_writes_are_counted_by_readers_that_hear_a_wave(run):
    async def scenario():
        source = MemorySource()
        async with running(source, burst=2) as hub:
            for channel in "aabbbc":
                join(hub, channel)
            waits = join(hub, "a", stuck=True)
            await settle()
            hub.pause(waits)
            source.publish("a", "b")
            await settle()
            assert hub.metrics.writes == 5

    run(scenario())


def test_a_set_of_channels_shares_one_piece_of_bytes(run):
    async def scenario():
        source = MemorySource()
        async with running(source) as hub:
            one, two = join(hub, "a", "b"), join(hub, "b", "a")
            await settle()
            source.publish("a"), source.publish("b")
            await settle()
            assert one.parts[1] is two.parts[1]
            assert one.numbers == [1, 2]

    run(scenario())


def test_the_first_blocks_say_when_to_come_back_and_where_one_stands(run):
    async def scenario():
        async with running(published(3, "a"), retry_within=timedelta(seconds=2)) as hub:
            fresh, known, ahead = join(hub, "a"), join(hub, "a", after=1), join(hub, "a", after=9)
            first = [blocks(client.parts[0]) for client in (fresh, known, ahead)]
            assert [block[1:] for block in first] == [[{b"id": b"3"}], [{b"id": b"1"}], []]
            assert all(500 <= int(block[0][b"retry"]) <= 2000 for block in first)
            await settle()
            assert (fresh.numbers, known.numbers, ahead.events) == ([], [2, 3], [b"reset"])

    run(scenario())


def test_a_paused_client_is_skipped_and_then_given_everything_in_one_write(run):
    async def scenario():
        source = MemorySource()
        async with running(source) as hub:
            slow, quick = join(hub, "a"), join(hub, "a")
            await settle()
            slow.stuck = True
            for _ in range(4):
                source.publish("a")
                await settle()
            assert (len(slow.parts), slow.numbers, quick.numbers) == (2, [1], [1, 2, 3, 4])
            slow.stuck = False
            hub.resume(slow)
            assert (len(slow.parts), slow.numbers) == (3, [1, 2, 3, 4])
            source.publish("a")
            await settle()
            assert slow.numbers == [1, 2, 3, 4, 5]
            assert hub.metrics.pauses == 1

    run(scenario())


def test_a_long_backlog_goes_out_in_limited_writes(run):
    async def scenario():
        async with running(published(9, "a"), max_write=100) as hub:
            client = join(hub, "a", after=0)
            await settle()
            assert client.numbers == list(range(1, 10))
            assert max(map(len, client.parts)) < 150

    run(scenario())


def test_who_is_behind_the_ring_is_caught_up_from_the_journal(run):
    async def scenario():
        source = published(900, "a")
        for _ in range(5):
            source.publish("b")
        async with running(source, ring_size=4) as hub:
            client, rare = join(hub, "a", after=3), join(hub, "b", after=0)
            source.publish("a")
            await settle()
            assert client.numbers == [*range(4, 901), 906]
            assert rare.numbers == [901, 902, 903, 904, 905]
            assert (hub.metrics.replays, hub.metrics.resets) == (2, 0)

    run(scenario())


@pytest.mark.parametrize(
    ("options", "after"),
    [
        ({"max_replay": 10}, 0),
        ({"max_replay": 10, "ring_size": 4}, 0),
        ({"max_scan": 10, "ring_size": 4}, 0),
        ({}, 21),
        ({}, FUTURE),
    ],
)
def test_too_far_behind_or_from_the_future_is_reset(run, options, after):
    async def scenario():
        source = published(20, "a")
        async with running(source, **options) as hub:
            client = join(hub, "a", after=after)
            await settle()
            assert (client.events, client.numbers) == ([b"reset"], [20])
            source.publish("a")
            await settle()
            assert client.numbers == [20, 21]
            assert hub.metrics.resets == 1

    run(scenario())


def test_exactly_max_replay_is_still_replayed(run):
    async def scenario():
        async with running(published(20, "a"), max_replay=20, ring_size=4) as hub:
            client = join(hub, "a", after=0)
            await settle()
            assert client.numbers == list(range(1, 21))

    run(scenario())


def test_a_number_this_process_has_not_read_yet_is_not_from_the_future(run):
    async def scenario():
        source = published(5, "a")
        async with running(source) as hub:
            await settle()
            source.last = 7  # another process committed two; the bell has not rung here
            client = join(hub, "a", after=7)
            await settle()
            assert (client.state, client.numbers, hub.ring.head) == (State.LIVE, [], 5)
            source.publish("a")
            await settle()
            assert client.numbers == [8]

    run(scenario())


def test_a_reader_slightly_ahead_hears_only_what_is_new_to_it(run):
    async def scenario():
        source = published(5, "a")
        async with running(source) as hub:
            await settle()
            source.last = 7
            client, level = join(hub, "a", after=7), join(hub, "a")
            await settle()
            source.last = 5
            for _ in range(4):
                source.publish("a")
            await settle()
            assert (client.numbers, level.numbers) == ([8, 9], [6, 7, 8, 9])

    run(scenario())


def test_a_journal_restored_to_an_earlier_number_resets_everyone(run):
    async def scenario():
        source = published(20, "a")
        async with running(source) as hub:
            live, slow = join(hub, "a"), join(hub, "a", stuck=True)
            await settle()
            source.restore(15)
            await settle()
            slow.stuck = False
            hub.resume(slow)
            await settle()
            assert live.events == slow.events == [b"reset"]
            source.publish("a")
            await settle()
            assert live.numbers == slow.numbers == [15, 16]

    run(scenario())


def test_the_hub_outlives_a_source_that_fails(run):
    async def scenario():
        source = MemorySource()
        async with running(source) as hub:
            client = join(hub, "a")
            await settle()
            source.fails = 2
            source.publish("a")
            await asyncio.sleep(0.3)
            assert client.numbers == [1]
            assert hub.metrics.source_errors == 2

    run(scenario())


def test_a_reader_whose_recovery_fails_is_cut_and_can_come_back(run):
    async def scenario():
        source = published(20, "a")
        async with running(source, ring_size=4) as hub:
            await settle()
            source.fails = 1
            client = join(hub, "a", after=1)
            await settle()
            assert (client.ended, client.state, len(hub.roll)) == ("aborted", State.CLOSED, 0)
            again = join(hub, "a", after=1)
            await settle()
            assert again.numbers == list(range(2, 21))

    run(scenario())


def test_start_fails_with_its_source_and_leaves_nothing_running(run):
    async def scenario():
        source = published(1, "a")
        source.fails = 1
        with pytest.raises(OSError, match="away"):
            async with running(source):
                pass
        assert len(asyncio.all_tasks()) == 1

    run(scenario())


def test_heartbeats_move_the_cursor_of_who_hears_nothing(run):
    async def scenario():
        source = MemorySource()
        async with running(source, heartbeat=timedelta(milliseconds=60)) as hub:
            quiet = join(hub, "quiet")
            source.publish("busy")
            async with asyncio.timeout(10):
                while not quiet.parts[-1].startswith(b"id: 1"):
                    await asyncio.sleep(0.01)
            cursors = [int(block[b"id"]) for block in blocks(b"".join(quiet.parts[1:]))]
            assert cursors == sorted(cursors)
            assert quiet.numbers == []

    run(scenario())


def test_a_heartbeat_in_the_middle_of_a_wave_does_not_skip_what_is_on_its_way(run):
    async def scenario():
        source = MemorySource()
        async with running(source, burst=1, heartbeat=timedelta(milliseconds=1)) as hub:
            clients = [join(hub, "a") for _ in range(200)]
            await asyncio.sleep(0.01)
            for _ in range(5):
                source.publish("a")
                await asyncio.sleep(0.01)
            await settle(500)
            for client in clients:
                found = blocks(b"".join(client.parts))
                ids = [int(block[b"id"]) for block in found if b"id" in block]
                assert ids == sorted(ids)
                assert client.numbers == [1, 2, 3, 4, 5]

    run(scenario())


def test_a_quiet_reader_that_slows_down_is_not_taken_for_one_far_behind(run):
    async def scenario():
        source = MemorySource()
        async with running(source, ring_size=4, max_scan=10) as hub:
            quiet = join(hub, "quiet")
            await settle()
            for _ in range(50):
                source.publish("busy")
                await settle()
            quiet.stuck = True
            hub.beat(quiet)
            source.publish("quiet")
            await settle()
            quiet.stuck = False
            hub.resume(quiet)
            await settle()
            assert (quiet.numbers, quiet.events) == ([51], [b"story-published"])
            assert (hub.metrics.replays, hub.metrics.resets) == (0, 0)

    run(scenario())


def test_a_page_made_long_ago_costs_no_reading_while_its_channels_are_quiet(run):
    async def scenario():
        source = MemorySource()
        async with running(source, ring_size=4, max_scan=10) as hub:
            source.publish("quiet")
            for _ in range(50):
                source.publish("busy")
                await settle()
            client = join(hub, "quiet", after=1)
            await settle()
            source.publish("quiet")
            await settle()
            assert (client.numbers, hub.metrics.replays) == ([52], 0)

    run(scenario())


def test_who_stays_paused_is_cut(run):
    async def scenario():
        source = MemorySource()
        options = {"heartbeat": timedelta(milliseconds=60), "stall": timedelta(milliseconds=50)}
        async with running(source, **options) as hub:
            slow, quick = join(hub, "a", stuck=True), join(hub, "a")
            await asyncio.sleep(0.15)
            assert (slow.ended, quick.ended, len(hub.roll)) == ("aborted", "", 1)
            assert hub.metrics.stalled == 1

    run(scenario())


def test_a_carrier_that_fails_is_cut_and_the_wave_goes_on(run):
    class Broken(RecordingClient):
        def write(self, data):
            raise OSError("gone")

    async def scenario():
        source = MemorySource()
        async with running(source) as hub:
            clients = [join(hub, "a") for _ in range(5)]
            await settle()
            clients[2].__class__ = Broken
            source.publish("a")
            await settle()
            assert [client.numbers for client in clients] == [[1], [1], [], [1], [1]]
            assert (clients[2].ended, hub.count("a")) == ("aborted", 4)

    run(scenario())


def test_limits(run):
    async def scenario():
        async with running(MemorySource(), max_streams=3, max_per_address=2) as hub:
            ask = {"query": b"channels=chat:1", "headers": []}
            clients = [join(hub, "a", address="192.0.2.1") for _ in range(2)]
            with pytest.raises(TooManyStreamsError):
                hub.admit(client=("192.0.2.1", 1), **ask)
            hub.admit(client=("192.0.2.2", 1), **ask)
            hub.admit(client=None, **ask)
            join(hub, "a")
            with pytest.raises(StreamFullError):
                hub.admit(client=None, **ask)
            hub.leave(clients[0])
            hub.leave(clients[0])
            hub.admit(client=("192.0.2.1", 1), **ask)
            assert (hub.metrics.opened, hub.metrics.closed, hub.metrics.refused) == (3, 1, 2)

    run(scenario())


def test_stop_sends_everyone_away_with_a_number_and_a_time(run):
    async def scenario():
        source = published(3, "a")
        async with running(source, retry_within=timedelta(seconds=4)) as hub:
            clients = [join(hub, "a") for _ in range(300)]
            await settle()
            await hub.stop(timedelta(seconds=1))
            last = [blocks(client.parts[-1]) for client in clients]
            assert {block[0][b"id"] for block in last} == {b"3"}
            waits = {int(block[1][b"retry"]) for block in last}
            assert min(waits) >= 500
            assert max(waits) <= 4000
            assert len(waits) > 100
            assert {client.ended for client in clients} == {"closed"}
            with pytest.raises(StreamFullError):
                hub.admit(query=b"channels=chat:1", headers=[], client=None)

    run(scenario())


def test_presence(run):
    async def scenario():
        async with running(MemorySource()) as hub:
            one, _ = join(hub, "a", "b"), join(hub, "a")
            assert (hub.count("a"), hub.count("b"), hub.roll.counts()) == (2, 1, {"a": 2, "b": 1})
            hub.leave(one)
            assert (hub.count("a"), hub.count("b")) == (1, 0)

    run(scenario())
