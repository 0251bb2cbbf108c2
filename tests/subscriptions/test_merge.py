"""One address is proved by its owner and got letters before: two subscribers become one."""

import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from dateline.common import clock
from dateline.subscriptions.actions import (
    Told,
    fold_some,
    leave,
    move_subscriber,
    pause_subscriber,
    renew_feed,
    resume_subscriber,
    retract,
    stop_subscriber,
    subscriber_for,
    unfollow,
)
from dateline.subscriptions.enums import Pace, Standing, Stop
from dateline.subscriptions.ledger_queries import deliveries_of
from dateline.subscriptions.models import Consent, Delivery, Subscriber, Subscription
from dateline.subscriptions.post import Post
from dateline.subscriptions.queries import subscriber_by_feed, subscriber_by_key
from dateline.subscriptions.rules import Leaving, rarer
from tests.committing import committed
from tests.factories import a_published_story, a_reader
from tests.stories.records import assert_records
from tests.subscriptions.following import a_follower, a_sending, ledger, written
from tests.subscriptions.test_post import PlainCarrier, work_off

__all__ = ["committed"]
pytestmark = pytest.mark.database
database = pytest.mark.django_db
OLD, NEW = "old@news.example", "new@news.example"
HOUR = timedelta(hours=1)


@pytest.fixture
def at(time_machine):
    """Move to some hours from the beginning."""
    begun = clock.now()
    return lambda hours: time_machine.move_to(begun + hours * HOUR, tick=False)


def moved(who, mail=NEW, **given):
    return move_subscriber(by=None, subscriber=who, mail=mail, told=Told(), **given)


def follows(who):
    rows = Subscription.objects.filter(subscriber=who).order_by("subject")
    return dict(rows.values_list("subject", "pace"))


@database
def test_what_both_follow_is_united_at_the_rarer_pace(room):
    world = f"section:{room.world.pk}"
    who = a_follower(room, OLD, "front:en", pace="weekly")
    other = a_follower(room, NEW, "front:en", "breaking:en")
    a_follower(room, NEW, world, pace="daily")
    with assert_records(*["subscriber-changed"] * 4):
        assert moved(who) == who
    who.refresh_from_db()
    assert (who.mail, who.standing) == (NEW, Standing.ACTIVE)
    assert follows(who) == {"front:en": "weekly", "breaking:en": "at-once", world: "daily"}
    assert follows(other) == {}
    deeds = list(Consent.objects.filter(subscriber=who).values_list("deed", flat=True))
    assert (deeds.count("subscribed"), deeds[-2:]) == (4, ["merged", "moved"])


@database
def test_links_of_old_letters_and_feeds_lead_on_through_every_merge(room):
    first, second, third = (
        a_follower(room, f"{name}@news.example", "front:en") for name in ("a", "b", "c")
    )
    moved(second, "a@news.example")
    moved(third, "a@news.example")
    for one in (first, second, third):
        assert subscriber_by_key(one.key) == third
        assert subscriber_by_feed(one.feed_key) == third
    old = [one.feed_key for one in (first, second, third)]
    renew_feed(by=None, subscriber=third)
    assert [subscriber_by_feed(key) for key in old] == [None, None, None]
    fold_some(by=None, now=clock.now() + timedelta(days=5000))
    assert subscriber_by_key(first.key) == third
    third.delete()
    assert not Subscriber.objects.exists()


@database
def test_nobody_gets_back_what_they_had_left(room, at):
    who = a_follower(room, OLD, "breaking:en")
    other = a_follower(room, NEW, "front:en", "breaking:en")
    at(1)
    a_follower(room, OLD, "front:en")
    unfollow(by=None, subscriber=who, subject="front:en")
    unfollow(by=None, subscriber=other, subject="breaking:en")
    at(2)
    moved(who)
    assert follows(who) == {}
    assert Subscriber.objects.get(pk=who.pk).standing == Standing.ACTIVE


@database
def test_what_was_asked_for_after_it_was_left_stands(room, at):
    who = a_follower(room, OLD, "front:en")
    leave(by=None, subscriber=who)
    at(1)
    a_follower(room, NEW, "front:en")
    at(2)
    moved(who)
    who.refresh_from_db()
    assert (follows(who), who.standing) == ({"front:en": "at-once"}, Standing.ACTIVE)


@database
@pytest.mark.parametrize("how", [Stop.LEFT, Stop.COMPLAINED])
@pytest.mark.parametrize("is_asked", [False, True])
def test_an_address_that_had_left_is_written_to_only_if_that_is_asked_for(room, at, how, is_asked):
    who = a_follower(room, OLD, "front:en")
    other = a_follower(room, NEW, "breaking:en")
    at(1)
    stop_subscriber(by=None, subscriber=other, how=how)
    at(2)
    moved(who, is_asked=is_asked)
    who.refresh_from_db()
    assert follows(who) == ({"front:en": "at-once"} if is_asked else {})
    expected = (Standing.ACTIVE, "") if is_asked else (Standing.STOPPED, how)
    assert (who.standing, who.stopped_as) == expected


@database
def test_the_longer_pause_holds_and_a_dead_address_is_forgotten(room):
    who, other = (a_follower(room, mail, "front:en") for mail in (OLD, NEW))
    until = pause_subscriber(by=None, subscriber=other, length=timedelta(days=30))
    pause_subscriber(by=None, subscriber=who, length=timedelta(days=7))
    moved(who)
    who.refresh_from_db()
    assert (who.standing, who.paused_until) == (Standing.PAUSED, until)
    stop_subscriber(by=None, subscriber=who, how=Stop.BOUNCED)
    moved(who, "third@news.example")
    assert Subscriber.objects.get(pk=who.pk).standing == Standing.ACTIVE


@database
def test_the_ledger_goes_along_and_nothing_comes_twice(room):
    who, other = (a_follower(room, mail, "front:en") for mail in (OLD, NEW))
    a_follower(room, NEW, f"topic:{room.topic.pk}")
    story = a_published_story(room).pk
    both = written(a_sending(room, "front:en", story=story))
    alone = written(a_sending(room, f"topic:{room.topic.pk}", key="story:2", story=story))
    moved(who)
    work_off(Post(PlainCarrier()))
    assert set(Delivery.objects.values_list("subscriber", "sending", "state", "cause")) == {
        (who.pk, both.pk, "sent", ""),
        (who.pk, alone.pk, "sent", ""),
        (other.pk, both.pk, "skipped", "merged"),
    }
    assert deliveries_of(who).count() == 3
    again = written(a_sending(room, "front:en", key="story:9", story=story))
    assert ledger(again) == {NEW: ("planned", "front:en")}


@database
def test_what_one_of_both_had_is_not_sent_again_and_can_be_taken_back(room):
    who, other = (a_follower(room, mail, "front:en") for mail in (OLD, NEW))
    pause_subscriber(by=None, subscriber=who, length=timedelta(days=7))
    story = a_published_story(room).pk
    had = written(a_sending(room, "front:en", story=story))
    work_off(Post(PlainCarrier()))
    assert ledger(had) == {OLD: ("skipped", "paused"), NEW: ("sent", "front:en")}
    resume_subscriber(by=None, subscriber=who)
    late = written(a_sending(room, "front:en", key="story:2", story=story))
    Delivery.objects.filter(sending=late, subscriber=other).update(state="uncertain")
    moved(who)
    assert ledger(had) == {NEW: ("sent", "front:en")}
    assert ledger(late) == {NEW: ("uncertain", "front:en")}
    assert ledger(written(retract(by=None, sending=had))) == {NEW: ("planned", "front:en")}


@database
def test_another_account_is_written_to_at_its_own_address(room):
    ada, bo = a_reader("Ada"), a_reader("Bo")
    EmailAddress.objects.create(user=bo.account, email="bo@news.example", verified=True)
    who = subscriber_for(by=None, mail=OLD, edition=room.edition, reader=ada)
    theirs = subscriber_for(by=None, mail=NEW, edition=room.edition, reader=bo)
    a_follower(room, NEW, "front:en")
    moved(who)
    theirs.refresh_from_db()
    found = (theirs.mail, theirs.reader, follows(theirs))
    assert found == ("bo@news.example", bo, {"front:en": "at-once"})
    assert (Subscriber.objects.get(mail=NEW), follows(who)) == (who, {})


@database
def test_a_reader_who_is_known_by_now_is_one_subscriber(room):
    before = a_follower(room, OLD, "front:en")
    ada = a_reader("Ada")
    account = subscriber_for(by=None, mail=NEW, edition=room.edition, reader=ada)
    moved(before)
    assert (Subscriber.objects.get(mail=NEW), follows(before)) == (before, {"front:en": "at-once"})
    before.refresh_from_db()
    assert before.reader == ada
    again = subscriber_for(by=None, mail="third@news.example", edition=room.edition, reader=ada)
    assert (again.reader, follows(again)) == (ada, {"front:en": "at-once"})
    assert {subscriber_by_key(one.key) for one in (before, account)} == {again}


def test_two_moves_at_once_end_in_one_subscriber(committed, room):
    first, second = (a_follower(room, mail, "front:en") for mail in (OLD, NEW))
    begin, done = threading.Barrier(2), []

    def move(who, mail):
        try:
            begin.wait()
            moved(who, mail)
            done.append(mail)
        finally:
            connection.close()

    pairs = ((first, NEW), (second, OLD))
    threads = [threading.Thread(target=move, args=pair) for pair in pairs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(done) == [NEW, OLD]
    kept = Subscriber.objects.get(merged_into__isnull=True)
    assert (follows(kept), kept.mail in {OLD, NEW}) == ({"front:en": "at-once"}, True)
    assert {subscriber_by_key(one.key) for one in (first, second)} == {kept}


def test_rules_of_leaving():
    now = clock.now()
    left = Leaving(everything=now, subjects={"front:en": now + HOUR})
    assert [
        left.lets_stand("breaking:en", now + HOUR),
        left.lets_stand("breaking:en", now),
        left.lets_stand("front:en", now + HOUR),
        Leaving().lets_stand("front:en", now),
    ] == [True, False, False, True]
    assert rarer(Pace.DAILY, Pace.AT_ONCE) == Pace.DAILY
    assert rarer(Pace.DAILY, Pace.WEEKLY) == Pace.WEEKLY
