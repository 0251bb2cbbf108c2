"""Random readers, networks and restarts against a plain model: nothing lost, nothing twice."""

import asyncio
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from dateline.stream.client import State
from dateline.stream.hub import Hub
from dateline.stream.request import Wish
from tests.stream.fakes import MemorySource, RecordingClient, blocks

CHANNELS = ("a", "b", "c", "d")
OPTIONS = {"ring_size": 6, "max_replay": 9, "max_scan": 30, "max_write": 120}
TURNS = {"burst": 1, "page": 4}
heard_by = st.sets(st.sampled_from(CHANNELS), min_size=1, max_size=3)


class Browser:
    """What a browser knows: its channels, the last id of a whole block, and what it was told."""

    def __init__(self, channels, source):
        self.channels = channels
        self.source = source
        self.start = source.last
        self.cursor = None
        self.heard = []
        self.client = None
        self.arrived = 0

    def take(self, body):
        for block in blocks(body):
            if block.get(b"event") == b"reset":
                self._reload(int(block[b"id"]))
            elif b"event" in block:
                self.heard.append(int(block[b"id"]))
            if b"id" in block:
                if self.last_asked < 0:
                    self.start = self.last_asked = int(block[b"id"])
                self.cursor = int(block[b"id"])

    def _reload(self, number):
        missed = [n for n in self.expected() if n not in self.heard]
        last = self.heard[-1] if self.heard else self.start
        far = len(missed) > OPTIONS["max_replay"] or number - last > OPTIONS["max_scan"]
        assert far, "a reset without need"
        self.start, self.heard = number, []

    def expected(self):
        entries = self.source.entries
        return [
            each.seq
            for each in entries
            if each.seq > self.start and not self.channels.isdisjoint(each.channels)
        ]

    def read(self):
        """Take what has arrived: all but a write that is still in flight."""
        parts = self.client.parts
        done = len(parts) - (1 if self.client.stuck and parts else 0)
        for part in parts[self.arrived : done]:
            self.take(part)
        self.arrived = max(self.arrived, done)


class Streams(RuleBasedStateMachine):
    browsers = Bundle("browsers")

    def __init__(self):
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.source = MemorySource()
        self.everyone = []
        self.hub = None
        self.start_hub()

    def start_hub(self):
        self.hub = Hub(self.source, **OPTIONS, **TURNS)
        self.loop.run_until_complete(self.hub.start())

    def turn(self, turns):
        async def pause():
            for _ in range(turns):
                await asyncio.sleep(0)

        self.loop.run_until_complete(pause())

    def connect(self, browser, after):
        browser.client = RecordingClient(self.hub)
        browser.arrived = 0
        browser.last_asked = -1 if after is None else after
        self.hub.open(browser.client, Wish(frozenset(browser.channels), after))

    @initialize(target=browsers, channels=st.lists(heard_by, min_size=4, max_size=8))
    def some_are_here(self, channels):
        return multiple(*(self.open_page(each, None) for each in channels))

    @rule(target=browsers, channels=heard_by, back=st.none() | st.integers(0, 40))
    def a_browser_opens_a_page(self, channels, back):
        return self.open_page(channels, back)

    def open_page(self, channels, back):
        browser = Browser(channels, self.source)
        after = None if back is None else max(0, self.source.last - back)
        browser.start = self.hub.ring.head if after is None else after
        self.connect(browser, after)
        self.everyone.append(browser)
        return browser

    @rule(
        count=st.integers(1, 12),
        channels=st.sets(st.sampled_from(CHANNELS), max_size=2),
        turns=st.integers(0, 6),
    )
    def publish(self, count, channels, turns):
        for _ in range(count):
            self.source.publish(*sorted(channels))
        self.turn(turns)

    @rule(turns=st.integers(1, 9))
    def some_time_passes(self, turns):
        self.turn(turns)

    @rule(browser=browsers)
    def a_heartbeat_is_due(self, browser):
        self.hub.beat(browser.client)

    @rule(browser=browsers)
    def the_network_slows(self, browser):
        if browser.client.state not in (State.CLOSED, State.LEAVING) and not browser.client.stuck:
            browser.read()
            browser.client.stuck = True
            browser.arrived = len(browser.client.parts)

    @rule(browser=browsers)
    def the_network_recovers(self, browser):
        browser.client.stuck = False
        browser.read()
        self.hub.resume(browser.client)

    @rule(browser=browsers, lost=st.integers(0, 200), gone_for=st.integers(0, 20))
    def the_line_drops_and_the_browser_comes_back(self, browser, lost, gone_for):
        browser.read()
        rest = b"".join(browser.client.parts[browser.arrived :])
        browser.take(rest[: max(0, len(rest) - lost)])
        self.hub.leave(browser.client)
        self.turn(gone_for)
        self.connect(browser, browser.start if browser.cursor is None else browser.cursor)

    @rule(browser=consumes(browsers))
    def a_browser_is_closed(self, browser):
        self.hub.leave(browser.client)
        self.everyone.remove(browser)

    @rule(gone_for=st.integers(0, 15), channels=st.sets(st.sampled_from(CHANNELS), max_size=2))
    def the_hub_restarts(self, gone_for, channels):
        self.loop.run_until_complete(self.hub.stop(timedelta(0)))
        for _ in range(gone_for):
            self.source.publish(*sorted(channels))
        self.start_hub()
        for browser in self.everyone:
            browser.client.stuck = False
            browser.read()
            self.connect(browser, browser.start if browser.cursor is None else browser.cursor)

    @invariant()
    def nobody_is_told_anything_twice_or_out_of_order(self):
        for browser in self.everyone:
            if browser.client:
                browser.read()
            assert browser.heard == browser.expected()[: len(browser.heard)]

    def teardown(self):
        for browser in self.everyone:
            self.the_network_recovers(browser)
        self.turn(400)
        for browser in self.everyone:
            browser.read()
            assert browser.client.state is State.LIVE
            assert browser.heard == browser.expected()
        assert len(self.hub.roll) == len(self.everyone)
        self.loop.run_until_complete(self.hub.stop(timedelta(0)))
        assert (len(self.hub.roll), self.hub.roll.counts()) == (0, {})
        self.loop.close()


TestExactlyOnce = Streams.TestCase
TestExactlyOnce.settings = settings(
    max_examples=250,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
