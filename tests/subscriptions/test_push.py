"""Notifications: from a browser's choice to what its push service hands it, and back again."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from dateline.common import clock
from dateline.common.rates import RateFile
from dateline.journal.queries import replay
from dateline.newsfeed.actions import raise_alert, withdraw_alert
from dateline.publishing.alert_sendings import alert_sendings_after
from dateline.publishing.push import push_carrier
from dateline.publishing.sendings import sendings_after
from dateline.reader.memo import memo
from dateline.reader.notices import door
from dateline.standards.base64url import to_base64url
from dateline.standards.push.vapid import new_vapid_key, public_text, vapid_key
from dateline.stories.actions import hold_story, kill_story
from dateline.stories.enums import Urgency
from dateline.subscriptions.enums import State
from dateline.subscriptions.models import Consent, Delivery, Endpoint, Sending, Subscriber
from dateline.subscriptions.post import Post
from dateline.subscriptions.push.manners import as_one, quiet_for
from dateline.subscriptions.push.note import Note
from dateline.topics.actions import save_edition
from dateline.topics.models import Edition
from tests.factories import a_published_story
from tests.push_double import Browser, push_service
from tests.subscriptions.lettering import Later, a_newsletter, an_issue, sent
from tests.web_double import LOOPBACK

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEY = new_vapid_key()
NOON = "2026-11-24T12:00:00Z"


@pytest.fixture
def service():
    with push_service() as made:
        yield made


@pytest.fixture
def chosen(monkeypatch):
    def choose(**changes):
        monkeypatch.setattr(settings, "DATELINE", settings.DATELINE.model_copy(update=changes))

    return choose


@pytest.fixture
def here(room, chosen, time_machine, tmp_path, monkeypatch):
    time_machine.move_to(NOON)
    table = RateFile(tmp_path / "tries", secret="x")
    monkeypatch.setattr(door, "_table", lambda: table)
    key = type(settings.DATELINE.push_key)(KEY)
    chosen(push_key=key, networks_inside=list(LOOPBACK), mail_from="Meridian <desk@news.example>")
    yield room
    table.close()


@pytest.fixture
def post():
    made = Post(push_carrier())
    yield made
    made.carrier.close()


class Reader:
    """A reader's browser, with its way to the house."""

    def __init__(self, client, service, path="/p/1"):
        self.client, self.path = client, path
        self.endpoint = service.url + path
        self.browser = Browser()
        self.service = service

    @property
    def subscription(self):
        keys = {"p256dh": self.browser.p256dh, "auth": to_base64url(self.browser.auth)}
        return {"endpoint": self.endpoint, "keys": keys}

    def tell(self, deed, **told):
        return self.client.post(
            f"/-/notify/{deed}", json.dumps(told), content_type="application/json"
        )

    def follow(self, *subjects, timezone=""):
        answer = self.tell(
            "follow",
            subscription=self.subscription,
            edition="en",
            page="http://localhost:8000/preferences/",
            timezone=timezone,
            pressed="on",
            follows=[f"{subject}/en" for subject in subjects],
        )
        assert answer.status_code == 200, answer.content
        return answer.json()["follows"]

    def leave(self, *names):
        answer = self.tell("leave", endpoint=self.endpoint, follows=names)
        assert answer.status_code == 200, answer.content
        return answer.json()["follows"]

    @property
    def shown(self):
        """What this browser can open of all that came for it."""
        mine = [one for one in self.service.pushed if one.path == self.path]
        return [json.loads(self.browser.open(one.body)) for one in mine]


@pytest.fixture
def reader(client, here, service):
    return Reader(client, service)


def after_all(post):
    """Do what the runner does: effects over the whole journal, then the post."""
    for recorded in replay(after=0):
        sendings_after(recorded)
        alert_sendings_after(recorded)
    while post.work():
        pass


def an_alert(room, urgency=Urgency.FLASH, headline="Bridge in Brenn closed"):
    return raise_alert(by=None, edition=room.edition, urgency=urgency, headline=headline)


def states():
    return list(Delivery.objects.order_by("pk").values_list("state", "cause"))


def test_a_flash_reaches_the_browser_that_asked_for_it(here, reader, post):
    assert reader.follow("breaking:en") == ["breaking:en/en"]
    alert = an_alert(here)
    after_all(post)
    assert reader.shown == [
        {
            "title": "Breaking",
            "body": "Bridge in Brenn closed",
            "url": "/",
            "tag": f"alert:{alert.pk}",
            "lang": "en",
            "dir": "ltr",
            "urgent": True,
            "quiet": False,
            "holds": [],
        }
    ]
    (pushed,) = reader.service.pushed
    assert pushed.sender == public_text(vapid_key(KEY))
    assert pushed.claims["sub"] == "mailto:desk@news.example"
    assert pushed.headers["urgency"] == "high"
    assert 0 < int(pushed.headers["ttl"]) <= 3600
    assert len(pushed.headers["topic"]) == 32
    assert b"Bridge" not in pushed.body
    assert states() == [("sent", "")]
    after_all(post)
    assert len(reader.service.pushed) == 1


def test_what_somebody_agreed_to_is_kept(here, reader):
    reader.follow("breaking:en")
    consent = Consent.objects.get()
    assert (consent.channel, consent.subject) == ("push", "breaking:en")
    assert (consent.edition, consent.pace, consent.language) == ("en", "at-once", "en")
    assert (consent.words, consent.page, consent.address) == (
        "Turn on notifications",
        "http://localhost:8000/preferences/",
        "127.0.0.1",
    )


def test_a_wrong_alert_is_taken_back_on_the_screen(here, reader, post):
    reader.follow("breaking:en")
    alert = an_alert(here)
    after_all(post)
    withdraw_alert(by=here.editor, alert=alert, why="Wrong bridge.")
    after_all(post)
    told, back = reader.shown
    assert (back["tag"], back["body"]) == (told["tag"], "This alert was withdrawn.")
    assert back["urgent"]
    first, second = reader.service.pushed
    assert first.headers["topic"] == second.headers["topic"]


def test_an_alert_that_was_withdrawn_before_it_left_stays_here(here, reader, post):
    reader.follow("breaking:en")
    withdraw_alert(by=here.editor, alert=an_alert(here), why="Wrong bridge.")
    after_all(post)
    assert reader.shown == []


def test_a_story_comes_under_the_name_of_what_is_followed(here, reader, post):
    reader.follow(f"section:{here.world.pk}", f"topic:{here.topic.pk}")
    story = a_published_story(here, "Talks fail in Brenn")
    after_all(post)
    (shown,) = reader.shown
    assert (shown["title"], shown["body"], shown["url"]) == (
        "Topic: Ostrel",
        "Talks fail in Brenn",
        story.address,
    )
    kill_story(by=None, story=story, why="Wrong.")
    after_all(post)
    assert reader.shown[-1]["body"] == "This story was withdrawn."
    assert reader.shown[-1]["tag"] == f"story:{story.pk}"


def test_a_newsletter_that_left_is_told_of_and_read_on_the_site(here, reader, post, monkeypatch):
    newsletter, later = a_newsletter(here), Later(monkeypatch)
    reader.follow(str(newsletter.subject))
    issue = sent(here, an_issue(here, newsletter, title="Talks end without a date"), later)
    after_all(post)
    [told] = reader.shown
    assert (told["title"], told["body"]) == ("Morning letter", "Talks end without a date")
    assert reader.client.get(told["url"]).status_code == 200
    assert (told["url"], states()) == (issue.address, [("sent", "")])


def test_several_at_once_come_as_one(here, reader, post):
    reader.follow(f"section:{here.world.pk}")
    for headline in ("First", "Second", "Third", "Fourth"):
        a_published_story(here, headline)
    after_all(post)
    (shown,) = reader.shown
    assert (shown["title"], shown["body"]) == ("4 stories for you", "Fourth · Third · Second")
    assert states() == [("sent", "")] * 4


def test_at_night_there_is_a_flash_and_nothing_else(here, reader, post, time_machine):
    time_machine.move_to("2026-11-24T23:30:00Z")
    reader.follow(f"section:{here.world.pk}", "breaking:en")
    a_published_story(here, "Talks fail in Brenn")
    an_alert(here)
    after_all(post)
    assert [one["title"] for one in reader.shown] == ["Breaking"]
    assert sorted(states()) == [("planned", "night"), ("sent", "")]
    time_machine.move_to("2026-11-25T07:00:01Z")
    after_all(post)
    assert reader.shown[-1]["body"] == "Talks fail in Brenn"


def test_the_night_is_that_of_the_browsers_own_clock(here, reader, post, time_machine):
    time_machine.move_to("2026-11-24T23:30:00Z")
    reader.follow(f"section:{here.world.pk}", timezone="America/Lima")
    a_published_story(here, "Talks fail in Brenn")
    after_all(post)
    assert [one["body"] for one in reader.shown] == ["Talks fail in Brenn"]


def test_there_are_only_so_many_a_day(here, reader, post, chosen):
    chosen(push_most_a_day=1)
    reader.follow(f"section:{here.world.pk}", "breaking:en")
    for headline in ("First", "Second"):
        a_published_story(here, headline)
        after_all(post)
    an_alert(here)
    after_all(post)
    assert [one["body"] for one in reader.shown] == ["First", "Bridge in Brenn closed"]
    assert ("skipped", "too-many") in states()


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(here, reader, post, status):
    reader.follow("breaking:en")
    reader.service.statuses[reader.path] = status
    an_alert(here)
    after_all(post)
    assert states() == [("bounced", str(status))]
    assert not Endpoint.objects.exists()
    assert Subscriber.objects.get().standing == "stopped"


def test_a_service_that_is_busy_is_asked_again(here, reader, post, time_machine):
    reader.follow("breaking:en")
    reader.service.statuses[reader.path] = 503
    an_alert(here)
    after_all(post)
    assert states() == [("planned", "503")]
    reader.service.statuses.clear()
    time_machine.move_to(datetime(2026, 11, 24, 12, 2, tzinfo=ZoneInfo("UTC")))
    after_all(post)
    assert states() == [("sent", "")]


def test_a_service_that_is_away_holds_up_nobody(here, client, service, reader, post):
    reader.follow("breaking:en")
    reader.tell(
        "moved",
        old=reader.endpoint,
        subscription=reader.subscription | {"endpoint": "http://127.0.0.2:1024/x"},
    )
    other = Reader(client, service, "/p/2")
    other.follow("breaking:en")
    an_alert(here)
    after_all(post)
    assert len(other.shown) == 1
    assert sorted(state for state, _ in states()) == ["planned", "sent"]


def test_choices_are_changed_asked_for_and_ended(here, reader):
    world, breaking = f"section:{here.world.pk}", "breaking:en"
    reader.follow(breaking)
    assert reader.follow(world) == [f"{breaking}/en", f"{world}/en"]
    assert reader.leave(f"{breaking}/en", "topic:999999/en") == [f"{world}/en"]
    mine = {"follows": [f"{world}/en"]}
    assert reader.tell("mine", endpoint=reader.endpoint).json() == mine
    told = reader.tell("mine", endpoint=reader.endpoint, edition="en").json()
    assert told == mine | {"names": {f"{world}/en": "World"}}
    assert reader.tell("mine", endpoint="https://push.example/other").json() == {"follows": []}
    assert reader.tell("leave", endpoint="https://push.example/other").status_code == 400
    old, reader.endpoint = reader.endpoint, reader.endpoint + "/new"
    assert reader.tell("moved", old=old, subscription=reader.subscription).json() == mine
    assert Endpoint.objects.get().address == reader.endpoint
    assert reader.tell("stop", endpoint=reader.endpoint).json() == {"follows": []}
    assert not Endpoint.objects.exists()
    assert not Subscriber.objects.exists()  # Nothing was ever sent: nothing is left.


def test_what_cannot_be_seen_just_now_stays_followed_and_can_be_ended(here, reader):
    story, world = a_published_story(here), f"section:{here.world.pk}"
    name = f"story:{story.pk}/en"
    reader.follow(f"story:{story.pk}", world)
    hold_story(by=None, story=story, why="Facts")
    told = reader.tell("mine", endpoint=reader.endpoint, edition="en").json()
    assert told["names"][name] == "Something that cannot be seen just now"
    assert reader.leave(f"{world}/en") == [name]
    assert reader.follow(world) == [name, f"{world}/en"]
    assert reader.leave(name) == [f"{world}/en"]


def test_a_person_is_followed_and_left_in_each_language_alone(here, reader):
    russian = Edition(code="ru", name="Ру", agency="Ру", language="ru", tagline="Новости")
    save_edition(by=None, edition=russian)
    memo._values.clear()
    person = f"person:{here.person.pk}"
    reader.follow(person)
    told = reader.tell(
        "follow", subscription=reader.subscription, edition="en", follows=[f"{person}/ru"]
    )
    assert told.json()["follows"] == [f"{person}/en", f"{person}/ru"]
    assert reader.leave(f"{person}/en") == [f"{person}/ru"]


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"edition": "en", "follows": ["breaking:en/en"]},
        {"edition": "xx", "follows": ["breaking:en/en"]},
        {"edition": "en", "follows": []},
        {"edition": "en", "follows": [7, None]},
        {
            "edition": "en",
            "follows": ["breaking:en/en"],
            "subscription": {"endpoint": 7, "keys": 7},
        },
        [],
    ],
)
def test_what_is_no_choice_changes_nothing(here, reader, told):
    if isinstance(told, dict) and told.get("edition") == "xx":
        told = told | {"subscription": reader.subscription}
    answer = reader.client.post("/-/notify/follow", json.dumps(told), "application/json")
    assert answer.status_code == 400
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    "endpoint",
    [
        "javascript:x()",
        "/p/1",
        "https://[push",
        "https://push.example:x/",
        "https://one@push.example/",
        "https://push.example/" + "x" * 1000,
    ],
)
def test_what_is_no_endpoint_is_refused(here, reader, endpoint):
    reader.endpoint = endpoint
    answer = reader.tell(
        "follow", subscription=reader.subscription, edition="en", follows=["breaking:en/en"]
    )
    assert (answer.status_code, answer.json()) == (400, {"error": "endpoint-refused"})


def test_only_our_own_pages_ask(here, reader):
    form = reader.client.post("/-/notify/mine", {"endpoint": reader.endpoint})
    assert form.status_code == 415
    foreign = reader.client.post(
        "/-/notify/mine", "{}", "application/json", headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert foreign.status_code == 415
    for _ in range(60):
        reader.tell("mine")
    assert reader.tell("mine").status_code == 429


def test_without_a_key_nobody_is_offered_anything(here, client, chosen):
    offered = f'data-key="{public_text(vapid_key(KEY))}"'
    assert offered in client.get("/preferences/").content.decode()
    chosen(push_key=type(settings.DATELINE.push_key)(""))
    assert "browser-notices" not in client.get("/preferences/").content.decode()
    assert not push_carrier().is_open()


def test_a_push_service_inside_is_never_told(here, reader, post, chosen):
    reader.follow("breaking:en")
    chosen(networks_inside=[])
    an_alert(here)
    after_all(post)
    assert reader.service.pushed == []
    assert states() == [("planned", "unreachable")]


@pytest.mark.parametrize(
    ("hours", "at", "minutes"),
    [
        ("22:00-07:00", "21:59", 0),
        ("22:00-07:00", "22:00", 540),
        ("22:00-07:00", "03:30", 210),
        ("22:00-07:00", "07:00", 0),
        ("00:00-06:00", "05:59", 1),
        ("20:00-24:00", "23:00", 60),
        ("", "03:00", 0),
    ],
)
def test_how_long_the_night_lasts(hours, at, minutes):
    local = datetime.fromisoformat(f"2026-11-24T{at}:00+01:00")
    assert quiet_for(hours, local) == timedelta(minutes=minutes)


def test_a_note_is_always_short_enough():
    note = Note(
        title="Ж" * 500,
        body="ж" * 9000,
        url="/" + "x" * 200,
        tag="story:1",
        language="ru",
        direction="ltr",
        lasts=timedelta(hours=1),
    )
    assert len(note.message) < 3993
    assert json.loads(note.message)["title"] == "Ж" * 120
    assert as_one([note], title="x", url="/") is note


def test_what_could_not_be_written_waits(here, reader, post):
    def broken(_deliveries):
        raise RuntimeError

    reader.follow("breaking:en")
    write, post.carrier.write = post.carrier.write, broken
    an_alert(here)
    after_all(post)
    assert states() == [("planned", "not-written")]
    post.carrier.write = write
    Delivery.objects.update(due_at=clock.now())
    after_all(post)
    assert len(reader.shown) == 1


def test_nothing_is_due_at_rest(here, post):
    assert post.work() == 0
    assert not Sending.objects.filter(made_at__gt=clock.now()).exists()
    assert State.SENT == "sent"
