"""A mail server at its worst: slow, dropping, greylisting, refusing, lying; each letter once."""

import threading
import time
from collections import Counter
from datetime import timedelta

import pytest

from dateline.common import clock
from dateline.stories.actions import kill_story
from dateline.stories.models import Story
from dateline.subscriptions.actions import retract, stop_sending
from dateline.subscriptions.mail import carrier as carriers
from dateline.subscriptions.mail import rests
from dateline.subscriptions.mail.pace import Pace
from dateline.subscriptions.mail.rests import Rests
from dateline.subscriptions.models import Delivery
from dateline.subscriptions.post import Post
from tests.factories import a_published_story
from tests.subscriptions.following import a_follower, a_sending, ledger
from tests.subscriptions.smtp_double import fine
from tests.subscriptions.test_mail import carrier, line, sink

__all__ = ["carrier", "line", "sink"]
pytestmark = pytest.mark.django_db
MANY = 40


@pytest.fixture
def sending(room, monkeypatch):
    """A story on its way to forty readers, by a post that waits for nobody between two tries."""
    monkeypatch.setattr(rests, "_FIRST_REST", 0.0)
    for number in range(MANY):
        a_follower(room, f"reader{number}@news.example", "front:en")
    return a_sending(room, "front:en", story=a_published_story(room).pk)


def until_settled(post, most=60):
    """Work until nothing is open, as if each pause were over."""
    for _ in range(most):
        post.work()
        open_ones = Delivery.objects.filter(state__in=["planned", "sending"])
        if not open_ones.exists():
            return
        open_ones.filter(state="planned").update(due_at=clock.now() - timedelta(seconds=1))
        post.carrier._rests = Rests()
    raise AssertionError(Counter(Delivery.objects.values_list("state", "cause")))


def exactly_once(sink, sending):
    """Check that whoever is sent has one letter, and nobody else, but those in doubt, has any."""
    took = Counter(to for to, _ in sink.taken)
    told = ledger(sending)
    assert len(told) == MANY
    assert set(took.values()) <= {1}
    assert {to for to, (state, _) in told.items() if state == "sent"} <= set(took)
    may = {to for to, (state, _) in told.items() if state in {"sent", "uncertain"}}
    assert set(took) <= may
    return Counter(state for state, _ in told.values())


def test_one_that_greylists_gets_each_letter_at_the_second_try(sink, carrier, sending):
    seen, lock = set(), threading.Lock()

    def greylists(step, to):
        with lock:
            if step != "RCPT" or to in seen:
                return fine(step, to)
            seen.add(to)
        return "450 4.2.0 Greylisted"

    sink.answers = greylists
    until_settled(Post(carrier))
    assert exactly_once(sink, sending) == {"sent": MANY}


def test_one_that_drops_before_the_letter_loses_none(sink, carrier, sending):
    counted, lock = Counter(), threading.Lock()

    def drops(step, to):
        with lock:
            counted[step] += 1
            return "" if step == "RCPT" and counted[step] % 3 == 0 else fine(step, to)

    sink.answers = drops
    until_settled(Post(carrier))
    assert exactly_once(sink, sending) == {"sent": MANY}


def test_one_that_takes_a_letter_and_hangs_up_leaves_it_in_doubt_and_never_twice(
    sink, carrier, sending
):
    lies = {f"reader{number}@news.example" for number in range(0, MANY, 4)}
    sink.answers = lambda step, to: "" if step == "TAKEN" and to in lies else fine(step, to)
    until_settled(Post(carrier))
    assert exactly_once(sink, sending) == {"sent": MANY - len(lies), "uncertain": len(lies)}
    told = ledger(sending)
    assert {told[to] for to in lies} == {("uncertain", "line-lost")}


def test_one_that_says_yes_and_then_no_has_refused(sink, carrier, sending):
    answers = {"reader1@news.example": "554 5.7.1 Unwanted", "reader2@news.example": "451 4.3.0 No"}

    def lies(step, to):
        return answers.get(to) or fine(step, to) if step == "TAKEN" else fine(step, to)

    sink.answers = lies
    until_settled(Post(carrier))
    assert exactly_once(sink, sending) == {"sent": MANY - 2, "bounced": 2}
    told = ledger(sending)
    assert told["reader1@news.example"] == ("bounced", "554 5.7.1")
    assert told["reader2@news.example"] == ("bounced", "451 4.3.0")
    assert Delivery.objects.get(subscriber__mail="reader2@news.example").tries == 8


def test_a_slow_one_holds_up_what_is_killed_meanwhile(sink, carrier, sending, room, monkeypatch):
    monkeypatch.setattr(carriers, "LONGEST", 0.3)
    sink.answers = lambda step, to: (
        time.sleep(0.1) or fine(step, to) if step == "DATA" else fine(step, to)
    )
    post = Post(carrier)
    post.work()
    had = {to for to, (state, _) in ledger(sending).items() if state == "sent"}
    assert 0 < len(had) < MANY
    kill_story(by=None, story=Story.objects.get(pk=sending.story), why="Wrong.")
    post.work()
    assert {to for to, _ in sink.taken} == had  # Nothing leaves after the kill.
    stop_sending(by=None, sending=sending)
    taken_back = retract(by=None, sending=sending)
    sink.answers = fine
    until_settled(post)
    assert {to for to, (state, _) in ledger(taken_back).items() if state == "sent"} == had


def test_a_domain_has_its_letters_of_a_minute_and_holds_up_no_other(room, sink, carrier, sending):
    a_follower(room, "one@elsewhere.example", "front:en")
    a_sending(room, "front:en", key="story:2", story=a_published_story(room).pk)
    now = [1000.0]
    carrier._pace = Pace(lambda: 60, now=lambda: now[0])
    post = Post(carrier)
    while post.work():
        pass
    assert _taken_by_domain(sink) == {"news.example": 2, "elsewhere.example": 1}
    waiting = Delivery.objects.filter(state="planned")
    assert set(waiting.values_list("cause", "tries")) == {("paced", 0)}
    ends = sorted(waiting.values_list("due_at", flat=True))
    assert len(set(ends)) == len(ends) == 2 * MANY - 2
    assert timedelta(seconds=70) < ends[-1] - ends[0] < timedelta(seconds=90)
    now[0] += 120
    waiting.update(due_at=clock.now() - timedelta(seconds=1))
    post.work()
    assert _taken_by_domain(sink)["news.example"] == 4


def _taken_by_domain(sink):
    return Counter(to.partition("@")[2] for to, _ in sink.taken)


class Clock:
    """The monotonic clock of rests, which stands until it is moved."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        return self.now


@pytest.fixture
def still(monkeypatch):
    made = Clock()
    monkeypatch.setattr(rests, "time", made)
    return made


def try_all(post):
    """Try whatever waits, once."""
    Delivery.objects.filter(state="planned").update(due_at=clock.now() - timedelta(seconds=1))
    post.work()


@pytest.mark.parametrize("code", ["450 4.7.0", "451 4.7.1", "452 4.3.1"])
@pytest.mark.parametrize("pipelines", [True, False])
def test_one_that_asks_for_patience_is_slowed_down_at_once_and_recovers(
    sink, carrier, sending, still, pipelines, code
):
    sink.pipelines, asked = pipelines, []

    def throttles(step, to):
        if step == "MAIL":
            asked.append(to)
            return f"{code} Too many letters, come back later"
        return fine(step, to)

    sink.answers, post = throttles, Post(carrier)
    pauses = []
    for _ in range(4):
        before = len(asked)
        try_all(post)
        assert 1 <= len(asked) - before <= (8 if before == 0 else 1)
        pauses.append(round(carrier._rests.until["news.example"] - still.now))
        still.now += pauses[-1]
    assert pauses == [15, 30, 60, 120]
    assert sink.taken == []

    sink.answers = fine
    while len(sink.taken) < MANY:  # One at a time, until it took as many as it had refused.
        try_all(post)
    assert carrier._rests.slowed == carrier._rests.until == {}
    until_settled(post)
    assert exactly_once(sink, sending) == {"sent": MANY}


def test_a_domain_that_is_slowed_down_holds_up_no_other(room, sink, carrier, sending, still):
    a_follower(room, "one@elsewhere.example", "front:en")
    other = a_sending(room, "front:en", key="story:2", story=a_published_story(room).pk)
    carrier._rests.domain_slowed("news.example")
    post = Post(carrier)
    while post.work():
        pass
    assert [to for to, _ in sink.taken] == ["one@elsewhere.example"]
    assert ledger(other)["reader0@news.example"] == ("planned", "resting")
    assert carrier._rests.left("news.example") == 15


@pytest.mark.parametrize(
    "said", [{"greeting": "421 4.7.0 Too many connections"}, {"hello": "451 4.7.1 Not now"}]
)
def test_a_server_that_asks_for_patience_at_the_door_gets_it_and_more_each_time(
    sink, carrier, sending, still, said
):
    for name, words in said.items():
        setattr(sink, name, words)
    post, pauses = Post(carrier), []
    for _ in range(3):
        try_all(post)
        pauses.append(round(carrier._rests.server_until - still.now))
        assert not carrier.is_open()
        still.now += pauses[-1]
    assert pauses == [15, 30, 60]
    assert set(Delivery.objects.values_list("state", "cause", "tries")) <= {
        ("planned", "server-away", 0),
        ("planned", "resting", 0),
    }
    sink.greeting, sink.hello = "220 sink", ""
    until_settled(post)
    assert exactly_once(sink, sending) == {"sent": MANY}
    assert carrier._rests.server_times == 0
