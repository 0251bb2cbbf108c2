"""What is told to who had the alert of a story, once that is withdrawn, killed or deleted."""

from zoneinfo import ZoneInfo

import pytest
from django.utils.formats import date_format
from django.utils.timezone import localtime

from dateline.journal.queries import replay
from dateline.newsfeed.actions import end_alert, link_story, raise_alert, withdraw_alert
from dateline.newsfeed.tasks import alerts_after
from dateline.publishing.alert_sendings import alert_sendings_after, alerts_bringing
from dateline.publishing.post import SIGHTS
from dateline.publishing.push import push_carrier
from dateline.publishing.sendings import sendings_after
from dateline.stories.actions import hold_story, kill_story, lift_hold
from dateline.stories.enums import Urgency
from dateline.subscriptions.enums import Channel, Thing
from dateline.subscriptions.models import Delivery, Sending
from dateline.subscriptions.post import Post
from tests.factories import a_published_story
from tests.subscriptions.following import a_follower, a_sending
from tests.subscriptions.lettering import Later
from tests.subscriptions.test_letters import letters
from tests.subscriptions.test_post import PlainCarrier, work_off
from tests.subscriptions.test_push import Reader, chosen, here, service

__all__ = ["chosen", "here", "service"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]
BREAKING = "breaking:en"
READER = "reader@news.example"
ENDS = {
    "withdrawn": lambda story: story.unpublish(),
    "killed": lambda story: kill_story(by=None, story=story, why="Wrong."),
    "deleted": lambda story: story.delete(),
}
however = pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)


@pytest.fixture
def later(monkeypatch):
    return Later(monkeypatch)


def an_alert(room, story=None, headline="Talks fail"):
    return raise_alert(
        by=None, edition=room.edition, urgency=Urgency.FLASH, headline=headline, story=story
    )


def goes_round(post):
    """Do what the runner does until nothing follows any more."""
    for _ in range(2):  # An alert that ends is an entry of its own.
        for recorded in replay(0, 1000):
            for effect in (alerts_after, sendings_after, alert_sendings_after):
                effect(recorded)
    work_off(post)


def a_post(channel=Channel.MAIL):
    carrier = PlainCarrier()
    carrier.channel = channel
    return Post(carrier, SIGHTS, alerts_bringing)


def taken_back():
    """Return what became of each line that takes something back."""
    rows = Delivery.objects.filter(sending__thing=Thing.RETRACTION).order_by("pk")
    return list(rows.values_list("subscriber__mail", "channel", "state", "cause"))


@however
def test_a_screen_that_shows_the_alert_shows_that_it_was_withdrawn(here, client, service, end):
    browser = Reader(client, service)
    browser.follow(BREAKING)
    story, post = a_published_story(here), Post(push_carrier(), SIGHTS, alerts_bringing)
    an_alert(here, story)
    goes_round(post)
    end(story)
    goes_round(post)
    post.carrier.close()
    told, back = browser.shown
    assert (told["body"], back["body"]) == ("Talks fail", "This alert was withdrawn.")
    assert back["tag"] == told["tag"]
    first, second = service.pushed
    assert first.headers["topic"] == second.headers["topic"]


@however
def test_who_had_it_by_mail_is_told_once_without_its_words(room, end):
    a_follower(room, READER, BREAKING, "front:en")
    story, post = a_published_story(room), a_post()
    an_alert(room, story)
    goes_round(post)
    end(story)
    goes_round(post)
    goes_round(post)
    assert taken_back() == [(READER, "mail", "sent", "")]
    Delivery.objects.filter(sending__thing=Thing.RETRACTION).update(state="planned")
    subject, text, html = letters()[READER]
    assert subject == "This alert was withdrawn."
    assert "Talks fail" not in text + html
    [sent_at] = Sending.objects.filter(thing=Thing.ALERT).values_list("made_at", flat=True)
    when = date_format(localtime(sent_at, ZoneInfo("UTC")), "DATETIME_FORMAT")
    told = " ".join(text.split())
    assert f"The alert that we sent you on {when} was withdrawn. Please do not pass it on." in told


def test_readers_are_told_why_where_there_is_a_notice(room):
    a_follower(room, READER, BREAKING)
    story, post = a_published_story(room), a_post()
    an_alert(room, story)
    goes_round(post)
    kill_story(by=None, story=story, why="Secret.", notice="It was another bridge.")
    goes_round(post)
    Delivery.objects.filter(sending__thing=Thing.RETRACTION).update(state="planned")
    _subject, text, html = letters()[READER]
    assert "It was another bridge." in text
    assert "Secret" not in text + html


@however
def test_an_alert_that_had_run_out_is_taken_back_too(room, end, later):
    a_follower(room, READER, BREAKING)
    story, post = a_published_story(room), a_post()
    alert = an_alert(room, story)
    goes_round(post)
    later.forward(alert.until - alert.raised_at)
    end_alert(by=None, alert=alert)
    goes_round(post)
    assert taken_back() == []
    end(story)
    goes_round(post)
    assert taken_back() == [(READER, "mail", "sent", "")]


def test_two_alerts_of_one_story_are_one_letter_and_two_screens(room):
    a_follower(room, READER, BREAKING)
    a_follower(room, READER, BREAKING, channel=Channel.PUSH)
    story, posts = a_published_story(room), [a_post(channel) for channel in Channel]
    for headline in ("Talks fail", "Talks fail for good"):
        an_alert(room, story, headline)
        for post in posts:
            goes_round(post)
    story.unpublish()
    for post in posts:
        goes_round(post)
    assert sorted(taken_back()) == [
        (READER, "mail", "sent", ""),
        (READER, "mail", "skipped", "told"),
        (READER, "push", "sent", ""),
        (READER, "push", "sent", ""),
    ]


def test_who_had_the_alert_and_a_correction_is_told_once(room):
    a_follower(room, READER, BREAKING, "front:en")
    a_follower(room, "other@news.example", "front:en")
    story, post = a_published_story(room), a_post()
    an_alert(room, story)
    goes_round(post)
    a_sending(room, "front:en", key="correction:1", thing=Thing.CORRECTION, story=story.pk)
    goes_round(post)
    story.unpublish()
    goes_round(post)
    said = {(who, state, cause) for who, _, state, cause in taken_back()}
    assert said == {
        (READER, "sent", ""),
        (READER, "skipped", "told"),
        ("other@news.example", "sent", ""),
    }


def test_an_alert_withdrawn_by_hand_before_says_nothing_of_its_story(room):
    a_follower(room, READER, BREAKING, "front:en")
    story, post = a_published_story(room), a_post()
    alert = an_alert(room)
    goes_round(post)
    link_story(by=room.editor, alert=alert, story=story)
    withdraw_alert(by=room.editor, alert=alert, why="Wrong words.")
    goes_round(post)
    assert len(taken_back()) == 1
    story.unpublish()
    goes_round(post)
    assert taken_back() == [(READER, "mail", "sent", "")] * 2


def test_who_had_none_of_it_is_told_nothing(room):
    story, post = a_published_story(room), a_post()
    an_alert(room, story)
    goes_round(post)
    a_follower(room, READER, BREAKING)
    story.unpublish()
    goes_round(post)
    assert taken_back() == []


def test_a_story_that_is_held_for_a_while_takes_no_alert_along(room):
    a_follower(room, READER, BREAKING)
    story, post = a_published_story(room), a_post()
    alert = an_alert(room, story)
    goes_round(post)
    held = hold_story(by=None, story=story, why="Check.")
    goes_round(post)
    lift_hold(by=None, hold=held)
    goes_round(post)
    alert.refresh_from_db()
    assert (taken_back(), alert.ended_as) == ([], "")


@pytest.mark.parametrize("end", [ENDS["withdrawn"], ENDS["killed"]], ids=["withdrawn", "killed"])
def test_a_hold_first_leaves_nobody_untold(room, end):
    a_follower(room, READER, BREAKING)
    a_follower(room, "other@news.example", "front:en")
    story, post = a_published_story(room), a_post()
    an_alert(room, story)
    goes_round(post)
    hold_story(by=None, story=story, why="Check.")
    goes_round(post)
    assert taken_back() == []
    end(story)
    goes_round(post)
    assert {(who, state) for who, _, state, _ in taken_back()} == {
        (READER, "sent"),
        ("other@news.example", "sent"),
    }
