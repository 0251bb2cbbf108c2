"""The post: written down, carried, settled; and what must not leave stays."""

from datetime import timedelta

import pytest
from django.db import connection

from dateline.stories.actions import kill_story
from dateline.subscriptions.actions import (
    leave,
    pause_subscriber,
    stop_sending,
    stop_subscriber,
    unfollow,
)
from dateline.subscriptions.enums import Stage, State, Stop
from dateline.subscriptions.models import Delivery, Sending
from dateline.subscriptions.post import Post
from dateline.subscriptions.rules import Outcome
from tests.factories import a_published_story
from tests.subscriptions.following import a_follower, a_sending, ledger, written

pytestmark = pytest.mark.django_db
EVERYTHING = "front:en"


class PlainCarrier:
    """Carries everything, or breaks."""

    channel = "mail"
    window = 3

    def __init__(self):
        self.carried, self.is_broken, self.meanwhile = [], False, lambda: None

    def is_open(self):
        return True

    def carry(self, deliveries):
        for one in deliveries:
            if self.is_broken:
                raise ConnectionError
            self.carried.append(one.subscriber.mail)
            yield Outcome(one.pk, State.SENT)
        self.meanwhile()

    def close(self):
        pass


def work_off(post):
    while post.work():
        pass


def followers(room, count):
    for number in range(count):
        a_follower(room, f"reader{number}@news.example", EVERYTHING)


def test_a_sending_goes_to_everybody_and_is_done(room):
    story = a_published_story(room)
    followers(room, 7)
    sending = a_sending(room, EVERYTHING, story=story.pk)
    carrier = PlainCarrier()
    work_off(Post(carrier))
    sending.refresh_from_db()
    assert sorted(carrier.carried) == [f"reader{number}@news.example" for number in range(7)]
    assert (sending.stage, Delivery.objects.filter(state="sent").count()) == (Stage.DONE, 7)


def test_nothing_is_locked_while_it_is_carried(room):
    story = a_published_story(room)
    followers(room, 4)
    a_sending(room, EVERYTHING, story=story.pk)
    depth, depths, carrier = len(connection.savepoint_ids), [], PlainCarrier()
    carrier.meanwhile = lambda: depths.append(len(connection.savepoint_ids))
    work_off(Post(carrier))
    assert set(depths) == {depth}


def test_a_kill_stops_the_rest(room):
    story = a_published_story(room)
    followers(room, 7)
    sending = a_sending(room, EVERYTHING, story=story.pk)
    carrier = PlainCarrier()
    carrier.meanwhile = lambda: kill_story(by=None, story=story, why="Wrong")
    work_off(Post(carrier))
    states = sorted(state for state, _ in ledger(sending).values())
    assert states == ["sent"] * 3 + ["skipped"] * 4


def test_what_was_stopped_and_who_left_meanwhile_gets_nothing(room):
    story = a_published_story(room)
    followers(room, 4)
    gone = a_follower(room, "gone@news.example", EVERYTHING)
    sending, other = (
        a_sending(room, EVERYTHING, key=key, story=story.pk) for key in ("story:1", "story:2")
    )
    post = Post(PlainCarrier())
    post.carrier.meanwhile = lambda: (
        leave(by=None, subscriber=gone),
        stop_sending(by=None, sending=other),
    )
    work_off(post)
    assert ledger(sending)["gone@news.example"] == ("skipped", "left")
    assert "sent" not in {state for state, _ in ledger(other).values()}


def test_each_is_kept_back_for_its_own_reason(room):
    story = a_published_story(room)
    who = {
        name: a_follower(room, f"{name}@news.example", EVERYTHING)
        for name in ("paused", "bounced", "complained", "left", "unfollowed", "reader")
    }
    sending = written(a_sending(room, EVERYTHING, story=story.pk))
    pause_subscriber(by=None, subscriber=who["paused"], length=timedelta(days=3))
    stop_subscriber(by=None, subscriber=who["bounced"], how=Stop.BOUNCED)
    stop_subscriber(by=None, subscriber=who["complained"], how=Stop.COMPLAINED)
    leave(by=None, subscriber=who["left"])
    unfollow(by=None, subscriber=who["unfollowed"], subject=EVERYTHING)
    work_off(Post(PlainCarrier()))
    assert ledger(sending) == {
        "paused@news.example": ("skipped", "paused"),
        "bounced@news.example": ("skipped", "bounced"),
        "complained@news.example": ("skipped", "complained"),
        "left@news.example": ("skipped", "left"),
        "unfollowed@news.example": ("skipped", "left"),
        "reader@news.example": ("sent", EVERYTHING),
    }


def test_what_is_followed_no_more_stays_here(room):
    story = a_published_story(room)
    one = a_follower(room, "one@news.example", EVERYTHING)
    both = a_follower(room, "both@news.example", EVERYTHING, f"topic:{room.topic.pk}")
    sending = written(a_sending(room, EVERYTHING, f"topic:{room.topic.pk}", story=story.pk))
    for who in (one, both):
        unfollow(by=None, subscriber=who, subject=EVERYTHING)
    work_off(Post(PlainCarrier()))
    assert {mail: state for mail, (state, _) in ledger(sending).items()} == {
        "one@news.example": "skipped",
        "both@news.example": "sent",
    }


def test_a_carrier_that_breaks_leaves_what_it_had_uncertain(room):
    story = a_published_story(room)
    followers(room, 5)
    sending = a_sending(room, EVERYTHING, story=story.pk)
    carrier = PlainCarrier()
    carrier.is_broken = True
    with pytest.raises(ConnectionError):
        work_off(Post(carrier))
    carrier.is_broken = False
    work_off(Post(carrier))  # The runner begins anew.
    states = sorted(state for state, _ in ledger(sending).values())
    assert states == ["sent"] * 2 + ["uncertain"] * 3
    assert Sending.objects.get().stage == Stage.DONE
