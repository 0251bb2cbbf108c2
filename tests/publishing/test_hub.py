"""The WebSub hub with a subscriber on this machine: asked back, told of news, signed, let go."""

import hmac
from datetime import timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler
from time import monotonic
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings

from dateline.common import clock
from dateline.common.fetch import Bounds
from dateline.common.rates import RateFile
from dateline.journal.queries import head, replay
from dateline.publishing import hub
from dateline.publishing.hub import hub_after, work_hub
from dateline.reader import hub as door
from dateline.stories.actions import kill_story, publish_story, set_embargo
from dateline.wire.actions import confirm_request
from dateline.wire.models import HubKey, HubRequest, HubSubscriber, HubTopic
from tests.factories import a_newsroom, a_published_story, a_story
from tests.web_double import ELSEWHERE, LOOPBACK, serving, silent_service

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SECRET = "between us"
WORLD = "http://localhost:8000/world/feed.xml"
OURS = "http://localhost:8000/-/hub"


class Subscriber:
    """A subscriber's server: agrees to what it means, and keeps what it is sent."""

    def __init__(self, port):
        self.callback = f"http://127.0.0.1:{port}/in?id=7"
        self.agrees = True
        self.status = 200
        self.asked = []
        self.got = []

    def form(self, **more):
        given = {"hub.mode": "subscribe", "hub.topic": WORLD, "hub.callback": self.callback}
        return given | {f"hub.{name}": value for name, value in more.items()}


@pytest.fixture
def subscriber():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            told = dict(parse_qsl(urlsplit(self.path).query))
            made.asked.append(told)
            self.answer(200 if made.agrees else 404, told.get("hub.challenge", "").encode())

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.got.append((self.path, dict(self.headers.items()), body))
            self.answer(made.status, b"thanks")

        def answer(self, status, body):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format, *args):
            pass

    with serving(Handler) as port:
        made = Subscriber(port)
        yield made


@pytest.fixture
def chosen(monkeypatch):
    """Return a way to choose other settings for one test."""

    def choose(**changes):
        monkeypatch.setattr(settings, "DATELINE", settings.DATELINE.model_copy(update=changes))

    return choose


@pytest.fixture
def room(chosen, tmp_path, monkeypatch):
    chosen(networks_inside=list(LOOPBACK))
    hub._bounds.cache_clear()
    hub._manners.cache_clear()
    table = RateFile(tmp_path / "tries", secret="x")
    monkeypatch.setattr(door, "_table", lambda: table)
    yield a_newsroom()
    hub._bounds.cache_clear()
    table.close()


def follow():
    """Do what the runner does after every entry so far."""
    for recorded in replay(after=0):
        hub_after(recorded)


def subscribed(client, subscriber, **more):
    answer = client.post("/-/hub", subscriber.form(**more))
    assert answer.status_code == 202, answer.content
    work_hub()
    return HubSubscriber.objects.get()


def test_a_feed_names_the_hub(client, room):
    answer = client.get("/world/feed.xml")
    assert answer["Link"] == f'<{OURS}>; rel="hub", <{WORLD}>; rel="self"'
    assert b'rel="hub"' in answer.content
    assert f'href="{OURS}"'.encode() in answer.content


def test_who_means_it_is_told_and_signed(client, room, subscriber):
    one = subscribed(client, subscriber, secret=SECRET, lease_seconds="3600")
    (asked,) = subscriber.asked
    assert (asked["id"], asked["hub.mode"], asked["hub.topic"]) == ("7", "subscribe", WORLD)
    assert asked["hub.lease_seconds"] == "3600"
    assert abs(one.leased_until - clock.now() - timedelta(hours=1)) < timedelta(minutes=1)
    work_hub()
    assert subscriber.got == []

    story = a_published_story(room, "Talks fail in Brenn")
    follow()
    work_hub()
    ((path, headers, body),) = subscriber.got
    assert path == "/in?id=7"
    assert story.headline.encode() in body
    assert body == client.get("/world/feed.xml").content
    assert headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert headers["Link"] == f'<{OURS}>; rel="hub", <{WORLD}>; rel="self"'
    signed = hmac.new(SECRET.encode(), body, "sha256").hexdigest()
    assert headers["X-Hub-Signature"] == f"sha256={signed}"
    follow()
    work_hub()
    assert len(subscriber.got) == 1


def test_what_a_feed_does_not_show_tells_nobody(client, room, subscriber):
    subscribed(client, subscriber)
    a_published_story(room, "A play", section=room.culture)
    kept = a_story(room, "Under embargo")
    set_embargo(by=None, story=kept, until=clock.now() + timedelta(hours=1))
    publish_story(by=None, story=kept)
    follow()
    work_hub()
    assert subscriber.got == []


def test_what_is_withdrawn_is_told(client, room, subscriber):
    story = a_published_story(room, "Talks fail in Brenn")
    subscribed(client, subscriber)
    kill_story(by=None, story=story, why="Wrong.")
    follow()
    work_hub()
    ((_, _, body),) = subscriber.got
    assert b"Talks fail" not in body


def test_who_does_not_mean_it_is_not_told(client, room, subscriber):
    subscriber.agrees = False
    client.post("/-/hub", subscriber.form())
    work_hub()
    assert len(subscriber.asked) == 1
    assert not HubSubscriber.objects.exists()
    assert not HubRequest.objects.exists()


def test_only_a_feed_can_be_subscribed_to(client, room, subscriber):
    topic = "http://localhost:8000/nowhere/feed.xml"
    client.post("/-/hub", subscriber.form(topic=topic))
    work_hub()
    (asked,) = subscriber.asked
    assert (asked["hub.mode"], asked["hub.reason"]) == ("denied", "no such feed")
    assert not HubSubscriber.objects.exists()


@pytest.mark.parametrize(
    "path", ["account/login/", "chats/1/say", "newsroom/", "media/x/feed.xml", "s/7/feed.xml"]
)
def test_an_address_that_is_no_feed_holds_nobody_up(client, room, subscriber, path):
    client.post("/-/hub", subscriber.form(topic=f"http://localhost:8000/{path}"))
    subscribed(client, subscriber)
    assert {asked["hub.mode"] for asked in subscriber.asked} == {"denied", "subscribe"}


def test_what_changes_while_a_callback_is_asked_is_told(client, room, subscriber):
    client.post("/-/hub", subscriber.form())
    request, before = HubRequest.objects.get(), hub.feed_now(WORLD)
    a_published_story(room, "Meanwhile in Brenn")
    follow()
    confirm_request(by=None, request=request, digest=before.digest, keys=before.keys)
    work_hub()
    [(_, _, body)] = subscriber.got
    assert b"Meanwhile in Brenn" in body


def test_renewing_takes_the_new_secret_and_leaving_ends_it(client, room, subscriber):
    first = subscribed(client, subscriber, secret="a", lease_seconds="600")
    again = subscribed(client, subscriber, secret="b", lease_seconds="6000")
    assert (again.pk, again.secret) == (first.pk, "b")
    assert again.leased_until > first.leased_until
    subscriber.agrees = False
    client.post("/-/hub", subscriber.form(mode="unsubscribe"))
    work_hub()
    assert HubSubscriber.objects.exists()
    subscriber.agrees = True
    client.post("/-/hub", subscriber.form(mode="unsubscribe"))
    work_hub()
    assert not HubSubscriber.objects.exists()
    assert not HubTopic.objects.exists()


def test_a_lease_ends(client, room, subscriber, time_machine):
    subscribed(client, subscriber, lease_seconds="600")
    time_machine.move_to(clock.now() + timedelta(minutes=11))
    a_published_story(room)
    follow()
    work_hub()
    assert subscriber.got == []
    assert (HubSubscriber.objects.count(), HubTopic.objects.count()) == (0, 0)
    assert not HubKey.objects.exists()


def test_one_that_fails_is_tried_again_with_the_newest(client, room, subscriber, time_machine):
    subscribed(client, subscriber)
    subscriber.status = 500
    a_published_story(room, "First")
    follow()
    work_hub()
    one = HubSubscriber.objects.get()
    assert (one.tries, one.answer, one.told_at) == (1, "500", None)
    work_hub()
    assert len(subscriber.got) == 1
    a_published_story(room, "Second")
    subscriber.status = 204
    time_machine.move_to(clock.now() + timedelta(seconds=11))
    work_hub()
    assert b"Second" in subscriber.got[-1][2]
    one.refresh_from_db()
    assert (one.tries, one.answer, one.due_at) == (0, "204", None)


def test_one_that_is_gone_is_forgotten(client, room, subscriber):
    subscribed(client, subscriber)
    subscriber.status = 410
    a_published_story(room)
    follow()
    work_hub()
    assert not HubSubscriber.objects.exists()


def test_a_search_is_a_feed_too(client, room, subscriber):
    topic = "http://localhost:8000/search/feed.xml?q=brenn"
    one = subscribed(client, subscriber, topic=topic)
    assert one.topic.address == topic
    assert set(one.topic.keys.values_list("key", flat=True)) >= {"front:en"}


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"mode": "publish"}, 400),
        ({"callback": "nowhere"}, 400),
        ({"topic": "https://elsewhere.example/feed.xml"}, 404),
        ({"topic": "http://localhost:8000.evil.example/feed.xml"}, 404),
    ],
)
def test_what_is_refused_at_the_door(client, room, subscriber, more, status):
    answer = client.post("/-/hub", subscriber.form(**more))
    assert answer.status_code == status
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert not HubRequest.objects.exists()


def test_nothing_inside_is_asked_unless_it_may(client, room, subscriber, chosen):
    chosen(networks_inside=[])
    hub._bounds.cache_clear()
    client.post("/-/hub", subscriber.form())
    work_hub()
    assert subscriber.asked == []
    assert not HubSubscriber.objects.exists()


def test_too_many_at_the_door(client, room, subscriber, monkeypatch):
    monkeypatch.setattr("dateline.wire.actions.hub.MOST_WAITING", 1)
    assert client.post("/-/hub", subscriber.form()).status_code == 202
    full = client.post("/-/hub", subscriber.form(topic=f"{WORLD}?"))
    assert (full.status_code, full["Retry-After"]) == (503, "60")
    for _ in range(118):
        client.post("/-/hub", {})
    many = client.post("/-/hub", {})
    assert many.status_code == 429
    assert int(many["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("hub_setting", "named"),
    [("none", None), ("https://hub.example/", "https://hub.example/")],
)
def test_another_hub_or_none(client, room, chosen, subscriber, hub_setting, named):
    chosen(websub_hub=hub_setting)
    link = client.get("/world/feed.xml").headers.get("Link")
    assert link == (named and f'<{named}>; rel="hub", <{WORLD}>; rel="self"')
    assert client.post("/-/hub", subscriber.form()).status_code == 404
    assert settings.DATELINE.hub_url == (named or "")


def test_at_rest_it_writes_nothing(client, room, django_assert_num_queries):
    with django_assert_num_queries(4):
        assert work_hub() == 0
    before = head()
    a_published_story(room)
    follow()
    assert head() > before
    assert not HubTopic.objects.exists()


def test_of_one_site_only_so_many_wait_and_are_told(client, room, subscriber, monkeypatch):
    monkeypatch.setattr("dateline.wire.actions.hub.MOST_OF_ONE", 1)
    subscribed(client, subscriber)
    other = "http://localhost:8000/culture/feed.xml"
    assert client.post("/-/hub", subscriber.form(topic=other)).status_code == 503
    assert client.post("/-/hub", subscriber.form()).status_code == 202  # It renews what it has.
    monkeypatch.setattr("dateline.wire.actions.hub.MOST_WAITING_OF_ONE", 1)
    assert client.post("/-/hub", subscriber.form()).status_code == 202
    assert client.post("/-/hub", subscriber.form(topic=other)).status_code == 503
    assert HubRequest.objects.count() == 1


@pytest.mark.parametrize("name", ["MOST_SUBSCRIBERS", "MOST_SEARCHES"])
def test_there_are_only_so_many_in_all(client, room, subscriber, monkeypatch, name):
    monkeypatch.setattr(f"dateline.wire.actions.hub.{name}", 1)
    search = "http://localhost:8000/search/feed.xml?q="
    subscribed(client, subscriber, topic=f"{search}a")
    assert client.post("/-/hub", subscriber.form(topic=f"{search}b")).status_code == 503


def test_nobody_is_asked_often_in_anothers_name(client, room, subscriber, monkeypatch):
    monkeypatch.setattr(door, "client_address", lambda request: request.headers["X-From"])
    statuses = [
        client.post("/-/hub", subscriber.form(), headers={"X-From": f"203.0.113.{n}"}).status_code
        for n in range(121)
    ]
    assert statuses == [202] * 120 + [429]
    work_hub()
    assert len(subscriber.asked) == 1


def test_who_stalls_holds_up_nobody_else(client, room, subscriber, monkeypatch):
    monkeypatch.setattr(hub, "_bounds", cache(lambda: Bounds(seconds=0.5, inside=LOOPBACK)))
    with silent_service() as (port, came):
        for number in range(8):
            stalls = f"http://{ELSEWHERE}:{port}/{number}"
            client.post("/-/hub", subscriber.form(callback=stalls))
        client.post("/-/hub", subscriber.form())
        began = monotonic()
        work_hub()
        assert monotonic() - began < 10
        assert len(came) == 1  # Its site rests after that.
    assert HubSubscriber.objects.get().callback == subscriber.callback
    assert not HubRequest.objects.exists()


def test_one_that_stalls_is_told_later_and_forgotten_after_a_week(
    client, room, subscriber, time_machine
):
    one = subscribed(client, subscriber, lease_seconds="2592000")
    hub._manners().note(one.site, took=9, is_answered=False)
    for _ in range(3):
        hub._manners().note(one.site, took=9, is_answered=False)
    a_published_story(room)
    follow()
    work_hub()
    one.refresh_from_db()
    assert (subscriber.got, one.tries, one.due_at > clock.now()) == ([], 0, True)
    hub._manners.cache_clear()
    subscriber.status = 503
    time_machine.move_to(clock.now() + timedelta(minutes=3))
    work_hub()
    one.refresh_from_db()
    assert (one.tries, one.answer) == (1, "503")
    time_machine.move_to(one.failing_since + timedelta(days=6, hours=23))
    work_hub()
    assert HubSubscriber.objects.exists()
    time_machine.move_to(one.failing_since + timedelta(days=7, hours=1))
    work_hub()
    assert not HubSubscriber.objects.exists()
    assert not HubTopic.objects.exists()
