"""Who works here shows a second factor before any screen of the newsroom."""

import re

import pytest
from django.test import Client

from dateline.people.actions import make_staff
from tests.addresses import reverse
from tests.factories import a_newsroom
from tests.readers.test_security import code_of

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-pass-phrase"
SETUP = "/account/second-factor/"


@pytest.fixture(autouse=True)
def second_factor(settings, own_tries):
    settings.DATELINE = settings.DATELINE.model_copy(update={"staff_second_factor": True})


@pytest.fixture
def room():
    return a_newsroom()


def log_in(name="editor"):
    client = Client()
    answer = client.post(reverse("wagtailadmin_login"), {"username": name, "password": PASSWORD})
    return client, answer


def use_an_app(client):
    page = client.get(f"{SETUP}totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    client.post(f"{SETUP}totp/activate/", {"code": code_of(secret)})
    return secret


def test_a_password_alone_leads_to_setting_one_up(room):
    client, answer = log_in()
    assert answer["Location"] == "/newsroom/"
    for path in ("/newsroom/stories/", "/newsroom/account/", "/newsroom/users/"):
        assert client.get(path)["Location"].startswith(f"{SETUP}?next=")
    posted = client.post("/newsroom/users/new/", {"username": "eve"})
    assert posted["Location"].startswith(SETUP)


def test_who_has_one_shows_it_and_is_where_they_wanted_to_be(room):
    client, _ = log_in()
    secret = use_an_app(client)
    again = client.get("/newsroom/stories/")
    assert again["Location"].startswith(f"{SETUP}reauthenticate/?next=%2Fnewsroom%2Fstories")
    other = Client()
    given = {"username": "editor", "password": PASSWORD, "next": "/newsroom/stories/"}
    answer = other.post(reverse("wagtailadmin_login"), given)
    assert answer["Location"] == f"{SETUP}authenticate/"
    assert other.get("/newsroom/stories/")["Location"].startswith("/newsroom/login/")
    shown = other.post(f"{SETUP}authenticate/", {"code": code_of(secret, 1)})
    assert shown["Location"] == "/newsroom/stories/"
    assert other.get("/newsroom/stories/").status_code == 200


def test_a_script_of_the_editor_is_told_in_its_own_words(room):
    client, _ = log_in()
    answer = client.post("/newsroom/stories/new/", HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert (answer.status_code, answer.json()["code"]) == (401, "session-ended")


def test_the_login_of_a_demo_works_in_one_step(room):
    make_staff(name="guest", password=PASSWORD, by_password=True)
    client, _ = log_in("guest")
    assert client.get("/newsroom/stories/").status_code == 200


def test_the_first_login_of_a_real_newsroom_needs_one(room):
    assert not make_staff(name="first", password=PASSWORD).may_enter_by_password


def test_the_setting_lets_passwords_do(room, settings):
    settings.DATELINE = settings.DATELINE.model_copy(update={"staff_second_factor": False})
    client, _ = log_in()
    assert client.get("/newsroom/stories/").status_code == 200


def test_a_reader_has_no_way_into_the_newsroom(room):
    from dateline.readers.actions import Joining, register_reader

    joining = Joining(mail="ada@example.org", name="Ada", language="en", password=PASSWORD)
    account = register_reader(by=None, joining=joining).account
    client, _ = log_in(account.get_username())
    assert client.get("/newsroom/stories/").status_code == 302
    assert "stories" not in client.get("/newsroom/stories/")["Location"].partition("?")[0]
