"""Every page of an edition speaks its language: no string is left in English or unfinished."""

import re
from collections import deque

import pytest
from bs4 import BeautifulSoup, NavigableString

from dateline.publishing import jobs
from dateline.reader.memo import memo
from tools import catalogues

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OTHERS = ("/ru/", "/ar/", "/lite/", "/subscribe/?edition=ru", "/subscribe/?edition=ar")
MOST_PAGES = 160
SHOWN = ("aria-label", "title", "placeholder", "alt")
SAID_BY_SCRIPTS = re.compile(r"^data-.*(?:label|done|failed|told|text|said)$")
SCRIPTS = {"ru": re.compile(r"[\u0600-\u06ff]"), "ar": re.compile(r"[\u0400-\u04ff]")}
# Machine-readable answers and what is the same in every language.
NO_PAGE = re.compile(
    r"\.(?:xml|atom|json|jpg|txt|webmanifest|xml\.gz|ico)(?:\?|$)|/-/|/media/|/s/\d"
)


@pytest.fixture
def sample():
    from dateline.sample.actions import fill_newsroom

    memo._values.clear()
    fill_newsroom(by=None)
    assert jobs.run_next(), "its chats"
    yield
    memo._values.clear()


def strings_to_translate(language):
    """Return the English of every message whose translation reads otherwise."""
    found = set()
    for message in catalogues.read(language):
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        found |= {text for text in texts if text and text not in strings and "%(" not in text}
    return found


def interface_texts(page):
    """Return the texts a reader sees or hears, but for those marked as of another language."""
    own = page.html["lang"]
    for node in page.find_all(True):
        if node.name in ("script", "style", "template"):
            continue
        nearest = node.find_parent(lang=True) if not node.has_attr("lang") else node
        if nearest is not None and nearest["lang"] != own:
            continue
        yield from (child.strip() for child in node.children if type(child) is NavigableString)
        yield from (
            value
            for name, value in node.attrs.items()
            if isinstance(value, str) and (name in SHOWN or SAID_BY_SCRIPTS.match(name))
        )


def pages_of(client, start, passing=()):
    """Walk an edition's own links, breadth first."""
    waiting, seen = deque([start]), {start}
    while waiting and len(seen) - len(waiting) < MOST_PAGES:
        address = waiting.popleft()
        answer = client.get(address)
        assert answer.status_code in (200, 301, 302), address
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        page = BeautifulSoup(answer.text, "lxml")
        yield address, page
        for link in page.find_all("a", href=True):
            there = link["href"].partition("#")[0]
            is_inside = there.startswith(start) and not there.startswith(passing)
            if is_inside and there not in seen and not NO_PAGE.search(there):
                seen.add(there)
                waiting.append(there)


@pytest.mark.parametrize("language", ["ru", "ar"])
@pytest.mark.parametrize("version", ["", "/lite"])
def test_no_page_shows_a_string_of_another_language(client, sample, version, language):
    english = strings_to_translate(language)
    assert len(english) > 300
    foreign, visited = [], []
    for address, page in pages_of(client, f"{version}/{language}/"):
        visited.append(address)
        assert page.html["lang"] == language
        assert page.html["dir"] == ("rtl" if language == "ar" else "ltr")
        for text in interface_texts(page):
            if text in english or SCRIPTS[language].search(text):
                foreign.append((address, text))
            assert not catalogues._MARKER.search(text), (address, text)
    assert len(visited) > 60
    assert foreign == []


def test_no_english_page_shows_a_string_of_another_edition(client, sample):
    visited = 0
    for address, page in pages_of(client, "/", passing=OTHERS):
        visited += 1
        for text in interface_texts(page):
            assert not any(script.search(text) for script in SCRIPTS.values()), (address, text)
            assert not catalogues._MARKER.search(text), (address, text)
    assert visited > 60
