"""A follower gets a story once: as an alert or as a letter, whichever their follows match."""

from datetime import timedelta

import pytest

from dateline.common import clock
from dateline.journal.queries import replay
from dateline.newsfeed.actions import link_story, raise_alert, withdraw_alert
from dateline.publishing.alert_sendings import alert_sendings_after, alerts_bringing
from dateline.publishing.post import SIGHTS
from dateline.publishing.push import push_carrier
from dateline.publishing.sendings import sendings_after
from dateline.stories.enums import Urgency
from dateline.subscriptions.actions import fold_some, stop_sending
from dateline.subscriptions.enums import Channel, State, Thing
from dateline.subscriptions.ledger_queries import states_of
from dateline.subscriptions.models import Delivery, Sending
from dateline.subscriptions.post import Post
from dateline.subscriptions.queries import stories_had
from dateline.subscriptions.rules import Outcome
from tests.factories import a_published_story
from tests.subscriptions.following import a_follower, a_sending, ledger
from tests.subscriptions.lettering import Later
from tests.subscriptions.test_post import PlainCarrier, work_off
from tests.subscriptions.test_push import Reader, chosen, here, service

__all__ = ["chosen", "here", "service"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]
BREAKING, EVERYTHING = "breaking:en", "front:en"
READER, OTHER = "reader@news.example", "other@news.example"
SENT, STAYS = ("sent", EVERYTHING), ("skipped", "alerted")
each_way = pytest.mark.parametrize("channel", list(Channel))


@pytest.fixture
def later(monkeypatch):
    return Later(monkeypatch)


def a_post(channel=Channel.MAIL, carrier=None, alerts_of=alerts_bringing):
    carrier = carrier or PlainCarrier()
    carrier.channel = channel
    return Post(carrier, SIGHTS, alerts_of)


def an_alert(room, story=None):
    return raise_alert(
        by=None, edition=room.edition, urgency=Urgency.FLASH, headline="Talks fail", story=story
    )


def plan(*effects):
    for recorded in replay(0, 1000):
        for effect in effects:
            effect(recorded)


def told(thing):
    return ledger(Sending.objects.get(thing=thing))


@each_way
def test_who_had_the_alert_gets_no_letter_of_its_story(room, channel):
    a_follower(room, READER, BREAKING, EVERYTHING, channel=channel)
    a_follower(room, OTHER, EVERYTHING, channel=channel)
    an_alert(room, a_published_story(room))
    for effect in (alert_sendings_after, sendings_after):
        plan(effect)
        work_off(a_post(channel))
    assert told(Thing.ALERT) == {READER: ("sent", BREAKING)}
    assert told(Thing.STORY) == {READER: STAYS, OTHER: SENT}
    kept = Delivery.objects.get(state=State.SKIPPED)
    assert kept.why == "It comes as an alert"


@each_way
def test_of_both_that_are_due_at_once_the_alert_goes(room, channel, later):
    a_follower(room, READER, BREAKING, EVERYTHING, channel=channel)
    an_alert(room, a_published_story(room))
    plan(sendings_after)  # The story is first in the queue.
    plan(alert_sendings_after)
    post = a_post(channel)
    work_off(post)
    assert told(Thing.ALERT) == {READER: ("sent", BREAKING)}
    assert told(Thing.STORY) == {READER: ("planned", "alerted")}
    later.forward(timedelta(seconds=2))
    work_off(post)
    assert told(Thing.STORY) == {READER: STAYS}
    assert post.carrier.carried == [READER]
    assert set(Sending.objects.values_list("stage", flat=True)) == {"done"}


def test_by_another_way_both_go(room):
    a_follower(room, READER, BREAKING, channel=Channel.PUSH)
    a_follower(room, READER, EVERYTHING)
    an_alert(room, a_published_story(room))
    plan(alert_sendings_after, sendings_after)
    for channel in (Channel.PUSH, Channel.MAIL):
        work_off(a_post(channel))
    assert told(Thing.ALERT) == {READER: ("sent", BREAKING)}
    assert told(Thing.STORY) == {READER: SENT}


@each_way
def test_an_alert_that_was_withdrawn_brought_nothing(room, channel):
    a_follower(room, READER, BREAKING, EVERYTHING, channel=channel)
    alert = an_alert(room, a_published_story(room))
    plan(alert_sendings_after)
    work_off(a_post(channel))
    withdraw_alert(by=room.editor, alert=alert, why="Wrong words.")
    plan(sendings_after)
    work_off(a_post(channel))
    assert told(Thing.STORY) == {READER: SENT}


def test_an_alert_that_is_kept_back_itself_holds_up_nothing(room):
    a_follower(room, READER, BREAKING, EVERYTHING)
    alert = an_alert(room, a_published_story(room))
    plan(alert_sendings_after, sendings_after)
    withdraw_alert(by=room.editor, alert=alert, why="Wrong words.")  # The ledger is not told yet.
    work_off(a_post())
    assert told(Thing.ALERT) == {READER: ("skipped", "withdrawn")}
    assert told(Thing.STORY) == {READER: SENT}


class BusyForAlerts(PlainCarrier):
    """Puts alerts off for a minute, as a server does that asks to come again."""

    def carry(self, deliveries):
        pause = timedelta(minutes=1)
        alerts = [one for one in deliveries if one.sending.thing == Thing.ALERT]
        yield from (Outcome(one.pk, State.PLANNED, "450", "", pause) for one in alerts)
        yield from super().carry([one for one in deliveries if one not in alerts])


def test_a_story_waits_for_its_alert_and_goes_if_that_never_leaves(room, later):
    a_follower(room, READER, BREAKING, EVERYTHING)
    an_alert(room, a_published_story(room))
    plan(alert_sendings_after, sendings_after)
    post = a_post(carrier=BusyForAlerts())
    for _ in range(3):
        work_off(post)
        assert told(Thing.STORY) == {READER: ("planned", "alerted")}
        later.forward(timedelta(seconds=10))
    stop_sending(by=None, sending=Sending.objects.get(thing=Thing.ALERT))
    later.forward(timedelta(minutes=1))
    work_off(post)
    assert told(Thing.STORY) == {READER: SENT}


def test_a_flash_before_there_was_a_story_did_not_bring_it(room, later):
    a_follower(room, READER, BREAKING, EVERYTHING)
    alert = an_alert(room)
    plan(alert_sendings_after)
    work_off(a_post())
    later.forward(timedelta(minutes=5))
    link_story(by=room.editor, alert=alert, story=a_published_story(room))
    plan(sendings_after)
    work_off(a_post())
    assert told(Thing.STORY) == {READER: SENT}


def test_what_becomes_of_the_story_is_told_and_a_digest_has_it(room):
    who = a_follower(room, READER, BREAKING, EVERYTHING)
    story = a_published_story(room)
    an_alert(room, story)
    plan(alert_sendings_after)
    work_off(a_post())
    plan(sendings_after)
    for thing in (Thing.CORRECTION, Thing.UPDATE):
        a_sending(room, EVERYTHING, key=thing, thing=thing, story=story.pk)
    work_off(a_post())
    assert told(Thing.STORY) == {READER: STAYS}
    assert told(Thing.CORRECTION) == told(Thing.UPDATE) == {READER: SENT}
    assert stories_had([who.pk], None) == {}


def test_it_is_folded_as_any_line_is(room):
    a_follower(room, READER, BREAKING, EVERYTHING)
    an_alert(room, a_published_story(room))
    for effect in (alert_sendings_after, sendings_after):
        plan(effect)
        work_off(a_post())
    while fold_some(by=None, now=clock.now() + timedelta(days=400)):
        pass
    story = Sending.objects.get(thing=Thing.STORY)
    assert states_of([story]) == {story.pk: {"skipped": 1}}


def test_alerts_are_asked_for_once_a_batch_and_only_with_a_story_in_it(room):
    for number in range(7):
        a_follower(room, f"reader{number}@news.example", EVERYTHING)
    story, asked = a_published_story(room), []

    def alerts_of(stories):
        asked.append(set(stories))
        return {}

    post = a_post(alerts_of=alerts_of)
    a_sending(room, EVERYTHING, key="correction:1", thing=Thing.CORRECTION, story=story.pk)
    work_off(post)
    assert asked == []
    plan(sendings_after)
    work_off(post)
    assert asked == [{story.pk}] * 3
    assert len(post.carrier.carried) == 7 + 7


def test_what_a_flash_brought_by_night_does_not_come_again_in_the_morning(
    here, client, service, time_machine
):
    time_machine.move_to("2026-11-24T23:30:00Z")
    browser = Reader(client, service)
    browser.follow(EVERYTHING, BREAKING)
    an_alert(here, a_published_story(here, "Talks fail in Brenn"))
    a_published_story(here, "Rain in Ostrel")
    post = Post(push_carrier(), SIGHTS, alerts_bringing)
    for at in ("2026-11-24T23:30:05Z", "2026-11-24T23:30:10Z", "2026-11-25T07:00:20Z"):
        time_machine.move_to(at)
        plan(sendings_after, alert_sendings_after)
        work_off(post)
    post.carrier.close()
    assert [one["body"] for one in browser.shown] == ["Talks fail", "Rain in Ostrel"]
