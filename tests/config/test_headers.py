"""What every answer tells browsers, and where old addresses lead."""

import pytest

from dateline.topics.actions import save_edition
from dateline.topics.models import Edition
from tests.factories import a_newsroom, a_published_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_newsroom()


def test_a_readers_page_gives_up_what_it_does_not_use(room, client):
    headers = client.get("/").headers
    assert "camera=()" in headers["Permissions-Policy"]
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in policy
    assert "trusted-types dateline" in policy


def test_the_newsroom_has_a_policy_of_its_own(room, client):
    policy = client.get("/newsroom/login/").headers["Content-Security-Policy"]
    assert "trusted-types" not in policy


def test_what_moved_may_move_on(room, client):
    story = a_published_story(room)
    answer = client.get(f"/20010101/old-words-{story.pk}.html")
    assert (answer.status_code, answer["Location"]) == (301, story.address)
    assert answer["Cache-Control"] == "public, no-cache"


def test_an_edition_is_there_without_its_slash(room, client):
    russian = Edition(code="ru", name="М", agency="М", language="ru", tagline="")
    save_edition(by=None, edition=russian)
    answer = client.get("/ru")
    assert (answer.status_code, answer["Location"]) == (301, "/ru/")
    assert client.get("/en").status_code == 404


def test_a_browser_finds_the_sites_mark_where_it_looks_first(room, client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer["Location"].endswith(".png")
