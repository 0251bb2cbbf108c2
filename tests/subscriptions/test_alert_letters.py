"""Alerts by mail: to who follows breaking news, and taken back without their words."""

import pytest

from dateline.journal.queries import replay
from dateline.newsfeed.actions import raise_alert, withdraw_alert
from dateline.publishing.alert_sendings import alert_sendings_after
from dateline.publishing.post import SIGHTS
from dateline.stories.enums import Urgency
from dateline.subscriptions.enums import Channel
from dateline.subscriptions.models import Delivery
from tests.factories import a_published_story
from tests.subscriptions.following import a_follower
from tests.subscriptions.test_letters import READER, letters
from tests.subscriptions.test_post import PlainCarrier, Post, work_off

pytestmark = pytest.mark.django_db


def an_alert(room, **given):
    return raise_alert(
        by=None,
        edition=room.edition,
        urgency=given.pop("urgency", Urgency.FLASH),
        headline="Bridge in Brenn closed",
        **given,
    )


def follow_up():
    for recorded in replay(0, 1000):
        alert_sendings_after(recorded)


def plan():
    follow_up()
    carrier = PlainCarrier()
    carrier.is_open = lambda: False
    work_off(Post(carrier))


def test_who_follows_breaking_news_has_it_by_mail(room):
    a_follower(room, READER, "breaking:en")
    a_follower(room, "other@news.example", "front:en")
    an_alert(room, story=a_published_story(room, "Bridge closed after a flood"))
    plan()
    told = letters()
    assert set(told) == {READER}
    subject, text, html = told[READER]
    assert subject == "Breaking: Bridge in Brenn closed"
    assert "Bridge in Brenn closed" in html
    assert "Bridge closed after a flood" in text


def test_a_bulletin_without_a_story_is_a_headline(room):
    a_follower(room, READER, "breaking:en")
    an_alert(room, urgency=Urgency.BULLETIN)
    plan()
    subject, text, _ = letters()[READER]
    assert subject == "Bulletin: Bridge in Brenn closed"
    assert "Bridge in Brenn closed" in text


def test_who_had_a_wrong_alert_is_told(room):
    a_follower(room, READER, "breaking:en")
    alert = an_alert(room)
    follow_up()
    work_off(Post(PlainCarrier()))
    withdraw_alert(by=room.editor, alert=alert, why="Wrong bridge.")
    plan()
    subject, text, html = letters()[READER]
    assert subject == "This alert was withdrawn."
    assert "Bridge" not in text + html


def test_a_wrong_alert_that_nobody_had_is_not_spoken_of(room):
    a_follower(room, READER, "breaking:en")
    withdraw_alert(by=room.editor, alert=an_alert(room), why="Wrong bridge.")
    plan()
    assert letters() == {}
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.PUSH])
def test_a_wrong_alert_does_not_leave_once_it_is_withdrawn(room, channel):
    for number in range(5):
        a_follower(room, f"reader{number}@news.example", "breaking:en", channel=channel)
    alert = an_alert(room)
    follow_up()
    carrier = PlainCarrier()
    carrier.channel = channel
    # Nobody has told the ledger yet: its effect comes when it comes.
    carrier.meanwhile = lambda: withdraw_alert(by=room.editor, alert=alert, why="Wrong.")
    work_off(Post(carrier, SIGHTS))
    rows = Delivery.objects.values_list("state", "cause").order_by("pk")
    assert list(rows) == [("sent", "")] * 3 + [("skipped", "withdrawn")] * 2
    follow_up()
    work_off(Post(carrier, SIGHTS))
    assert len(carrier.carried) == 3 + 3
