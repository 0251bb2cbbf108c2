"""The feed of what one follows: whose stories, at whose address, kept by nobody."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.common import clock
from dateline.common.rates import RateFile
from dateline.newsfeed.models import Alert
from dateline.reader.subscribe import feed
from dateline.stories.actions import hold_story
from dateline.subscriptions.actions import leave, renew_feed
from dateline.subscriptions.mail.links import own_token_of, token_of
from dateline.subscriptions.models import Subscriber
from dateline.topics.actions import save_edition
from dateline.topics.models import Edition
from tests.factories import a_published_story
from tests.reader.feed_rules import check_atom, check_json, check_rss
from tests.subscriptions.following import a_follower, a_sending

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tries(tmp_path, monkeypatch):
    """Count how often an address is asked for one test alone."""
    table = RateFile(tmp_path / "tries", secret="x")
    monkeypatch.setattr(feed, "_table", lambda: table)
    yield
    table.close()


CHECKS = {"xml": check_rss, "atom": check_atom, "json": check_json}


def address(who, ending="json"):
    return f"/letters/feed/{who.feed_key}/feed.{ending}"


def shown(client, who, ending="json"):
    """Return the numbers of the stories in somebody's feed."""
    found = CHECKS[ending](client.get(address(who, ending)).content)
    return [int(one.rpartition("-")[2]) for one in found]


def stories(room, *headlines):
    """Return stories, each a minute older than the one before."""
    made, now = [], clock.now()
    for minutes, headline in enumerate(headlines):
        with time_machine.travel(now - timedelta(minutes=minutes + 1)):
            made.append(a_published_story(room, headline))
    return made


@pytest.mark.parametrize("ending", CHECKS)
def test_what_is_followed_stands_newest_first_and_once(client, room, ending):
    new, old = stories(room, "Talks fail", "Talks begin")
    who = a_follower(room, "one@news.example", "front:en", f"section:{room.world.pk}")
    assert shown(client, who, ending) == [new.pk, old.pk]
    hold_story(by=None, story=new, why="Check.")
    assert shown(client, who, ending) == [old.pk]


def test_what_is_not_followed_is_not_there(client, room):
    stories(room, "Talks fail")
    section = a_follower(room, "one@news.example", f"section:{room.culture.pk}", "section:999999")
    nothing = a_follower(room, "two@news.example")
    assert shown(client, section) == shown(client, nothing) == []


def test_people_topics_single_stories_what_follows_them_and_alerts_are_there(client, room):
    followed, after, alerted, other = stories(room, "Vote", "Recount", "Quake", "Goat")
    a_sending(room, f"story:{followed.pk}", "front:en", story=after.pk)
    now = clock.now()
    Alert.objects.create(
        edition=room.edition, urgency=1, headline="Quake", story=alerted, raised_at=now, until=now
    )
    single = a_follower(room, "one@news.example", f"story:{followed.pk}")
    assert shown(client, single) == [followed.pk, after.pk]
    assert shown(client, a_follower(room, "two@news.example", "breaking:en")) == [alerted.pk]
    by_person = a_follower(room, "three@news.example", f"person:{room.person.pk}")
    by_topic = a_follower(room, "four@news.example", f"topic:{room.topic.pk}")
    everything = [followed.pk, after.pk, alerted.pk, other.pk]
    assert shown(client, by_person) == shown(client, by_topic) == everything


def test_what_follows_a_story_is_there_in_the_language_it_is_followed_in(client, room):
    followed, english, other = stories(room, "Vote", "Recount", "Recount, told abroad")
    arabic = Edition(code="ar", name="خط", agency="خط", language="ar", tagline="أخبار")
    save_edition(by=None, edition=arabic)
    subject = f"story:{followed.pk}"
    a_sending(room, subject, key="story:1", story=english.pk)
    a_sending(room, subject, key="story:2", story=other.pk, edition=arabic)
    who = a_follower(room, "one@news.example", subject)
    assert shown(client, who) == [followed.pk, english.pk]
    who.subscriptions.create(subject=subject, rank="1", channel="mail", edition=arabic)
    assert shown(client, who) == [followed.pk, english.pk, other.pk]


def test_nobody_keeps_it_and_it_says_nothing_of_its_reader(client, room):
    stories(room, "Talks fail")
    who = a_follower(room, "one@news.example", "front:en")
    answer = client.get(address(who))
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Robots-Tag"] == "noindex"
    assert not {"Cache-Tag", "Dateline-Journal", "Link"} & set(answer.headers)
    assert not client.cookies
    for secret in (who.mail, who.key, token_of(who.key)):
        assert secret not in answer.content.decode()
    again = client.get(address(who), headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again["Cache-Control"]) == (304, "private, no-cache")
    assert client.post(address(who)).status_code == 405


def test_a_new_address_ends_the_old_one(client, room):
    who = a_follower(room, "one@news.example", "front:en")
    page, old = f"/letters/{own_token_of(who.key, who.mail)}/", address(who)
    assert f'href="{old.replace("json", "xml")}"' in client.get(page).content.decode()
    answer = client.post(page, {"deed": "feed"})
    assert answer["Location"] == f"{page}?done=feed"
    who.refresh_from_db()
    gone = client.get(old)
    assert (gone.status_code, gone["Cache-Control"]) == (404, "private, no-cache")
    assert client.get(address(who)).status_code == 200
    assert old not in client.get(page).content.decode()


def test_an_address_cannot_be_guessed_and_belongs_to_one(room):
    one = a_follower(room, "one@news.example")
    two = a_follower(room, "two@news.example")
    assert len(one.feed_key) == len(two.feed_key) == 32
    renew_feed(by=None, subscriber=one)
    assert len({one.feed_key, two.feed_key, Subscriber.objects.get(pk=one.pk).feed_key}) == 2


def test_whoever_leaves_has_an_empty_feed(client, room):
    stories(room, "Talks fail")
    who = a_follower(room, "one@news.example", "front:en")
    leave(by=None, subscriber=who)
    assert shown(client, who) == []


def test_it_takes_as_many_questions_for_three_stories_as_for_one(client, room):
    who = a_follower(room, "one@news.example", "front:en")
    counts = []
    for headlines in (("One",), ("Two", "Three")):
        stories(room, *headlines)
        client.get(address(who))
        with CaptureQueriesContext(connection) as asked:
            client.get(address(who))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_one_address_is_asked_only_so_often(client, room):
    who, other = (a_follower(room, f"{name}@news.example", "front:en") for name in ("a", "b"))
    assert {client.get(address(who)).status_code for _ in range(60)} == {200}
    refused = client.get(address(who))
    assert (refused.status_code, refused["Cache-Control"]) == (429, "private, no-cache")
    assert int(refused["Retry-After"]) > 0
    assert client.get(address(other)).status_code == 200
