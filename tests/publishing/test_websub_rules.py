"""Our hub and publisher against the W3C Recommendation, a test for each rule, by its section.

Source: https://www.w3.org/TR/websub/ (23 January 2018); the rules are those that the checker at
websub.rocks asks publishers and hubs about.
"""

import hmac
import json
from datetime import timedelta
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from dateline.common import clock
from dateline.publishing import hub
from dateline.publishing.hub import work_hub
from dateline.wire.models import HubSubscriber
from tests.factories import a_published_story
from tests.publishing.test_hub import (
    OURS,
    SECRET,
    WORLD,
    chosen,
    follow,
    room,
    subscribed,
    subscriber,
)
from tests.web_double import web_double

__all__ = ["chosen", "room", "subscriber"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]
ATOM = "{http://www.w3.org/2005/Atom}"
ENDINGS = {"xml": "rss+xml", "atom": "atom+xml", "json": "feed+json"}

ASKS = "/in?" + urlencode(
    {
        "hub.mode": "subscribe",
        "hub.topic": WORLD,
        "hub.challenge": "challenge",
        "hub.lease_seconds": "864000",
    }
)


def asking(callback: str) -> dict[str, str]:
    return {"hub.mode": "subscribe", "hub.topic": WORLD, "hub.callback": callback}


def feed(ending: str) -> str:
    return f"http://localhost:8000/world/feed.{ending}"


def published(client, room, headline="Talks fail in Brenn"):
    story = a_published_story(room, headline)
    follow()
    work_hub()
    return story


class TestDiscovery:
    """Section 4: a topic names its hub and itself."""

    @pytest.mark.parametrize("method", ["get", "head"])
    @pytest.mark.parametrize("ending", ENDINGS)
    def test_link_headers_name_hub_and_self(self, client, room, ending, method):
        answer = getattr(client, method)(f"/world/feed.{ending}")
        assert answer["Link"] == f'<{OURS}>; rel="hub", <{feed(ending)}>; rel="self"'

    def test_links_in_rss_name_the_same(self, client, room):
        channel = ElementTree.fromstring(client.get("/world/feed.xml").content)[0]
        links = {one.get("rel"): one.get("href") for one in channel.findall(f"{ATOM}link")}
        assert links == {"hub": OURS, "self": feed("xml")}

    def test_links_in_atom_name_the_same(self, client, room):
        root = ElementTree.fromstring(client.get("/world/feed.atom").content)
        links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
        assert {"hub": OURS, "self": feed("atom")}.items() <= links.items()

    def test_json_feed_names_the_same(self, client, room):
        told = json.loads(client.get("/world/feed.json").content)
        assert told["hubs"] == [{"type": "WebSub", "url": OURS}]
        assert told["feed_url"] == feed("json")


class TestRequest:
    """Section 5.1: what a subscriber sends."""

    def test_202_says_that_it_will_be_verified(self, client, room, subscriber):
        answer = client.post(
            "/-/hub",
            "hub.mode=subscribe&hub.topic=http%3A%2F%2Flocalhost%3A8000%2Fworld%2Ffeed.xml"
            "&hub.callback=http%3A%2F%2F127.0.0.1%3A2000%2F",
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code == 202
        assert not HubSubscriber.objects.exists()

    @pytest.mark.parametrize("missing", ["hub.mode", "hub.topic", "hub.callback"])
    def test_an_error_is_4xx_and_says_why_in_plain_text(self, client, room, subscriber, missing):
        form = subscriber.form()
        del form[missing]
        answer = client.post("/-/hub", form)
        assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
        assert missing in answer.content.decode()

    def test_what_it_does_not_know_it_passes_over(self, client, room, subscriber):
        one = subscribed(client, subscriber, foo="bar", verify="sync")
        assert one.callback == subscriber.callback

    def test_a_secret_of_200_bytes_is_too_long(self, client, room, subscriber):
        assert client.post("/-/hub", subscriber.form(secret="x" * 200)).status_code == 400
        assert client.post("/-/hub", subscriber.form(secret="x" * 199)).status_code == 202

    def test_each_callback_of_a_topic_is_a_subscription_of_its_own(self, client, room, subscriber):
        subscribed(client, subscriber)
        other = subscriber.callback.replace("id=7", "id=8")
        client.post("/-/hub", subscriber.form(callback=other))
        work_hub()
        published(client, room)
        assert sorted(path for path, _, _ in subscriber.got) == ["/in?id=7", "/in?id=8"]

    def test_asking_again_before_the_end_takes_the_place_of_what_was(
        self, client, room, subscriber
    ):
        subscribed(client, subscriber, lease_seconds="600")
        again = subscribed(client, subscriber, lease_seconds="86400")
        assert again.leased_until - clock.now() > timedelta(hours=23)


class TestDenial:
    """Section 5.2: a subscription that will not be is told of, with topic and reason."""

    def test_a_topic_that_is_no_feed_is_denied(self, client, room, subscriber):
        client.post("/-/hub", subscriber.form(topic="http://localhost:8000/none/feed.xml"))
        work_hub()
        (asked,) = subscriber.asked
        assert asked == {
            "id": "7",
            "hub.mode": "denied",
            "hub.topic": "http://localhost:8000/none/feed.xml",
            "hub.reason": "no such feed",
        }


class TestVerification:
    """Section 5.3: the callback is asked whether it meant the request."""

    def test_it_is_asked_with_mode_topic_challenge_and_lease(self, client, room, subscriber):
        subscribed(client, subscriber, lease_seconds="3600")
        (asked,) = subscriber.asked
        assert len(asked.pop("hub.challenge")) >= 20
        assert asked == {
            "id": "7",  # The callback's own argument stays.
            "hub.mode": "subscribe",
            "hub.topic": WORLD,
            "hub.lease_seconds": "3600",
        }

    def test_each_challenge_is_another(self, client, room, subscriber):
        for _ in range(2):
            subscribed(client, subscriber)
        first, second = (asked["hub.challenge"] for asked in subscriber.asked)
        assert first != second

    @pytest.mark.parametrize("status", [301, 404, 500])
    def test_any_status_but_2xx_has_failed_and_no_redirect_is_followed(
        self, client, room, monkeypatch, status
    ):
        monkeypatch.setattr(hub, "new_secret", lambda: "challenge")
        with web_double() as double:
            double.put("/elsewhere", b"challenge")
            double.lead(ASKS, "/elsewhere", status)
            client.post("/-/hub", asking(f"{double.url}/in"))
            work_hub()
            assert double.asked == [ASKS]
        assert not HubSubscriber.objects.exists()

    @pytest.mark.parametrize(("body", "count"), [(b"challenge!", 0), (b"", 0), (b"challenge", 1)])
    def test_only_the_challenge_itself_confirms(self, client, room, monkeypatch, body, count):
        monkeypatch.setattr(hub, "new_secret", lambda: "challenge")
        with web_double() as double:
            double.put(ASKS, body)
            client.post("/-/hub", asking(f"{double.url}/in"))
            work_hub()
            assert double.asked == [ASKS]
        assert HubSubscriber.objects.count() == count

    def test_one_that_was_stays_when_asking_again_is_not_meant(self, client, room, subscriber):
        before = subscribed(client, subscriber, secret="a")
        subscriber.agrees = False
        again = subscribed(client, subscriber, secret="b")
        assert (again.pk, again.secret) == (before.pk, "a")

    def test_unsubscribing_is_verified_too_and_has_no_lease(self, client, room, subscriber):
        subscribed(client, subscriber)
        client.post("/-/hub", subscriber.form(mode="unsubscribe"))
        work_hub()
        assert subscriber.asked[-1]["hub.mode"] == "unsubscribe"
        assert "hub.lease_seconds" not in subscriber.asked[-1]
        assert not HubSubscriber.objects.exists()
        published(client, room)
        assert subscriber.got == []


class TestLease:
    """Sections 5.1 and 5.3: the hub says how long; after that it sends nothing."""

    @pytest.mark.parametrize(
        ("asked", "granted"), [(None, 864_000), (60, 300), (3600, 3600), (99_999_999, 2_592_000)]
    )
    def test_what_is_granted_is_told(self, client, room, subscriber, asked, granted):
        one = subscribed(client, subscriber, **({"lease_seconds": str(asked)} if asked else {}))
        assert subscriber.asked[0]["hub.lease_seconds"] == str(granted)
        left = one.leased_until - clock.now()
        assert abs(left - timedelta(seconds=granted)) < timedelta(minutes=1)

    def test_after_it_nothing_is_sent(self, client, room, subscriber, time_machine):
        subscribed(client, subscriber, lease_seconds="300")
        time_machine.move_to(clock.now() + timedelta(seconds=301))
        published(client, room)
        assert subscriber.got == []


class TestDelivery:
    """Section 7: the content as it is at the topic, by POST."""

    @pytest.mark.parametrize("ending", ENDINGS)
    def test_body_and_content_type_are_the_topics_and_links_stand_by(
        self, client, room, subscriber, ending
    ):
        subscribed(client, subscriber, topic=feed(ending))
        published(client, room)
        ((path, headers, body),) = subscriber.got
        topic = client.get(f"/world/feed.{ending}")
        assert path == "/in?id=7"
        assert body == topic.content
        assert headers["Content-Type"] == topic["Content-Type"]
        assert headers["Content-Type"] == f"application/{ENDINGS[ending]}; charset=utf-8"
        assert headers["Link"] == f'<{OURS}>; rel="hub", <{feed(ending)}>; rel="self"'

    @pytest.mark.parametrize("status", [200, 201, 204, 299])
    def test_any_2xx_is_success(self, client, room, subscriber, status):
        subscribed(client, subscriber)
        subscriber.status = status
        published(client, room)
        assert HubSubscriber.objects.get().due_at is None

    @pytest.mark.parametrize("status", [302, 400, 404, 500])
    def test_whatever_else_is_tried_again_later_and_later(
        self, client, room, subscriber, time_machine, status
    ):
        subscribed(client, subscriber)
        subscriber.status = status
        published(client, room)
        pauses = []
        for _ in range(4):
            due = HubSubscriber.objects.get().due_at
            pauses.append(round((due - clock.now()).total_seconds()))
            time_machine.move_to(due + timedelta(milliseconds=1))
            work_hub()
        assert pauses == [10, 60, 300, 1800]
        assert len(subscriber.got) == 5

    def test_410_ends_it(self, client, room, subscriber):
        subscribed(client, subscriber)
        subscriber.status = 410
        published(client, room)
        assert not HubSubscriber.objects.exists()


class TestSignature:
    """Section 7.1: X-Hub-Signature, for whoever gave a secret, over the body as it was sent."""

    def test_it_is_sha256_of_the_body_with_the_secret(self, client, room, subscriber):
        subscribed(client, subscriber, secret=SECRET)
        published(client, room)
        ((_, headers, body),) = subscriber.got
        method, _, told = headers["X-Hub-Signature"].partition("=")
        assert method == "sha256"
        assert told == hmac.new(SECRET.encode(), body, "sha256").hexdigest()

    def test_without_a_secret_there_is_none(self, client, room, subscriber):
        subscribed(client, subscriber)
        published(client, room)
        assert "X-Hub-Signature" not in subscriber.got[0][1]

    def test_the_latest_secret_signs(self, client, room, subscriber):
        subscribed(client, subscriber, secret="a")
        subscribed(client, subscriber, secret="b")
        published(client, room)
        ((_, headers, body),) = subscriber.got
        told = headers["X-Hub-Signature"].removeprefix("sha256=")
        assert told == hmac.new(b"b", body, "sha256").hexdigest()
