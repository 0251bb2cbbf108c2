"""What a browser without an account was sent, and why: shown to that browser alone."""

import re
from datetime import timedelta

import pytest

from dateline.reader.subscribe import browser as pages
from dateline.stories.actions import kill_story
from dateline.subscriptions.mail.links import OWN_FOR, own_token_of, token_of
from dateline.subscriptions.models import Consent, Delivery, Subscriber
from dateline.topics.actions import save_edition
from dateline.topics.models import Edition
from tests.factories import a_published_story
from tests.subscriptions.test_doors import sent_lines
from tests.subscriptions.test_push import (
    Reader,
    after_all,
    an_alert,
    chosen,
    here,
    post,
    reader,
    service,
)

__all__ = ["chosen", "here", "post", "reader", "service"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOTHING = "Nothing yet. What comes will stand here, with what it came for."


def sent_url(reader, edition="en"):
    answer = reader.tell("sent", endpoint=reader.endpoint, edition=edition)
    assert answer.status_code == 200
    return answer.json()["url"]


def text_at(reader, url):
    answer = reader.client.get(url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    return answer.content.decode()


def followed(page):
    return re.findall(r'<li><bdi class="account-line">(.*?)</bdi></li>', page)


def test_it_says_what_came_and_why_and_why_not(here, reader, post, chosen):
    chosen(push_most_a_day=1)
    section = f"section:{here.world.pk}"
    reader.follow("breaking:en", section)
    an_alert(here)
    after_all(post)
    a_published_story(here, "Talks fail in Brenn")
    after_all(post)
    url = sent_url(reader)
    page = text_at(reader, url)
    assert "<h1>What this browser was sent, and why</h1>" in page
    assert ("Bridge in Brenn closed" in page, "Talks fail in Brenn" in page) == (True, True)
    assert [line.partition(" · ")[2] for line in sent_lines(reader.client, url)] == [
        "Notification · Not sent: There had been many that day"
        " · because you follow the section World",
        "Notification · Sent · because you follow breaking news",
    ]
    assert followed(page) == ["Breaking news", "World"]


def test_before_anything_came_it_says_so(here, reader):
    reader.follow("breaking:en")
    assert NOTHING in text_at(reader, sent_url(reader))


def test_what_was_withdrawn_is_listed_without_its_words(here, reader, post):
    reader.follow("front:en")
    story = a_published_story(here, "All wrong")
    after_all(post)
    assert "All wrong" in text_at(reader, sent_url(reader))
    kill_story(by=None, story=story, why="Wrong")
    after_all(post)
    page = text_at(reader, sent_url(reader))
    assert ("All wrong" in page, "Withdrawal of what was sent" in page) == (False, True)


def test_older_lines_are_a_page_further_on(here, reader, post, monkeypatch):
    monkeypatch.setattr(pages, "PER_PAGE", 2)
    reader.follow("front:en")
    for headline in ("First", "Second", "Third"):
        a_published_story(here, headline)
    after_all(post)
    page = text_at(reader, sent_url(reader))
    assert ("Third" in page, "First" in page) == (True, False)
    older = re.search(r'href="([^"]+before=\d+)"', page)[1].replace("&amp;", "&")
    page = text_at(reader, older)
    assert ("Third" in page, "First" in page, "The latest" in page) == (False, True, True)


def test_only_who_knows_the_endpoint_is_told_where(here, reader, client, service):
    reader.follow("breaking:en")
    other = Reader(client, service, "/p/2")
    other.follow(f"section:{here.world.pk}")
    assert sent_url(reader) != sent_url(other)
    assert followed(text_at(reader, sent_url(reader))) == ["Breaking news"]
    assert followed(text_at(other, sent_url(other))) == ["World"]
    for wrong in ("", reader.endpoint + "x", "https://push.example/"):
        answer = reader.tell("sent", endpoint=wrong, edition="en")
        assert (answer.status_code, answer.json()) == (400, {"error": "endpoint-refused"})
    who = Subscriber.objects.order_by("pk")[0]
    assert client.get(f"/letters/{who.key}/").status_code == 404
    assert client.get(f"/letters/{own_token_of(who.key, who.mail)[:-1]}/").status_code == 404


def test_the_link_is_good_for_a_day_and_changes_nothing_but_the_clock(here, reader, time_machine):
    reader.follow("breaking:en")
    who, url = Subscriber.objects.get(), sent_url(reader)
    assert reader.client.post(url, {"deed": "leave"}).status_code == 200
    assert who.subscriptions.count() == 1
    export = f"{url.partition('?')[0]}export.json"
    assert reader.client.get(export).json()["subscriptions"][0]["subject"] == "breaking:en"
    time_machine.shift(OWN_FOR + timedelta(minutes=1))
    lima = {"deed": "clock", "timezone": "America/Lima"}
    for address in (url, export, f"/letters/{token_of(who.key)}/"):
        assert reader.client.post(address, lima).status_code == 403
        answer = reader.client.get(address)
        assert answer.status_code == 403
        assert 'href="/preferences/#notices-head"' in answer.content.decode()
        assert followed(answer.content.decode()) == []
    who.refresh_from_db()
    assert who.timezone == ""


def test_its_clock_is_changed_by_hand_and_its_times_go_by_it(here, reader, post):
    reader.follow("breaking:en", timezone="Asia/Tbilisi")
    an_alert(here)
    after_all(post)
    url = sent_url(reader)
    page = text_at(reader, url)
    assert "<option selected>Asia/Tbilisi</option>" in page
    assert ("Notifications rest at its night." in page, "Letters that come" in page) == (
        True,
        False,
    )
    answer = reader.client.post(url, {"deed": "clock", "timezone": "Asia/Dubai"})
    assert (answer.status_code, answer["Location"]) == (302, f"{url}&done=changed")
    page = text_at(reader, answer["Location"])
    assert (">Done.<" in page, "<bdi>Asia/Dubai</bdi>" in page) == (True, True)
    assert re.search(r'<time datetime="[^"]+\+04:00"[^>]*>[^<]+ \+04<', page)
    reader.client.post(url, {"deed": "clock", "timezone": ""})
    assert Subscriber.objects.get().timezone == ""


def test_a_clock_that_there_is_not_is_refused_beside_the_field(here, reader):
    reader.follow("breaking:en", timezone="Asia/Tbilisi")
    url = f"{sent_url(reader)}&done=changed"
    answer = reader.client.post(url, {"deed": "clock", "timezone": "Nowhere/Land"})
    page = answer.content.decode()
    assert (answer.status_code, "Done." in page) == (400, False)
    assert "There is no such time zone. Your clock stays as it was." in page
    assert '<details class="other-way" open>' in page
    assert Subscriber.objects.get().timezone == "Asia/Tbilisi"


def test_it_speaks_the_language_of_the_page_that_led_there(here, reader):
    russian = Edition(code="ru", name="М", agency="М", language="ru", timezone="Europe/Moscow")
    save_edition(by=None, edition=russian)
    reader.follow("breaking:en")
    assert 'lang="ru"' in text_at(reader, sent_url(reader, "ru"))
    assert 'lang="en"' in text_at(reader, sent_url(reader))
    assert followed(text_at(reader, sent_url(reader, "ru"))) == ["Срочные новости · English"]
    names = reader.tell("mine", endpoint=reader.endpoint, edition="ru").json()["names"]
    assert names == {"breaking:en/en": "Срочные новости · English"}


def test_a_browser_without_an_endpoint_any_more_leads_nowhere(here, reader, post):
    reader.follow("breaking:en")
    reader.tell("stop", endpoint=reader.endpoint, edition="en", pressed="off")
    assert reader.tell("sent", endpoint=reader.endpoint, edition="en").status_code == 400


def test_a_press_is_noted_in_the_words_of_its_button(here, reader, post):
    world = f"section:{here.world.pk}"
    reader.follow("breaking:en", world)
    an_alert(here)
    after_all(post)
    place = {"endpoint": reader.endpoint, "edition": "en", "page": "http://localhost:8000/x/"}
    reader.tell("leave", follows=[f"{world}/en"], pressed="box", **place)
    reader.tell("stop", pressed="off", **place)
    assert list(Consent.objects.order_by("pk").values_list("deed", "subject", "words")) == [
        ("subscribed", "breaking:en", "Turn on notifications"),
        ("subscribed", world, "Turn on notifications"),
        ("left-one", world, "Notify me of"),
        ("left", "breaking:en", "Turn off notifications"),
    ]
    assert Subscriber.objects.get().standing == "stopped"
    assert Delivery.objects.count() == 1


def test_the_buttons_are_on_the_pages(here, client):
    preferences = client.get("/preferences/").content.decode()
    for words in ("Turn on notifications", "Turn off notifications", "Notify me of"):
        assert f">{words}<" in preferences
    assert ">What this browser was sent, and why<" in preferences
    dialog = client.get("/subscribe/?edition=en").content.decode()
    assert ('data-push="Turn on notifications"' in dialog, 'data-stop="Stop"' in dialog) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    ("zone", "is_known"), [("Asia/Tbilisi", True), ("", True), ("Nowhere/Land", False)]
)
def test_a_browser_is_told_whether_its_clock_is_known(here, reader, zone, is_known):
    asked = {"subscription": reader.subscription, "edition": "en", "follows": ["breaking:en/en"]}
    answer = reader.tell("follow", timezone=zone, **asked).json()
    assert answer == {"follows": ["breaking:en/en"], "clock": is_known}
    assert Subscriber.objects.get().timezone == (zone if is_known else "")


@pytest.mark.parametrize(("zone", "is_quiet"), [("America/Lima", False), ("", True)])
def test_what_is_taken_back_is_quiet_at_the_night_of_its_reader(
    here, reader, post, time_machine, zone, is_quiet
):
    reader.follow("front:en", timezone=zone)
    story = a_published_story(here)
    after_all(post)
    time_machine.move_to("2026-11-24T23:30:00Z")
    kill_story(by=None, story=story, why="Wrong.")
    after_all(post)
    assert [one["quiet"] for one in reader.shown] == [False, is_quiet]
