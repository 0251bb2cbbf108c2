"""`/me`: who is logged in, what they have not seen and what they follow, by one question."""

from datetime import timedelta

import pytest

from dateline.common import clock
from dateline.people.models import Session
from dateline.subscriptions.actions import Choice, follow, subscriber_for
from dateline.subscriptions.rules import subject_of
from tests.readers.conftest import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(ada):
    visitor = Visitor()
    visitor.log_in("ada@example.org")
    return visitor


def test_it_asks_once(visitor, django_assert_num_queries):
    with django_assert_num_queries(1):
        told = visitor.me()
    assert told["reader"]["slug"] == "ada-venn"
    assert told["csrf"]
    assert (told["unread"], told["follows"]) == ({"notices": 0}, [])


def test_it_tells_what_is_followed_without_another_question(
    visitor, ada, room, django_assert_num_queries
):
    who = subscriber_for(by=None, mail="ada@example.org", edition=room.edition, reader=ada)
    for kind in ("topic:1", "person:5"):
        follow(
            by=None, subscriber=who, choice=Choice(subject=subject_of(kind), edition=room.edition)
        )
    with django_assert_num_queries(1):
        told = visitor.me()
    assert sorted(told["follows"]) == ["person:5/en", "topic:1/en"]
    assert told["unread"] == {"notices": 0}


def test_a_stranger_costs_nothing(room, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Visitor().me()["reader"] is None


def test_it_is_for_nobodys_cache(visitor):
    answer = visitor.client.get("/me")
    assert answer["Cache-Control"] == "private, no-store"
    assert visitor.client.post("/me").status_code == 405


def test_a_session_that_ended_is_nobodys_and_the_hint_goes(visitor):
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    answer = visitor.client.get("/me")
    assert answer.json()["reader"] is None
    assert answer.cookies["dateline_hint"].value == ""


def test_a_password_changed_elsewhere_ends_it(visitor, ada):
    ada.account.set_password("another-long-phrase")
    ada.account.save()
    assert visitor.me()["reader"] is None


def test_a_closed_account_is_nobody(visitor, ada):
    ada.account.is_active = False
    ada.account.save()
    assert visitor.me()["reader"] is None


def test_a_member_of_staff_with_a_name_has_a_badge(visitor, ada):
    ada.account.is_staff = True
    ada.account.save()
    assert visitor.me()["reader"]["staff"] is True


def test_the_picture_is_drawn_from_the_name(visitor):
    answer = visitor.client.get(visitor.me()["reader"]["avatar"])
    assert answer["Content-Type"] == "image/svg+xml"
    assert b">AV</text>" in answer.content
    assert visitor.client.get("/-/avatar/999-000000000000.svg").status_code == 404
