"""Signing in: so many tries for a name and from an address, and no word about who exists."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from dateline.people import logins
from tests.addresses import reverse
from tests.factories import a_newsroom

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-pass-phrase"
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def few_tries(settings, own_tries):
    few = {"login_tries_per_name": 3, "login_tries_per_address": 8, "login_window_minutes": 15}
    settings.DATELINE = settings.DATELINE.model_copy(update=few)


@pytest.fixture
def room():
    return a_newsroom()


def log_in(client, name, password="wrong", address="203.0.113.1"):
    form = {"username": name, "password": password}
    return client.post(reverse("wagtailadmin_login"), form, REMOTE_ADDR=address)


def words(answer):
    """Return what a person reads, without the marks that are new for every page."""
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(text.split())


def test_after_too_many_tries_a_name_must_wait_and_is_told_how_long(room, time_machine):
    time_machine.move_to(NOON, tick=False)
    client = Client()
    tries = [log_in(client, "editor") for _ in range(4)]
    assert [answer.status_code for answer in tries] == [200, 200, 200, 429]
    assert tries[3]["Retry-After"] == "300"
    assert "There were too many tries. Wait 5 minutes, then try again." in words(tries[3])
    assert log_in(client, "editor", PASSWORD).status_code == 429
    time_machine.move_to(NOON + timedelta(minutes=5), tick=False)
    assert log_in(client, "editor", PASSWORD).status_code == 302


def test_a_name_that_does_not_exist_is_answered_alike(room, time_machine):
    time_machine.move_to(NOON, tick=False)
    there, not_there = [
        [log_in(Client(), name, address=address) for _ in range(4)]
        for name, address in (("editor", "203.0.113.1"), ("nobody", "203.0.113.2"))
    ]
    assert [a.status_code for a in there] == [a.status_code for a in not_there]
    assert words(there[3]).replace("editor", "") == words(not_there[3]).replace("nobody", "")


@pytest.mark.parametrize("other", ["EDITOR", " editor ", "ｅditor"])
def test_a_name_spelt_otherwise_is_the_same_name(room, other):
    for _ in range(3):
        log_in(Client(), "editor")
    assert log_in(Client(), other).status_code == 429


def test_one_address_may_not_go_through_all_names(room):
    answers = [log_in(Client(), f"name-{number}").status_code for number in range(9)]
    assert answers == [200] * 8 + [429]
    assert log_in(Client(), "editor", PASSWORD).status_code == 429
    assert log_in(Client(), "editor", PASSWORD, address="203.0.113.2").status_code == 302


def test_many_addresses_get_no_more_tries_for_a_name(room):
    answers = [log_in(Client(), "editor", address=f"203.0.113.{n}").status_code for n in range(4)]
    assert answers == [200, 200, 200, 429]


def test_a_right_password_clears_its_own_count_and_nobody_elses(room):
    client = Client()
    for _ in range(2):
        log_in(client, "editor")
    for number in range(5):
        log_in(client, f"name-{number}")
    assert log_in(client, "editor", PASSWORD).status_code == 302
    assert log_in(Client(), "somebody").status_code == 200
    assert log_in(Client(), "somebody").status_code == 429


def test_who_guesses_at_a_name_keeps_its_owner_out_of_no_browser_they_use(room):
    own = Client()
    log_in(own, "editor", PASSWORD)
    own.post(reverse("wagtailadmin_logout"))
    for _ in range(4):
        log_in(Client(), "editor", address="203.0.113.66")
    assert log_in(Client(), "editor", PASSWORD).status_code == 429
    assert log_in(own, "editor", PASSWORD).status_code == 302


def test_a_mark_is_good_for_its_own_name_and_not_if_it_was_made_up(room):
    mark = logins.mark_for("editor")
    assert logins.is_known(mark, "Editor")
    assert not logins.is_known(mark, "nobody")
    assert not logins.is_known(mark[:-1] + ("A" if mark[-1] != "A" else "B"), "editor")


def test_a_browsers_mark_is_for_the_newsroom_alone(room):
    cookie = log_in(Client(), "editor", PASSWORD).cookies["dateline_browser"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
        "/newsroom/",
        True,
        "Strict",
    )


def test_new_passwords_are_sent_so_often_and_no_more(room, settings):
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = True
    room.editor.email = "editor@news.example"
    room.editor.save()
    for address in ("editor@news.example", "nobody@news.example"):
        form = {"email": address}
        answers = [Client().post(reverse("wagtailadmin_password_reset"), form) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert len(mail.outbox) == 3


def test_without_a_mail_server_no_new_password_is_offered(room):
    assert "Forgotten password" not in words(Client().get(reverse("wagtailadmin_login")))
    assert Client().get(reverse("wagtailadmin_password_reset")).status_code == 404
