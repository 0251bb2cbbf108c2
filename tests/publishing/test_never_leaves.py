"""What readers may not see leaves the house by no way: letter, notification, own feed, WebSub.

Each way is followed to its end: the letter as the server took it, the notification as a browser
opens it, the feed as it is fetched, and the feed as a subscriber is sent it.
"""

import json
from datetime import timedelta

import pytest
from django.conf import settings as chosen_settings
from pydantic import SecretStr

from dateline.common import clock
from dateline.common.rates import RateFile
from dateline.journal.queries import replay
from dateline.publishing import hub, scheduler
from dateline.publishing.effects import EFFECTS
from dateline.publishing.hub import work_hub
from dateline.publishing.post import posts
from dateline.reader import hub as hub_door
from dateline.reader.subscribe import feed
from dateline.standards.base64url import to_base64url
from dateline.standards.push.vapid import new_vapid_key
from dateline.stories.actions import (
    hold_story,
    kill_story,
    lift_hold,
    publish_story,
    release_embargo,
    set_embargo,
)
from dateline.subscriptions.actions import Browser as ToldBrowser
from dateline.subscriptions.actions import Choice, Told, follow_by_browser
from dateline.subscriptions.enums import Channel
from dateline.subscriptions.models import Delivery, Sending
from dateline.subscriptions.rules import subject_of
from tests.factories import a_newsroom, a_published_story, a_story
from tests.publishing.test_hub import SECRET, subscriber
from tests.push_double import Browser, push_service
from tests.subscriptions.following import a_follower, written
from tests.subscriptions.smtp_double import a_sink
from tests.web_double import LOOPBACK

__all__ = ["subscriber"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOON = "2026-11-24T12:00:00Z"
HEADLINE = "Talks fail in Brenn"
EVERYTHING = "front:en"
FOLLOWED = {"sendings", "follow-ups", "alert-sendings", "hub"}


@pytest.fixture
def room(settings, time_machine, tmp_path, monkeypatch):
    time_machine.move_to(NOON)
    changes = {
        "push_key": SecretStr(new_vapid_key()),
        "networks_inside": list(LOOPBACK),
        "mail_server": SecretStr("smtp://127.0.0.1"),
    }
    house = chosen_settings.DATELINE.model_copy(update=changes)
    monkeypatch.setattr(chosen_settings, "DATELINE", house)
    settings.EMAIL_HOST = "127.0.0.1"
    hub._bounds.cache_clear()
    hub._manners.cache_clear()
    tables = [RateFile(tmp_path / name, secret="x") for name in ("hub", "feed")]
    monkeypatch.setattr(hub_door, "_table", lambda: tables[0])
    monkeypatch.setattr(feed, "_table", lambda: tables[1])
    yield a_newsroom()
    hub._bounds.cache_clear()
    for table in tables:
        table.close()


class House:
    """All that the runner does, by hand."""

    def __init__(self):
        self._seen = 0
        self.posts = {post.carrier.channel: post for post in posts()}

    def follow(self):
        """Run the effects that have to do with what leaves, and look at the clock."""
        now = clock.now()
        scheduler.run_due(since=now - timedelta(minutes=1), now=now)
        for recorded in replay(after=self._seen):
            self._seen = recorded.seq
            for effect in EFFECTS:
                if effect.name in FOLLOWED and effect.concerns(recorded.entry):
                    effect.does(recorded)

    def carry(self):
        for post in self.posts.values():
            while post.work():
                pass
        while work_hub():
            pass

    def work(self):
        self.follow()
        self.carry()


@pytest.fixture
def house(room, settings, client, subscriber):
    with a_sink() as sink, push_service() as service:
        settings.EMAIL_PORT = sink.port
        made = House()
        made.sink, made.service, made.client, made.subscriber = sink, service, client, subscriber
        yield made
        for post in made.posts.values():
            post.carrier.close()


class Letters:
    """The letters of one reader, as the mail server took them."""

    def __init__(self, house, room, number=0):
        self._sink, self._to = house.sink, f"reader{number}@news.example"
        a_follower(room, self._to, EVERYTHING)

    def told(self):
        return [_words_of(letter) for to, letter in self._sink.taken if to == self._to]


class Notices:
    """The notifications of one browser, as it opens them."""

    def __init__(self, house, room, number=0):
        self._service, self._path = house.service, f"/p/{number}"
        self._browser = Browser()
        keys = self._browser.p256dh, to_base64url(self._browser.auth)
        told = ToldBrowser(f"{house.service.url}{self._path}", *keys)
        everything = Choice(
            subject=subject_of(EVERYTHING), edition=room.edition, channel=Channel.PUSH
        )
        follow_by_browser(
            by=None, browser=told, edition=room.edition, choices=[everything], told=Told()
        )

    @property
    def pushed(self):
        return [one for one in self._service.pushed if one.path == self._path]

    @property
    def shown(self):
        return [json.loads(self._browser.open(one.body)) for one in self.pushed]

    def told(self):
        return [f"{one['title']} {one['body']}" for one in self.shown]


class OwnFeed:
    """The feed of what one reader follows, as it is fetched now."""

    def __init__(self, house, room):
        who = a_follower(room, "feed@news.example", EVERYTHING, pace="weekly")
        self._client, self._path = house.client, f"/letters/feed/{who.feed_key}/feed.json"

    def told(self):
        return [self._client.get(self._path).content.decode()]


class Websub:
    """A section's feed, as a subscriber of the hub was sent it."""

    def __init__(self, house, room):
        self._subscriber = house.subscriber
        house.client.post("/-/hub", house.subscriber.form(secret=SECRET))
        work_hub()

    def told(self):
        return [body.decode() for _, _, body in self._subscriber.got]


WAYS = [Letters, Notices, OwnFeed, Websub]


def _words_of(letter):
    parts = [part for part in letter.walk() if not part.is_multipart()]
    words = [part.get_payload(decode=True).decode() for part in parts]
    return " ".join([letter["subject"], *words])


def has_left(way):
    return any(HEADLINE in told for told in way.told())


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def way(request, house, room):
    return request.param(house, room)


def test_an_embargo_holds_to_the_second(way, house, room, time_machine):
    story, until = a_story(room, HEADLINE), clock.now() + timedelta(hours=1)
    set_embargo(by=None, story=story, until=until)
    publish_story(by=None, story=story)
    house.work()
    assert not has_left(way)
    time_machine.move_to(until - timedelta(seconds=1))
    house.work()
    assert not has_left(way)
    time_machine.move_to(until + timedelta(seconds=1))
    house.work()
    assert has_left(way)


def test_one_that_cannot_be_read_holds_until_a_person_lifts_it(way, house, room, time_machine):
    story = a_story(room, HEADLINE)
    embargo = set_embargo(by=None, story=story, until=None, why="Embargo: Thirsday, noonish")
    publish_story(by=None, story=story)
    for days in (0, 1, 8):
        time_machine.move_to(clock.now() + timedelta(days=days))
        house.work()
        assert not has_left(way)
    release_embargo(by=None, embargo=embargo)
    house.work()
    assert has_left(way)


def test_what_is_held_leaves_when_the_hold_is_lifted(way, house, room):
    story = a_story(room, HEADLINE)
    hold = hold_story(by=None, story=story, why="Lawyers.")
    publish_story(by=None, story=story)
    house.work()
    assert not has_left(way)
    lift_hold(by=None, hold=hold)
    house.work()
    assert has_left(way)


TAKEN_BACK = {
    "killed": lambda story: kill_story(by=None, story=story, why="Wrong."),
    "withdrawn": lambda story: story.unpublish(),
    "deleted": lambda story: story.delete(),
    "held": lambda story: hold_story(by=None, story=story, why="Wait."),
    "embargoed": lambda story: set_embargo(
        by=None, story=story, until=clock.now() + timedelta(hours=1)
    ),
    "embargoed without an end": lambda story: set_embargo(by=None, story=story, until=None),
}


@pytest.mark.parametrize("how", [*TAKEN_BACK, "killed, and the effects know"])
def test_what_is_taken_back_after_it_was_planned_stays(way, house, room, how):
    story = a_published_story(room, HEADLINE)
    house.follow()
    for sending in Sending.objects.all():
        written(sending)
    how, _, is_known = how.partition(", ")
    TAKEN_BACK[how](story)
    if is_known:
        house.follow()
    house.carry()
    assert not has_left(way)
    house.work()
    assert not has_left(way)
    assert "sent" not in Delivery.objects.values_list("state", flat=True)


@pytest.mark.parametrize("way", [Letters, Notices], ids=lambda way: way.__name__)
def test_a_kill_during_a_sending_stops_the_rest_and_tells_who_had_it(way, house, room):
    readers = [way(house, room, number) for number in range(3)]
    story = a_published_story(room, HEADLINE)
    house.follow()
    for sending in Sending.objects.all():
        written(sending)
    for post in house.posts.values():
        post.carrier.window = 1
        post.work()
    assert [has_left(one) for one in readers] == [True, False, False]
    kill_story(by=None, story=story, why="Wrong.")
    house.work()
    [had, *others] = [one.told() for one in readers]
    assert others == [[], []]
    first, second = had
    assert HEADLINE in first
    assert HEADLINE not in second
    assert "withdrawn" in second


def test_the_notification_of_a_kill_takes_the_place_of_the_wrong_one(house, room):
    browser = Notices(house, room)
    story = a_published_story(room, HEADLINE)
    house.work()
    kill_story(by=None, story=story, why="Wrong.")
    house.work()
    first, second = browser.shown
    assert (second["tag"], second["body"]) == (first["tag"], "This story was withdrawn.")
    topics = {one.headers["topic"] for one in browser.pushed}
    assert len(topics) == 1  # One that is away gets the last alone.


def test_a_kill_takes_the_place_of_several_that_came_as_one(house, room):
    browser = Notices(house, room)
    story = a_published_story(room, HEADLINE)
    a_published_story(room, "Ferry leaves late")
    house.work()
    [several] = browser.shown
    assert HEADLINE in several["body"]
    kill_story(by=None, story=story, why="Wrong.")
    house.work()
    assert browser.shown[-1]["tag"] == f"story:{story.pk}"
    assert f"story:{story.pk}" in several["holds"]


def test_a_kill_comes_alone_at_night_and_beyond_the_most_of_a_day(
    house, room, time_machine, monkeypatch
):
    browser = Notices(house, room)
    story = a_published_story(room, HEADLINE)
    house.work()
    most = chosen_settings.DATELINE.model_copy(update={"push_most_a_day": 1})
    monkeypatch.setattr(chosen_settings, "DATELINE", most)
    time_machine.move_to("2026-11-24T23:30:00Z")
    a_published_story(room, "Ferry leaves late")
    kill_story(by=None, story=story, why="Wrong.")
    house.work()
    _, told = browser.shown
    assert (told["body"], told["tag"]) == ("This story was withdrawn.", f"story:{story.pk}")
    assert (told["urgent"], told["quiet"]) == (False, True)
