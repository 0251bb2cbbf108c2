"""The doors: asking, agreeing, choosing, leaving; and what nobody may learn or do there."""

import html
import json
import re
from datetime import timedelta

import pytest
from django.conf import settings as live_settings
from django.test import Client
from pydantic import SecretStr

from dateline.common import clock
from dateline.people.models import Letter
from dateline.reader.subscribe import choices
from dateline.standards.push.vapid import new_vapid_key
from dateline.stories.actions import kill_story
from dateline.subscriptions.actions import pause_subscriber, retract, stop_subscriber
from dateline.subscriptions.enums import Channel, Standing, Stop
from dateline.subscriptions.mail.links import CHOICES_FOR, OWN_FOR, held_by, own_token_of, token_of
from dateline.subscriptions.models import Consent, Delivery, Endpoint, Subscriber, Subscription
from tests.factories import a_published_story, a_reader
from tests.subscriptions.following import a_follower, a_sending, written
from tests.subscriptions.lettering import a_newsletter

pytestmark = pytest.mark.django_db
READER = "reader@news.example"


@pytest.fixture(autouse=True)
def by_mail(monkeypatch, own_tries, settings):
    """Let the newsroom send mail, and count tries for one test alone."""
    given = settings.DATELINE.model_copy(update={"mail_server": SecretStr("folder")})
    monkeypatch.setattr(live_settings, "DATELINE", given)


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=False)


def asked(client, room, *, mail=READER, pace="at-once", what=None):
    what = what or f"topic:{room.topic.pk}"
    return client.post(
        f"/subscribe/?edition=en&to={what}", {"what": [what], "pace": pace, "mail": mail}
    )


def link_in_letter():
    letter = Letter.objects.latest("pk")
    return re.search(r"https?://[^/]+(/\S+)", letter.text)[1]


def own_page(who):
    """Where a letter's link leads to."""
    return f"/letters/{token_of(who.key)}/"


def sure_page(who):
    """Where a link leads to that somebody asked for."""
    return f"/letters/{own_token_of(who.key, who.mail)}/"


def held_at(url):
    return held_by(url.partition("/letters/")[2].partition("/")[0])


def test_nothing_is_kept_before_somebody_agrees(client, room):
    answer = asked(client, room, mail="Reader@News.example")
    assert (answer.status_code, answer["Location"]) == (302, "/subscribe/sent/?edition=en")
    assert Subscriber.objects.count() == 0
    link = link_in_letter()
    assert "Ostrel" in client.get(link).content.decode()
    assert Subscriber.objects.count() == 0
    answer = client.post(link)
    who = Subscriber.objects.get()
    assert (who.mail, answer["Location"]) == (READER, f"{own_page(who)}?done=followed")
    row = Subscription.objects.get()
    assert (row.subject, row.pace, row.channel) == (f"topic:{room.topic.pk}", "at-once", "mail")
    consent = Consent.objects.get()
    assert consent.words.startswith("Send me letters about this.")
    assert (consent.deed, consent.address) == ("subscribed", "127.0.0.1")
    assert (consent.subject, consent.edition, consent.pace, consent.language) == (
        row.subject,
        "en",
        "at-once",
        "en",
    )


def test_what_was_withdrawn_is_listed_without_its_words(client, room):
    who = a_follower(room, READER, "front:en")
    kept, killed = (a_published_story(room, text) for text in ("Talks fail", "All wrong"))
    for story in (kept, killed):
        written(
            a_sending(
                room, "front:en", key=f"story:{story.pk}", story=story.pk, title=story.headline
            )
        )
    alert = written(a_sending(room, "front:en", key="alert:1", thing="alert", title="Quake"))
    Delivery.objects.update(state="sent")
    assert "All wrong" in client.get(sure_page(who)).content.decode()
    kill_story(by=None, story=killed, why="Wrong")
    written(retract(by=None, sending=alert))
    page = client.get(sure_page(who)).content.decode()
    assert "Talks fail" in page
    assert "All wrong" not in page
    assert "Quake" not in page


def test_one_sees_what_came_by_every_channel_why_and_why_not(client, room, monkeypatch):
    topic = f"topic:{room.topic.pk}"
    who = a_follower(room, READER, topic)
    a_follower(room, READER, topic, channel=Channel.PUSH)
    story = a_published_story(room)
    written(a_sending(room, topic, story=story.pk))
    Delivery.objects.filter(channel="mail").update(state="sent")
    Delivery.objects.filter(channel="push").update(state="skipped", cause="too-many")
    pause_subscriber(by=None, subscriber=who, length=timedelta(days=3))
    written(a_sending(room, topic, key="story:2", story=story.pk))
    lines = sent_lines(client, sure_page(who))
    why = "because you follow the topic Ostrel"
    assert [line.partition(" · ")[2] for line in lines] == [
        f"Notification · Not sent: Paused · {why}",
        f"Mail · Not sent: Paused · {why}",
        f"Notification · Not sent: There had been many that day · {why}",
        f"Mail · Sent · {why}",
    ]
    monkeypatch.setattr(choices, "PER_PAGE", 3)
    assert sent_lines(client, sure_page(who)) == lines[:3]
    page = client.get(sure_page(who)).content.decode()
    older = html.unescape(re.search(r'href="([^"]+before=\d+)#sent"', page)[1])
    assert sent_lines(client, older) == lines[3:]
    assert "The latest" in client.get(older).content.decode()


def sent_lines(client, url):
    """Return the words of each line of what somebody was sent."""
    page = client.get(url).content.decode().partition('id="sent"')[2].partition("</ul>")[0]
    found = re.findall(r"</p>\s*<p>(.*?)</p>", page, re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", "", one)).split()) for one in found]


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (Stop.LEFT, "You ended all letters."),
        (Stop.BOUNCED, "Your address took no mail."),
        (Stop.COMPLAINED, "A letter was reported as unwanted."),
    ],
)
def test_who_is_written_to_no_more_is_told_why_and_since_when(client, room, how, words):
    who = a_follower(room, READER, "front:en")
    assert words not in client.get(own_page(who)).content.decode()
    stop_subscriber(by=None, subscriber=who, how=how)
    assert words in client.get(own_page(who)).content.decode()


def test_nothing_tells_who_is_subscribed(client, room):
    a_follower(room, READER, "front:en")
    known, new = asked(client, room), asked(client, room, mail="new@news.example")
    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    letters = [letter.subject for letter in Letter.objects.order_by("pk")]
    assert letters[0] == letters[1]


def test_too_many_letters_to_one_address_are_refused(client, room):
    statuses = [asked(client, room).status_code for _ in range(11)]
    assert statuses == [302] * 10 + [429]


@pytest.mark.parametrize("spoil", [lambda t: t[:-2] + "xx", lambda t: "", lambda t: "a:b:c"])
def test_a_link_that_is_not_ours_leads_to_nothing(client, room, spoil):
    asked(client, room)
    link = link_in_letter()
    token = link.split("/")[3]
    assert client.post(link.replace(token, spoil(token) or "x")).status_code == 404
    assert Subscriber.objects.count() == 0


def test_what_cannot_be_followed_is_refused_in_words(client, room):
    answer = client.post(
        "/subscribe/?edition=en", {"what": ["staff:1"], "pace": "hourly", "mail": "nobody"}
    )
    assert (answer.status_code, answer.content.decode().count("field-error")) == (200, 3)
    assert Letter.objects.count() == 0


def test_a_reader_who_is_logged_in_follows_at_once(client, room):
    from allauth.account.models import EmailAddress

    reader = a_reader("Vera")
    EmailAddress.objects.create(user=reader.account, email=READER, verified=True, primary=True)
    client.force_login(reader.account)
    page = client.get("/subscribe/?edition=en").content.decode()
    assert READER in page
    answer = client.post(
        "/subscribe/?edition=en", {"what": ["front:en", "breaking:en"], "pace": "weekly"}
    )
    who = Subscriber.objects.get()
    held = held_at(answer["Location"])
    assert (who.reader, held.key, held.is_sure) == (reader, who.key, True)
    paces = dict(Subscription.objects.values_list("subject", "pace"))
    assert paces == {"front:en": "weekly", "breaking:en": "at-once"}
    assert held_at(client.get("/subscribe/mine/")["Location"]).is_sure


def test_everything_can_be_changed_on_ones_own_page(client, room):
    who = a_follower(room, READER, "front:en", f"topic:{room.topic.pk}")
    first, second = Subscription.objects.order_by("pk")
    page = own_page(who)
    client.post(page, {"deed": "pace", "number": first.pk, "pace": "weekly"})
    first.refresh_from_db()
    assert first.pace == "weekly"
    client.post(page, {"deed": "stop", "number": second.pk})
    assert list(Subscription.objects.all()) == [first]
    client.post(page, {"deed": "pause", "days": "7"})
    who.refresh_from_db()
    assert who.standing == Standing.PAUSED
    assert "Paused until" in client.get(page).content.decode()
    client.post(page, {"deed": "resume"})
    client.post(page, {"deed": "leave"})
    who.refresh_from_db()
    assert (who.standing, Subscription.objects.count()) == (Standing.STOPPED, 0)
    deeds = list(Consent.objects.values_list("deed", flat=True))
    assert deeds[2:] == ["changed", "left-one", "paused", "changed", "left"]
    changed, left_one, left = Consent.objects.filter(pace__gt="").order_by("pk")[2:]
    assert (changed.subject, changed.pace) == (first.subject, "weekly")
    assert (left_one.subject, left.subject) == (second.subject, first.subject)


def test_what_cannot_be_seen_just_now_stays_followed_and_can_be_ended(client, room):
    story = a_published_story(room)
    who = a_follower(room, READER, f"story:{story.pk}", "front:en")
    hidden, front = Subscription.objects.order_by("pk")
    kill_story(by=None, story=story, why="Wrong")
    page = client.get(own_page(who)).content.decode()
    assert "Something that cannot be seen just now" in page
    assert story.headline not in page
    client.post(own_page(who), {"deed": "pace", "number": front.pk, "pace": "weekly"})
    asked(client, room)
    client.post(link_in_letter())
    assert Subscription.objects.filter(pk=hidden.pk).exists()
    client.post(own_page(who), {"deed": "stop", "number": hidden.pk})
    assert not Subscription.objects.filter(pk=hidden.pk).exists()


def test_nobody_changes_what_is_somebody_elses(client, room):
    mine = a_follower(room, READER, "front:en")
    a_follower(room, "other@news.example", "front:en")
    other = Subscription.objects.get(subscriber__mail="other@news.example")
    client.post(own_page(mine), {"deed": "stop", "number": other.pk})
    client.post(own_page(mine), {"deed": "pace", "number": "x", "pace": "weekly"})
    other.refresh_from_db()
    assert other.pace == "at-once"
    bad = f"/letters/{mine.key}/"
    assert client.get(bad).status_code == client.post(bad, {"deed": "leave"}).status_code == 404


def test_breaking_news_does_not_wait(client, room):
    who = a_follower(room, READER, "breaking:en")
    row = Subscription.objects.get()
    client.post(own_page(who), {"deed": "pace", "number": row.pk, "pace": "weekly"})
    row.refresh_from_db()
    assert row.pace == "at-once"


def test_one_click_of_a_mail_program_ends_it_and_a_look_does_not(room):
    topic = f"topic:{room.topic.pk}"
    who = a_follower(room, READER, topic, "front:en")
    strict = Client(enforce_csrf_checks=True)
    url = f"{own_page(who)}stop/?of={topic}&edition=en"
    assert "Ostrel" in strict.get(url).content.decode()
    assert Subscription.objects.count() == 2
    answer = strict.post(url, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert [one.subject for one in Subscription.objects.all()] == ["front:en"]
    assert strict.post(url).status_code == 200


def test_a_digest_is_ended_as_a_whole(client, room):
    who = a_follower(room, READER, f"topic:{room.topic.pk}", "front:en", pace="daily")
    a_follower(room, READER, f"section:{room.world.pk}")
    client.post(f"{own_page(who)}stop/?of=daily&edition=en")
    assert [one.pace for one in Subscription.objects.all()] == ["at-once"]


def test_letters_move_to_an_address_that_is_shown_to_be_theirs(client, room):
    who = a_follower(room, READER, "front:en")
    taken = a_follower(room, "taken@news.example", "breaking:en")
    client.post(sure_page(who), {"mail": "new@news.example"})
    link = link_in_letter()
    client.get(link)
    who.refresh_from_db()
    assert who.mail == READER
    client.post(link)
    who.refresh_from_db()
    assert who.mail == "new@news.example"
    client.post(sure_page(who), {"mail": "taken@news.example"})
    assert "both become one" in client.get(link_in_letter()).content.decode()
    client.post(link_in_letter())
    who.refresh_from_db()
    assert who.mail == "taken@news.example"
    page = client.get(own_page(taken)).content.decode()  # The links of old letters lead on.
    assert ("Every story" in page, "Breaking news" in page) == (True, True)
    client.post(f"{own_page(taken)}stop/?of=breaking:en&edition=en")
    assert [one.subject for one in Subscription.objects.all()] == ["front:en"]


def test_one_can_take_everything_along_and_see_why(client, room):
    who = a_follower(room, READER, "front:en")
    address = "https://push.example/secret"
    Endpoint.objects.create(subscriber=who, address=address, p256dh="secret", auth="secret")
    written(a_sending(room, "front:en", story=a_published_story(room).pk))
    kept = client.get(f"{sure_page(who)}export.json").json()
    assert kept["feed_key"] == who.feed_key
    assert kept["deliveries"][0]["because"] == "front:en"
    assert kept["subscriptions"][0]["subject"] == "front:en"
    assert kept["subscriptions"][0]["edition"] == "en"
    assert kept["browsers"][0]["push_service"] == "push.example"
    assert "secret" not in json.dumps(kept["browsers"])
    page = client.get(sure_page(who))
    assert "Every story" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"


def test_pages_lead_to_following(client, room):
    story = a_published_story(room)
    urls = {
        f"/topics/{room.topic.slug}/": f"topic:{room.topic.pk}",
        "/world/": f"section:{room.world.pk}",
        f"/people/{room.person.slug}/": f"person:{room.person.pk}",
        story.address: f"story:{story.pk}",
    }
    for url, subject in urls.items():
        page = client.get(url).content.decode()
        assert f'href="/subscribe/?edition=en&amp;to={subject}"' in page


@pytest.fixture
def no_mail(monkeypatch):
    changes = {"mail_server": SecretStr(""), "push_key": SecretStr(new_vapid_key())}
    given = live_settings.DATELINE.model_copy(update=changes)
    monkeypatch.setattr(live_settings, "DATELINE", given)


def test_without_a_mail_server_the_other_ways_are_offered_and_it_is_said(client, room, no_mail):
    topic = f"topic:{room.topic.pk}"
    front = client.get("/").content.decode()
    assert 'href="/subscribe/?edition=en"' in front
    page = client.get(f"/subscribe/?edition=en&to={topic}").content.decode()
    assert "this newsroom has no mail server" in page
    assert 'value="push"' in page
    assert ("By mail" in page, 'type="email"' in page) == (False, False)
    for feed in (f"/topics/{room.topic.slug}/feed.xml", "/feed.xml"):
        assert f'href="{feed}"' in page
        assert client.get(feed).status_code == 200
    answer = asked(client, room)
    assert (answer.status_code, Letter.objects.count()) == (200, 0)


def test_without_letters_and_notifications_there_are_feeds(client, room, no_mail, monkeypatch):
    given = live_settings.DATELINE.model_copy(update={"service_worker": False})
    monkeypatch.setattr(live_settings, "DATELINE", given)
    page = client.get("/subscribe/?edition=en").content.decode()
    assert "this newsroom has switched them off" in page
    assert "<button" not in page.partition("<main")[2].partition("</main")[0]
    assert f'href="{room.world.address}feed.xml"' in page


def test_whatever_has_a_feed_leads_to_it(client, room):
    story = a_published_story(room)
    wanted = {
        f"person:{room.person.pk}": f"/people/{room.person.slug}/feed.xml",
        f"live:{story.pk}": f"/s/{story.pk}/feed.xml",
        f"story:{story.pk}": "/feed.xml",
        f"newsletter:{a_newsletter(room).pk}": "/newsletters/morning/feed.xml",
    }
    for subject, feed in wanted.items():
        page = client.get(f"/subscribe/?edition=en&to={subject}").content.decode()
        assert f'href="{feed}"' in page
        assert "has no mail server" not in page


def test_letters_follow_an_account_to_its_new_address_and_go_with_it(client, room):
    from dateline.journal.queries import head, replay
    from dateline.readers.actions import change_mail, remove_reader, rename_reader
    from dateline.readers.everything import zip_of
    from dateline.subscriptions.actions import Told, move_subscriber, subscriber_for
    from dateline.subscriptions.tasks import subscriber_after

    reader = a_reader("Vera")
    subscriber_for(by=None, mail=READER, edition=room.edition, reader=reader)
    change_mail(by=None, reader=reader, mail="new@news.example")
    for recorded in replay(0, 1000):
        subscriber_after(recorded)
    who = Subscriber.objects.get()
    assert who.mail == "new@news.example"
    move_subscriber(by=None, subscriber=who, mail="home@news.example", told=Told())
    before = head()
    rename_reader(by=None, reader=reader, name="Vera Lund")
    for recorded in replay(before, 1000):
        subscriber_after(recorded)
    who.refresh_from_db()
    assert who.mail == "home@news.example"  # Another name is no reason to write elsewhere.
    assert b"letters.json" in zip_of(reader)
    remove_reader(by=None, reader=reader)
    assert Subscriber.objects.count() == 0


def test_whoever_was_handed_a_letter_may_choose_and_leave_and_no_more(client, room):
    who = a_follower(room, READER, "front:en")
    written(a_sending(room, "front:en", story=a_published_story(room).pk))
    page = client.get(own_page(who)).content.decode()
    for hidden in ("Talks fail", who.feed_key, "export.json", "Another address"):
        assert hidden not in page
    tried = [
        client.post(own_page(who), {"mail": "thief@news.example"}),
        client.post(own_page(who), {"deed": "feed"}),
        client.get(f"{own_page(who)}export.json"),
    ]
    assert [answer.status_code for answer in tried] == [403] * 3
    assert not Letter.objects.exists()
    before = who.feed_key
    who.refresh_from_db()
    assert who.feed_key == before
    client.post(own_page(who), {"deed": "leave"})
    who.refresh_from_db()
    assert who.standing == Standing.STOPPED


def test_a_link_that_is_asked_for_goes_to_the_address_and_is_good_for_a_day(
    client, room, time_machine
):
    who = a_follower(room, READER, "front:en")
    assert client.post(own_page(who), {"deed": "link"}).status_code == 200
    letter = Letter.objects.get()
    assert letter.to == READER
    link = link_in_letter()
    assert f"{who.feed_key}/feed.xml" in client.get(link).content.decode()
    assert client.get(f"{link}export.json").json()["mail"] == READER
    time_machine.move_to(clock.now() + OWN_FOR + timedelta(minutes=1))
    assert client.get(f"{link}export.json").status_code == 403
    assert who.feed_key not in client.get(link).content.decode()  # It is a letter's link now.


def test_a_link_that_was_asked_for_at_an_earlier_address_is_a_letters_link(client, room):
    who = a_follower(room, READER, "front:en")
    link = sure_page(who)
    assert client.get(f"{link}export.json").status_code == 200
    Subscriber.objects.filter(pk=who.pk).update(mail="new@news.example")
    assert client.get(f"{link}export.json").status_code == 403
    assert "Every story" in client.get(link).content.decode()


def test_an_old_letter_ends_letters_and_nothing_else(client, room, time_machine):
    who = a_follower(room, READER, "front:en")
    page = own_page(who)
    time_machine.move_to(clock.now() + CHOICES_FOR + timedelta(minutes=1))
    assert client.get(page).status_code == 403
    assert "Every story" not in client.get(page).content.decode()
    client.post(page, {"deed": "leave"})  # The only button on that page sends a link.
    assert Letter.objects.get().to == READER
    who.refresh_from_db()
    assert who.standing == Standing.ACTIVE
    stop = client.get(f"{page}stop/?of=front:en&edition=en").content.decode()
    assert f'href="{page}"' in stop  # No younger link is had from an old one.
    client.post(f"{page}stop/?of=front:en&edition=en")
    assert not Subscription.objects.exists()


def test_a_reader_refuses_to_be_counted_and_may_change_that(client, room, monkeypatch):
    who = a_follower(room, READER, f"topic:{room.topic.pk}")
    assert "Opened letters" not in client.get(own_page(who)).content.decode()
    counting = live_settings.DATELINE.model_copy(update={"counts_opens": True})
    monkeypatch.setattr(live_settings, "DATELINE", counting)
    assert "Do not count mine" in client.get(own_page(who)).content.decode()
    client.post(own_page(who), {"deed": "uncounted"})
    who.refresh_from_db()
    assert not who.is_counted
    monkeypatch.setattr(live_settings, "DATELINE", counting.model_copy(update={"counts_opens": 0}))
    assert "Yours are not counted." in client.get(own_page(who)).content.decode()
    client.post(own_page(who), {"deed": "counted"})
    who.refresh_from_db()
    assert who.is_counted
    words = Consent.objects.filter(deed="changed").values_list("words", flat=True)
    assert list(words) == ["Do not count mine", "Count mine too"]


def test_who_subscribes_where_opens_are_counted_is_told_so(client, room, monkeypatch):
    told = "Of some it is counted whether they are opened, which I can refuse."
    page = f"/subscribe/?edition=en&to=topic:{room.topic.pk}"
    assert told not in client.get(page).content.decode()
    counting = live_settings.DATELINE.model_copy(update={"counts_opens": True})
    monkeypatch.setattr(live_settings, "DATELINE", counting)
    assert told in client.get(page).content.decode()
