"""Ending a letter by one click: what it was about, in its language, and nothing else."""

import re

import pytest
from django.test import Client

from dateline.subscriptions.actions import Choice, follow
from dateline.subscriptions.mail.links import token_of
from dateline.subscriptions.models import Consent, Subscription
from dateline.subscriptions.queries import follows_of_letter
from dateline.subscriptions.rules import subject_of
from dateline.topics.actions import save_edition
from dateline.topics.models import Edition
from tests.subscriptions.following import a_follower

pytestmark = [pytest.mark.django_db, pytest.mark.database]
READER = "reader@news.example"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def russian(room):
    made = Edition(code="ru", name="Меридиан", agency="М", language="ru", timezone="Europe/Moscow")
    return save_edition(by=None, edition=made)


@pytest.fixture
def who(room, russian):
    """Somebody who follows an author in two languages, a topic in one, and two digests."""
    person = f"person:{room.person.pk}"
    made = a_follower(room, READER, person, "breaking:en")
    a_follower(room, READER, f"topic:{room.topic.pk}", pace="daily")
    for subject, pace in ((person, "at-once"), ("front:ru", "daily")):
        choice = Choice(subject=subject_of(subject), edition=russian, pace=pace)
        follow(by=None, subscriber=made, choice=choice)
    return made


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True)


def link(who, of, edition="en"):
    return f"/letters/{token_of(who.key)}/stop/?of={of}&edition={edition}"


def followed():
    rows = Subscription.objects.select_related("edition").order_by("pk")
    return [row.name for row in rows]


def shown(answer):
    """Return the words of a page's lines, of what it names, and of its buttons."""
    page = answer.content.decode().partition("<main")[2].partition("</main")[0]
    named = re.findall(r'<bdi class="account-line">(.*?)</bdi>', page)
    buttons = re.findall(r'value="(\w+)">(.*?)</button>', page)
    return named, dict(buttons), page


@pytest.mark.parametrize("body", [ONE_CLICK, {"deed": "here"}, {}])
def test_it_ends_what_the_letter_names_in_its_language(room, who, browser, body):
    person, before = f"person:{room.person.pk}", followed()
    answer = browser.post(link(who, person), body)
    assert answer.status_code == 200
    assert followed() == [one for one in before if one != f"{person}/en"]
    named, buttons, page = shown(answer)
    assert "You will not get these letters any more." in page
    assert "They still come in other languages:" in page
    assert named == ["Ilse Marek · Русский"]
    assert buttons == {"everywhere": "Stop in all languages"}
    browser.post(link(who, person), body)  # A mail program may ask twice.
    assert f"{person}/ru" in followed()


def test_the_page_says_what_would_end_and_ends_nothing(room, who, browser):
    before = followed()
    named, buttons, _ = shown(browser.get(link(who, f"person:{room.person.pk}", "ru")))
    assert named == ["Ilse Marek · Русский"]
    assert buttons == {"here": "Stop", "everywhere": "Stop in all languages"}
    named, buttons, _ = shown(browser.get(link(who, f"topic:{room.topic.pk}")))
    assert (named, buttons) == (["Ostrel"], {"here": "Stop"})
    assert followed() == before


def test_the_second_button_ends_it_in_all_languages(room, who, browser):
    person = f"person:{room.person.pk}"
    answer = browser.post(link(who, person), {"deed": "everywhere"})
    named, buttons, page = shown(answer)
    assert (named, buttons) == ([], {})
    assert "They still come" not in page
    assert not [one for one in followed() if one.startswith(person)]
    named, buttons, page = shown(browser.get(link(who, person)))
    assert (named, buttons) == ([], {})
    assert "You do not get these letters any more." in page


def test_a_consent_says_which_button_it_was_and_in_which_edition(room, who, browser):
    person = f"person:{room.person.pk}"
    browser.post(link(who, person), ONE_CLICK)
    browser.post(link(who, person), {"deed": "everywhere"})
    browser.post(link(who, "breaking:en"), {"deed": "here"})
    left = Consent.objects.filter(deed="left-one").order_by("pk")
    assert list(left.values_list("subject", "edition", "words")) == [
        (person, "en", "One-Click"),
        (person, "ru", "Stop in all languages"),
        ("breaking:en", "en", "Stop"),
    ]


def test_a_digest_ends_in_its_edition_alone(room, who, browser):
    named, buttons, _ = shown(browser.post(link(who, "daily"), ONE_CLICK))
    assert named == ["Every story · Русский"]
    assert buttons == {"everywhere": "Stop in all languages"}
    assert "front:ru/ru" in followed()
    assert f"topic:{room.topic.pk}/en" not in followed()


@pytest.mark.parametrize(
    ("of", "edition", "count"),
    [
        ("breaking:en", "ru", 1),  # An alert's letter may name another edition than its follow.
        ("person", "", 2),
        ("person", "gone", 2),  # An edition that has another code by now still lets go.
        ("person", "ru", 1),
        ("nothing", "en", 0),
    ],
)
def test_what_a_letter_was_one_of(room, who, of, edition, count):
    of = f"person:{room.person.pk}" if of == "person" else of
    assert len(follows_of_letter(who, of, edition)) == count
