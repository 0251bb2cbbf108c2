"""A mail server, a push service and a feed's subscriber at their worst: readers wait for none.

By the real runner, and by the numbers that a monitor reads at `/-/metrics`.
"""

import re
import threading
from collections import Counter
from functools import cache

import pytest
from django.conf import settings as chosen_settings
from django.db import transaction
from pydantic import SecretStr

from dateline.common import turns
from dateline.common.fetch import Bounds
from dateline.common.rates import RateFile
from dateline.journal.queries import head
from dateline.publishing import hub, push
from dateline.publishing.announce import _read
from dateline.publishing.hub import work_hub
from dateline.publishing.lead import LoneLead
from dateline.reader import hub as hub_door
from dateline.reader.memo import memo
from dateline.standards.base64url import to_base64url
from dateline.standards.push.vapid import new_vapid_key
from dateline.subscriptions.actions import Browser as ToldBrowser
from dateline.subscriptions.actions import Choice, Told, follow_by_browser
from dateline.subscriptions.enums import Channel
from dateline.subscriptions.mail import rests
from dateline.subscriptions.models import Delivery
from dateline.subscriptions.rules import subject_of
from dateline.wire.models import HubSubscriber
from tests.factories import a_newsroom, a_published_story
from tests.publishing.test_hub import Subscriber, subscriber
from tests.publishing.test_runner import wait_until, working
from tests.push_double import Browser, push_service
from tests.subscriptions.following import a_follower
from tests.subscriptions.smtp_double import a_sink, fine
from tests.web_double import LOOPBACK

__all__ = ["subscriber"]
pytestmark = [pytest.mark.database, pytest.mark.slow, pytest.mark.usefixtures("committed")]
READERS, STORIES = 16, 3
PATIENT = Bounds(seconds=120.0, max_bytes=4096, inside=LOOPBACK, is_sealed=True)
_DELAY = re.compile(r'^dateline_effect_delay_seconds\{effect="([a-z-]+)"\} (\S+)$', re.MULTILINE)


class Gate:
    """What stands between others and an answer: shut until it is opened."""

    def __init__(self):
        self.opened = threading.Event()
        self.at = Counter()

    def wait(self, name, most=120.0):
        self.at[name] += 1
        self.opened.wait(most)


@pytest.fixture
def gate():
    made = Gate()
    yield made
    made.opened.set()


@pytest.fixture
def house(settings, tmp_path, monkeypatch):
    """A newsroom that sends letters and notifications, and waits as long as the others like."""
    changes = {
        "push_key": SecretStr(new_vapid_key()),
        "push_night": "",
        "networks_inside": list(LOOPBACK),
        "mail_server": SecretStr("smtp://127.0.0.1"),
    }
    house = chosen_settings.DATELINE.model_copy(update=changes)
    monkeypatch.setattr(chosen_settings, "DATELINE", house)
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 120
    monkeypatch.setattr(push, "_bounds", lambda: PATIENT)
    monkeypatch.setattr(hub, "_bounds", cache(lambda: PATIENT))
    monkeypatch.setattr(rests, "_FIRST_REST", 0.05)
    monkeypatch.setattr(rests, "_LONGEST_REST", 0.05)
    monkeypatch.setattr(turns, "_FIRST_REST", 0.05)
    hub._manners.cache_clear()
    table = RateFile(tmp_path / "tries", secret="x")
    monkeypatch.setattr(hub_door, "_table", lambda: table)
    memo._values.clear()
    with transaction.atomic():
        room = a_newsroom()
        for number in range(READERS):
            a_follower(room, f"reader{number}@news.example", "front:en")
    yield room
    table.close()


@pytest.fixture
def sink(house, settings):
    with a_sink() as made:
        settings.EMAIL_PORT = made.port
        yield made


@pytest.fixture
def service(house, gate):
    """A push service that takes each notification, and answers when the gate is open."""
    with push_service() as made:
        take = made.take
        made.take = lambda *told: gate.wait("push") or take(*told)
        keys = Browser()
        told = ToldBrowser(f"{made.url}/p/1", keys.p256dh, to_base64url(keys.auth))
        everything = Choice(
            subject=subject_of("front:en"), edition=house.edition, channel=Channel.PUSH
        )
        follow_by_browser(
            by=None, browser=told, edition=house.edition, choices=[everything], told=Told()
        )
        yield made
        gate.opened.set()


@pytest.fixture
def feed_reader(house, subscriber: Subscriber, client, gate):
    """Somebody who is told of a feed and stalls, as long as the gate is shut."""
    client.post("/-/hub", subscriber.form())
    work_hub()
    assert HubSubscriber.objects.count() == 1

    class Stalls(list):
        def append(self, one):
            super().append(one)
            gate.wait("hub")

    subscriber.got = Stalls()
    return subscriber


def hangs(gate):
    """Return a mail server that answers nothing to a recipient."""
    return lambda step, to: (gate.wait("mail") if step == "RCPT" else None) or fine(step, to)


def is_slow(gate):
    """Return a mail server that takes two seconds for each letter."""
    return lambda step, to: (gate.wait("mail", 2.0) if step == "DATA" else None) or fine(step, to)


def drops(gate):
    """Return a mail server that hangs up at each letter."""

    def answers(step, to):
        if step == "MAIL" and not gate.opened.is_set():
            gate.at["mail"] += 1
            return ""
        return fine(step, to)

    return answers


def delays(client):
    """Return what a monitor is told of each effect: how many seconds it is behind."""
    told = client.get("/-/metrics").content.decode()
    return {name: float(seconds) for name, seconds in _DELAY.findall(told)}


@pytest.mark.parametrize("server", [hangs, is_slow, drops])
def test_effects_never_wait_for_them_and_what_waits_leaves_once(
    client, house, sink, service, feed_reader, gate, server
):
    sink.answers = server(gate)
    with working(LoneLead()):
        for number in range(STORIES):
            _publish_and_follow(client, house, f"Talks {number} fail in Brenn")
            wait_until(lambda: set(gate.at) == {"mail", "push", "hub"})
        # All of that while the very first ones were held up, and some of them are still.
        open_ones = Delivery.objects.filter(state__in=["planned", "sending"])
        assert open_ones.filter(channel="mail").exists()
        assert open_ones.filter(channel="push").exists()
        assert (len(service.pushed), len(feed_reader.got)) == (0, 1)
        gate.opened.set()
        wait_until(lambda: not open_ones.exists())
        wait_until(lambda: not HubSubscriber.objects.filter(due_at__isnull=False).exists())
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    had = Counter((to, letter["subject"]) for to, letter in sink.taken)
    assert (len(had), set(had.values())) == (READERS * STORIES, {1})
    assert b"Talks 2" in feed_reader.got[-1][2]


def _publish_and_follow(client, room, headline):
    """Publish a story and see everything but letters follow it."""
    before = head()
    with transaction.atomic():
        story = a_published_story(room, headline)
    # Behind by nothing, in the monitor's own numbers: each effect of the table has seen it.
    wait_until(lambda: set(delays(client).values()) == {0.0}, seconds=20)
    assert {"press", "alerts", "sendings", "search"} <= set(delays(client))
    told, _, _ = _read(before, 100)
    assert "story-published" in {one.event for one in told}
    assert headline in client.get(story.address).content.decode()
