"""Each screen of the newsroom brings the styles of what stands on it."""

import re
from pathlib import Path

import pytest

import dateline.newsroom
from tests.factories import a_newsroom

pytestmark = pytest.mark.django_db
STYLES = Path(dateline.newsroom.__file__).parent / "static" / "newsroom"
EVERYWHERE = ["newsroom", "mark", "notices", "lists"]


def brought(page):
    return re.findall(r'href="/-/static/newsroom/([\w/]+)[\w.]*\.css"', page)


@pytest.mark.parametrize(
    ("screen", "own"),
    [
        ("stories/", []),
        ("rundown/", ["rundown"]),
        ("rundown/en/0/", ["rundown"]),
        ("alerts/", ["alerts"]),
        ("alerts/new/", ["alerts"]),
        ("newsletters/", ["newsletters"]),
        ("newsletters/new/", ["newsletters"]),
        ("letters/", ["letters"]),
        ("live/", ["live/live"]),
        ("nonesuch/", []),
    ],
)
def test_a_screen_brings_its_styles_behind_those_of_all(client, screen, own):
    client.force_login(a_newsroom().editor)
    found = brought(client.get(f"/newsroom/{screen}").content.decode())
    assert found == EVERYWHERE + own
    assert all((STYLES / f"{name}.css").is_file() for name in found)


def test_a_notice_outside_of_the_screens_brings_its_own_alone(client):
    assert brought(client.get("/newsroom/nonesuch/", follow=True).content.decode()) == EVERYWHERE
    notice = (STYLES.parents[1] / "templates" / "newsroom" / "notice.html").read_text()
    assert brought(notice) == ["notices"]
