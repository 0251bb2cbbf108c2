"""A subscriber's own page: which clock they live by, and the words of what they agreed to."""

import html
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from dateline.people.models import Letter
from dateline.subscriptions.actions import (
    Choice,
    follow,
    pause_subscriber,
    set_clock,
    subscriber_for,
)
from dateline.subscriptions.errors import ClockUnknown
from dateline.subscriptions.models import Consent, Delivery, Subscriber, Subscription
from dateline.subscriptions.rules import Subject
from dateline.topics.actions import save_edition
from dateline.topics.models import Edition
from tests.subscriptions.following import a_follower, a_sending, written
from tests.subscriptions.test_doors import (
    READER,
    asked,
    by_mail,
    client,
    link_in_letter,
    own_page,
    sure_page,
)

__all__ = ["by_mail", "client"]
pytestmark = pytest.mark.django_db


def test_a_browser_tells_its_clock_once_and_its_reader_changes_it(client, room):
    asked(client, room)
    link = link_in_letter()
    assert 'name="timezone" data-clock' in client.get(link).content.decode()
    client.post(link, {"timezone": "Asia/Tbilisi"})
    client.post(link, {"timezone": "Asia/Tokyo"})
    who = Subscriber.objects.get()
    assert who.zone == "Asia/Tbilisi"
    page = own_page(who)
    assert "<option selected>Asia/Tbilisi</option>" in client.get(page).content.decode()
    client.post(page, {"deed": "clock", "timezone": "America/Lima"})
    who.refresh_from_db()
    assert who.zone == "America/Lima"
    client.post(page, {"deed": "clock", "timezone": ""})
    who.refresh_from_db()
    assert (who.timezone, who.zone) == ("", room.edition.timezone)


def test_without_scripts_and_from_odd_browsers_the_clock_is_that_of_the_edition(client, room):
    asked(client, room)
    answer = client.post(link_in_letter(), {"timezone": ""})
    assert "time zone that we do not know" not in client.get(answer["Location"]).content.decode()
    answer = client.post(link_in_letter(), {"timezone": "<script>"})
    assert Subscriber.objects.get().zone == room.edition.timezone
    assert "time zone that we do not know" in client.get(answer["Location"]).content.decode()


def test_a_time_zone_that_there_is_not_is_refused_beside_the_field(client, room):
    who = a_follower(room, READER, "front:en")
    set_clock(by=None, subscriber=who, timezone="Asia/Tbilisi")
    answer = client.post(own_page(who), {"deed": "clock", "timezone": "Nowhere/Land"})
    page = answer.content.decode()
    assert answer.status_code == 400
    after_asking = client.post(f"{own_page(who)}?done=followed", {"deed": "clock", "timezone": "X"})
    assert "Done." not in after_asking.content.decode()
    assert '<details class="other-way" open>' in page
    error = re.search(r'<p class="field-error" id="clock-error" role="alert">(.*?)</p>', page)[1]
    assert error == "There is no such time zone. Your clock stays as it was."
    assert 'aria-describedby="clock-help clock-error" aria-invalid="true"' in page
    with pytest.raises(ClockUnknown):
        set_clock(by=None, subscriber=who, timezone="Nowhere/Land")
    who.refresh_from_db()
    assert who.zone == "Asia/Tbilisi"
    assert "clock-error" not in client.get(own_page(who)).content.decode()


@pytest.mark.database
def test_the_ledger_goes_by_the_clock_that_a_subscriber_says_is_theirs(room):
    far = Edition(code="ar", name="م", agency="م", language="ar", direction="rtl")
    far.timezone = "Asia/Dubai"
    far = save_edition(by=None, edition=far)
    subscriber_for(by=None, mail="dubai@news.example", edition=far)
    for mail in (READER, "dubai@news.example", "lima@news.example"):
        who = a_follower(room, mail, "front:en")
    set_clock(by=None, subscriber=who, timezone="America/Lima")
    written(a_sending(room, "front:en", thing="newsletter", wall_clock="2101-01-11T07:00"))
    due = {row.subscriber: row.due_at for row in Delivery.objects.select_related("subscriber")}
    local = {
        who.mail: at.astimezone(ZoneInfo(who.zone)).isoformat()[:16] for who, at in due.items()
    }
    assert local == dict.fromkeys(local, "2101-01-11T07:00")
    assert len(set(due.values())) == 3


def test_times_are_those_of_the_readers_own_clock(client, room):
    who = a_follower(room, READER, "front:en")
    until = pause_subscriber(by=None, subscriber=who, length=timedelta(days=7))
    for zone in ("America/Lima", "Asia/Kathmandu"):
        set_clock(by=None, subscriber=who, timezone=zone)
        page = client.get(own_page(who)).content.decode()
        told = re.search(r"Paused until(.*?)</p>", page, re.DOTALL)[1]
        assert f"{until.astimezone(ZoneInfo(zone)):%H:%M}" in told


def test_what_is_followed_in_another_language_says_so(client, room):
    russian = Edition(code="ru", name="М", agency="М", language="ru", timezone="Europe/Moscow")
    russian = save_edition(by=None, edition=russian)
    who = a_follower(room, READER, f"person:{room.person.pk}")
    subject = Subject("person", str(room.person.pk))
    follow(by=None, subscriber=who, choice=Choice(subject=subject, edition=russian))
    page = client.get(own_page(who)).content.decode()
    labels = re.findall(r'<a class="account-line"[^>]*><bdi>(.*?)</bdi></a>', page)
    assert labels == ["Ilse Marek", "Ilse Marek · Русский"]


def test_before_anything_was_sent_it_says_so(client, room):
    who = a_follower(room, READER, "front:en")
    page = client.get(sure_page(who)).content.decode()
    told = page.partition("What we sent you, and why</h2>")[2].partition("</ul>")[0]
    assert "Nothing yet. What comes will stand here, with what it came for." in told
    assert "Nothing yet." not in client.get(f"{sure_page(who)}?before=1").content.decode()
    assert "Nothing yet." not in client.get(own_page(who)).content.decode()


def buttons(page):
    """Return the words of each button of a page as they are seen, with what it sends."""
    seen = re.sub(r'<span class="visually-hidden">.*?</span>', "", page)
    made = {}
    for tag, words in re.findall(r"<button([^>]*)>(.*?)</button>", seen, re.DOTALL):
        value = re.search(r'value="([^"]*)"', tag)
        made[value[1] if value else ""] = html.unescape(words).strip()
    return made


@pytest.mark.parametrize(
    ("deed", "sends"),
    [
        ("pace", {"pace": "weekly"}),
        ("stop", {}),
        ("leave", {}),
        ("7", {"deed": "pause", "days": "7"}),
        ("30", {"deed": "pause", "days": "30"}),
        ("resume", {}),
        ("uncounted", {}),
        ("counted", {}),
    ],
)
def test_a_consent_has_the_words_of_the_button_that_was_pressed(
    client, room, settings, monkeypatch, deed, sends
):
    given = settings.DATELINE.model_copy(update={"counts_opens": True})
    monkeypatch.setattr(settings, "DATELINE", given)
    who = a_follower(room, READER, "front:en")
    before = {"resume": {"deed": "pause", "days": "7"}, "counted": {"deed": "uncounted"}}.get(deed)
    if before:
        client.post(own_page(who), before)
    words = buttons(client.get(sure_page(who)).content.decode())[deed]
    number = Subscription.objects.get().pk
    client.post(sure_page(who), {"deed": deed, "number": number, **sends})
    consent = Consent.objects.latest("pk")
    assert words
    assert (consent.words, consent.language) == (words, "en")


def test_the_words_are_those_of_the_language_that_was_read(client, room):
    russian = Edition(code="ru", name="М", agency="М", language="ru", timezone="Europe/Moscow")
    russian = save_edition(by=None, edition=russian)
    who = subscriber_for(by=None, mail=READER, edition=russian)
    a_follower(room, READER, "front:en")
    words = buttons(client.get(own_page(who)).content.decode())["leave"]
    client.post(own_page(who), {"deed": "leave"})
    consent = Consent.objects.latest("pk")
    assert (consent.words, consent.language) == (words, "ru")
    assert words != "End all letters"


def test_moving_to_another_address_has_the_words_of_its_button(client, room):
    who = a_follower(room, READER, "front:en")
    client.post(sure_page(who), {"mail": "new@news.example"})
    words = buttons(client.get(link_in_letter()).content.decode())[""]
    client.post(link_in_letter())
    assert Consent.objects.get(deed="moved").words == words == "Yes, send them there"


def test_what_somebody_agreed_to_names_the_page_and_not_the_secret_that_opens_it(client, room):
    asked(client, room)
    client.post(link_in_letter())
    who = Subscriber.objects.get()
    client.post(own_page(who), {"deed": "pause", "days": "7"})
    client.post(sure_page(who), {"mail": "other@news.example"})
    client.post(link_in_letter())
    follow_from = f"/subscribe/?edition=en&to=topic:{room.topic.pk}&next={own_page(who)}"
    what = [f"topic:{room.topic.pk}"]
    client.post(follow_from, {"what": what, "pace": "daily", "mail": "other@news.example"})
    client.post(link_in_letter())
    client.post(f"{own_page(who)}stop/?of={what[0]}", {"List-Unsubscribe": "One-Click"})
    assert list(Consent.objects.order_by("pk").values_list("deed", "page")) == [
        ("subscribed", "/subscribe/confirm/…/"),
        ("paused", "/letters/…/"),
        ("moved", "/letters/move/…/"),
        ("subscribed", "/letters/…/"),
        ("left-one", "/letters/…/stop/"),
    ]


def test_a_page_opened_before_somebody_left_says_of_none_of_its_buttons_that_it_was_done(
    client, room
):
    who = a_follower(room, READER, f"topic:{room.topic.pk}")
    [row] = who.subscriptions.all()
    client.post(own_page(who), {"deed": "leave"})
    for deed in (
        {"deed": "pause", "days": "7"},
        {"deed": "resume"},
        {"deed": "pace", "number": row.pk, "pace": "daily"},
    ):
        page = client.post(own_page(who), deed, follow=True).content.decode()
        assert ('role="status"' in page, "You ended all letters." in page) == (False, True)
        assert "Letters go to" not in page


def test_letters_that_go_to_an_address_are_not_asked_to_go_there(client, room):
    who = a_follower(room, READER, f"topic:{room.topic.pk}")
    page = client.post(sure_page(who), {"mail": READER.upper()}).content.decode()
    assert "Your letters go there already." in page
    assert Letter.objects.count() == 0


@pytest.mark.parametrize("ending", ["/", "", "x", "x/"])
def test_a_link_whose_end_was_lost_is_whole_without_its_slash_or_says_it_was_not_copied(
    client, room, ending
):
    asked(client, room)
    whole = link_in_letter().partition("/?")[0]
    who = a_follower(room, "other@news.example", f"topic:{room.topic.pk}")
    for link in (whole, own_page(who).removesuffix("/")):
        page = client.get(f"{link}{ending}?edition=en", follow=True).content.decode()
        is_cut = ending.startswith("x")
        assert ("was not copied whole" in page, "Ostrel" in page) == (is_cut, not is_cut)
