"""A lane: in order, alone, with patience, and never past what is not done."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import transaction

from dateline.journal.actions import move_cursor
from dateline.journal.models import JournalLine
from dateline.journal.queries import cursor_of, head, replay
from dateline.journal.record import record
from dateline.people.entries import PersonChanged
from dateline.publishing import lane as lanes
from dateline.publishing.effects import EFFECTS, Effect
from dateline.publishing.errors import Hopeless
from dateline.publishing.lane import Lane, replay_parked
from dateline.publishing.models import Parked
from dateline.publishing.parked import NotParked, lines, replay_one
from dateline.publishing.rules import LONGEST_DELAY, retry_delay
from dateline.topics.entries import TopicChanged

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("committed")]


class Broken(Exception):
    pass


class FakeEffect:
    """Notes what it was given, and fails as it was told to: by entry, a number of times."""

    def __init__(self, failures=None, error=Broken):
        self.failures = failures or {}
        self.error = error
        self.tried = []
        self.done = []

    def __call__(self, recorded):
        self.tried.append(recorded.entry.topic)
        if self.failures.get(recorded.entry.topic, 0) > 0:
            self.failures[recorded.entry.topic] -= 1
            raise self.error(why="It is so.") if self.error is Hopeless else self.error("not now")
        self.done.append(recorded.entry.topic)


@pytest.fixture(autouse=True)
def no_delay(monkeypatch):
    monkeypatch.setattr(lanes, "retry_delay", lambda tries, chance: timedelta(0))


def a_lane(does, *, most_tries=3, name="fake", **more):
    effect = Effect(name=name, does=does, sentence="Is a fake.", hears=(TopicChanged,), **more)
    move_cursor(name=name, seq=head())
    return Lane(effect, threading.Event(), most_tries)


@transaction.atomic
def record_topics(*topics):
    return [record(TopicChanged(edition="en", topic=topic)) for topic in topics]


def test_entries_are_done_in_order_and_once():
    effect = FakeEffect()
    lane = a_lane(effect)
    record_topics(1, 2, 3)
    assert (lane.catch_up(), lane.catch_up()) == (3, 0)
    record_topics(4)
    assert lane.catch_up() == 1
    assert effect.done == [1, 2, 3, 4]
    assert cursor_of("fake") == head()


def test_what_does_not_concern_it_is_passed_untried():
    effect = FakeEffect()
    lane = a_lane(effect)
    with transaction.atomic():
        record(PersonChanged(edition="", person=1))
    assert (lane.catch_up(), effect.tried, cursor_of("fake")) == (1, [], head())


def test_a_failing_entry_is_retried_alone_until_done():
    effect = FakeEffect({2: 2})
    lane = a_lane(effect)
    record_topics(1, 2, 3)
    lane.catch_up()
    assert effect.tried == [1, 2, 2, 2, 3]
    assert (effect.done, Parked.objects.count()) == ([1, 2, 3], 0)


def test_an_entry_that_fails_each_time_is_parked_and_the_rest_done():
    effect = FakeEffect({2: 99})
    lane = a_lane(effect)
    _, second, last = record_topics(1, 2, 3)
    lane.catch_up()
    assert (effect.tried, effect.done) == ([1, 2, 2, 2, 3], [1, 3])
    parked = Parked.objects.get()
    assert (parked.effect, parked.seq, parked.tries) == ("fake", second, 3)
    assert parked.error.strip().endswith("Broken: not now")
    assert cursor_of("fake") == last


def test_a_hopeless_failure_is_parked_at_once():
    effect = FakeEffect({1: 99}, error=Hopeless)
    lane = a_lane(effect)
    record_topics(1, 2)
    lane.catch_up()
    assert effect.tried == [1, 2]
    assert (Parked.objects.get().tries, effect.done) == (1, [2])


def test_an_effect_that_takes_too_long_is_left_behind():
    gate = threading.Event()
    lane = a_lane(lambda _: gate.wait(20), most_tries=1, time_limit=timedelta(seconds=0.05))
    record_topics(1)
    began = time.monotonic()
    assert lane.catch_up() == 1
    assert time.monotonic() - began < 5
    assert "fake took longer than 0.05 s on one entry." in Parked.objects.get().error
    gate.set()


def test_a_stopping_lane_leaves_its_entry_for_the_next_start():
    lane = a_lane(None)
    first, _ = record_topics(1, 2)

    def fail_and_stop(recorded):
        if recorded.seq != first:
            lane.stopping.set()
            raise Broken

    object.__setattr__(lane.effect, "does", fail_and_stop)
    assert lane.catch_up() == 1
    assert (cursor_of("fake"), Parked.objects.count()) == (first, 0)
    assert lane.catch_up() == 0


def writes_of(lane, count):
    """Let so many entries come one by one, and return how often the lane's place was saved."""
    saved = 0
    for topic in range(count):
        before = cursor_of("fake")
        record_topics(topic)
        lane.catch_up()
        saved += cursor_of("fake") != before
    return saved


def test_the_place_of_a_light_effect_is_saved_once_in_a_while():
    effect = FakeEffect()
    assert writes_of(a_lane(effect), 5) == 5
    light = a_lane(effect, is_light=True)
    assert writes_of(light, 5) == 1
    assert effect.done == [0, 1, 2, 3, 4] * 2
    assert light.patience() == lanes.SAVE_EVERY
    light.save()
    assert (cursor_of("fake"), light.patience()) == (head(), lanes.LANE_POLL)


def test_a_killed_lane_runs_only_the_entry_it_was_at_again():
    effect = FakeEffect()
    lane = a_lane(effect)
    first, second = record_topics(1, 2)
    lane.catch_up()
    from dateline.journal.models import Cursor

    Cursor.objects.filter(name="fake").update(seq=first)
    lane.start_again()
    lane.catch_up()
    assert (effect.done, cursor_of("fake")) == ([1, 2, 2], second)


def test_a_parked_entry_is_replayed_and_then_no_longer_parked():
    effect = FakeEffect({1: 4})
    lane = a_lane(effect)
    record_topics(1)
    lane.catch_up()
    parked = Parked.objects.get()
    assert not replay_parked(effect=lane.effect, parked=parked)
    parked = Parked.objects.get()
    assert parked.tries == 4
    assert replay_parked(effect=lane.effect, parked=parked)
    assert (effect.done, Parked.objects.count()) == ([1], 0)


def test_parking_twice_is_one_line():
    effect = FakeEffect({1: 99})
    lane = a_lane(effect, most_tries=1)
    [seq] = record_topics(1)
    for _ in range(2):
        lane._see_through(next(replay(seq - 1, 1)))
    assert Parked.objects.count() == 1


def test_what_a_person_is_shown_and_may_replay():
    assert [line.split(":")[0] for line in lines()] == [effect.name for effect in EFFECTS]
    with pytest.raises(NotParked):
        replay_one("press", 7)
    with pytest.raises(NotParked):
        replay_one("comet", 7)
    [seq] = record_topics(1)
    from dateline.common import clock

    Parked.objects.create(effect="press", seq=seq, tries=8, error="E: x\n", parked_at=clock.now())
    assert list(lines())[-1] == f"parked: press {seq} after 8 tries: E: x"
    assert replay_one("press", seq)
    assert Parked.objects.count() == 0


def spoil(seq, **fields):
    JournalLine.objects.filter(seq=seq).update(**fields)


SPOILT = [
    {"kind": "comet-landed"},
    {"payload": {"edition": "en", "comet": 7}},
    {"payload": ["en", 7]},
    {"channels": 7},
    {"keys": {"topic:2": 7}},
]


@pytest.mark.parametrize("fields", SPOILT, ids=str)
def test_an_entry_that_cannot_be_read_is_parked_and_the_rest_done(fields):
    effect = FakeEffect()
    lane = a_lane(effect)
    _, second, last = record_topics(1, 2, 3)
    was = JournalLine.objects.filter(seq=second).values("kind", "payload", "channels", "keys").get()
    spoil(second, **fields)
    assert lane.catch_up() == 3
    assert (effect.done, cursor_of("fake")) == ([1, 3], last)
    parked = Parked.objects.get()
    assert (parked.effect, parked.seq) == ("fake", second)
    assert "EntryRefused" in parked.error
    assert not replay_parked(effect=lane.effect, parked=parked)
    spoil(second, **was)
    assert replay_parked(effect=lane.effect, parked=Parked.objects.get())
    assert (effect.done, Parked.objects.count()) == ([1, 3, 2], 0)


def test_an_unreadable_entry_of_a_type_it_does_not_hear_is_passed():
    lane = a_lane(FakeEffect())
    with transaction.atomic():
        seq = record(PersonChanged(edition="", person=1))
    spoil(seq, payload={})
    assert (lane.catch_up(), Parked.objects.count(), cursor_of("fake")) == (1, 0, seq)


@pytest.mark.parametrize(
    ("tries", "chance", "seconds"),
    [(1, 0.0, 0.25), (1, 0.5, 0.375), (2, 0.0, 0.5), (7, 0.0, 16.0), (8, 0.0, 30.0), (60, 0, 30)],
)
def test_the_delay_doubles_to_a_minute_and_is_spread(tries, chance, seconds):
    assert retry_delay(tries=tries, chance=chance).total_seconds() == seconds
    assert retry_delay(tries=tries, chance=0.999) < LONGEST_DELAY
