"""Whole pages look as they were reviewed: two widths, light and dark, from the left and the right.

A newsroom whose clock stands is asked, so its pages are the same each day. A picture is taken again
until it is as it was reviewed, for scripts add to a page in their own time. Made anew, to be looked
at, by `NEW_LAYOUT=1 ./dateline test tests/journeys/test_whole_pages.py`.
"""

import os
import re
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from PIL import Image

from tests.journeys.ink import SCALE, ink, mark, moved
from tests.journeys.running import PATIENCE, Running

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent / "layout" / "pages"
STEADY = (Path(__file__).parent / "steady.js").read_text().strip().removesuffix(";")
IS_NEW = bool(os.environ.get("NEW_LAYOUT"))
MOMENT = datetime(2026, 11, 24, 14, tzinfo=UTC)
MONTH = f"{MOMENT:%Y-%m}"
SETTLES_WITHIN = 10.0  # seconds
STORIES = {
    "news": "talks-on-the-status-of-ostrel-fail",
    "live": "as-it-happened-the-night",
    "offbeat": "goat-with-papers",
    "feature": "the-people-who-have-kept-a-bag",
    "analysis": "why-two-blocs-cannot-agree",
}
PAGES = {
    "front": "/",
    "section": "/world/",
    "storyline": "/storylines/ostrel-status/",
    "search": "/search/?q=talks",
    "newsfeed": "/newsfeed/",
    "chat": "{news}/chat/",
    **{kind: f"{{{kind}}}" for kind in STORIES},
}
RIGHT_TO_LEFT = {
    "front-ar": "/ar/",
    "section-ar": "/ar/alam/",
    "storyline-ar": "/ar/storylines/ostrel-status/",
    "search-ar": f"/ar/search/?q={quote('محادثات')}",
    "newsfeed-ar": "/ar/newsfeed/",
    "news-ar": "{news_ar}",
    "chat-ar": "{news_ar}/chat/",
}
WIDTHS = [390, 1440]
ALL = [(name, width) for name in PAGES | RIGHT_TO_LEFT for width in WIDTHS]


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    """A newsroom of its own in which nothing happens, not even the passing of time."""
    home = tmp_path_factory.mktemp("standing") / "newsroom"
    running = Running(home, settings={"sample_pictures": "no"}, stands_at=MOMENT).start()
    yield running
    assert running.stop() == 0, running.log


@pytest.fixture(scope="module")
def addresses(standing):
    """The paths of stories by what `PAGES` calls them, once the runner filled what they show."""
    stories = {kind: address_of(standing, "en", slug) for kind, slug in STORIES.items()}
    stories["news_ar"] = address_of(standing, "ar", "fshl-lmhdtht")
    for code in ("", "/ar"):
        standing.await_words(f"{code}/chats/", "chat-link")
    for path in (PAGES["search"], RIGHT_TO_LEFT["search-ar"]):
        standing.await_words(path, "found-story")
    return stories


def address_of(standing, edition, slug):
    with urlopen(f"{standing.url}/sitemaps/{edition}/{MONTH}.xml", timeout=PATIENCE) as answer:
        return re.search(rf"/(?:ar/)?\d{{8}}/{slug}[^<\"]*html", answer.read().decode())[0]


@pytest.fixture
def shown(standing, addresses, open_page):
    """Return a function that opens one of the pages and makes it steady."""

    def show(name, width):
        small = {"reduced_motion": "reduce", "device_scale_factor": SCALE}
        page = open_page("about:blank", width=width, height=1000, **small)
        page.clock.set_fixed_time(MOMENT)
        page.goto(standing.url + (PAGES | RIGHT_TO_LEFT)[name].format(**addresses))
        page.mouse.move(1, 1)  # What waits for a page to settle comes now.
        assert page.evaluate(f"({STEADY})"), "our own font"
        return page

    return show


def picture_of(page):
    return page.screenshot(full_page=True, animations="disabled", caret="hide")


def becomes_as_reviewed(page, file):
    """Return what is other than in a kept picture; nothing as soon as nothing is."""
    was, end = Image.open(file), time.monotonic() + SETTLES_WITHIN
    while (found := moved(was, ink(shot := picture_of(page)))) and time.monotonic() < end:
        page.wait_for_timeout(100)
    return found, shot


@pytest.mark.parametrize(("name", "width"), ALL)
def test_a_page_looks_as_it_was_reviewed(shown, tmp_path, name, width):
    page = shown(name, width)
    for light in ("light",) if name in RIGHT_TO_LEFT else ("light", "dark"):
        page.emulate_media(color_scheme=light)
        file = HERE / f"{name}-{width}-{light}.png"
        if IS_NEW:
            page.wait_for_timeout(2000)
            HERE.mkdir(parents=True, exist_ok=True)
            ink(picture_of(page)).save(file, optimize=True)
        found, shot = becomes_as_reviewed(page, file)
        assert not found, mark(shot, found, tmp_path / file.name)


FAULTS = {
    "a block moved": (".front-seconds", "one => one.style.translate = '0 1.5rem'"),
    "a block is gone": (".front-river .card", "one => one.remove()"),
    "a block lost its rules": (".sections", "one => one.removeAttribute('class')"),
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("fault", FAULTS)
def test_the_check_sees(shown, fault, width):
    page, file = shown("front", width), HERE / f"front-{width}-light.png"
    assert becomes_as_reviewed(page, file)[0] == []
    where, change = FAULTS[fault]
    page.locator(where).first.evaluate(change)
    assert moved(Image.open(file), ink(picture_of(page))) != []
