"""Past issues of newsletters on the site: read by everybody, and without what is gone."""

import json
import re
from datetime import timedelta

import pytest

from dateline.common import clock
from dateline.reader import newsletters
from dateline.stories.actions import kill_story
from dateline.subscriptions.actions import clear_issue, shelve_issue
from tests.factories import a_published_story
from tests.subscriptions.conftest import room  # noqa: F401 - a fixture
from tests.subscriptions.lettering import Later, a_newsletter, an_issue, sent

pytestmark = pytest.mark.django_db
HOME = "/newsletters/morning/"


@pytest.fixture
def issue(room, monkeypatch):  # noqa: F811
    newsletter = a_newsletter(room, tagline="Read it first")
    gone, stays = a_published_story(room, "Minister resigns"), a_published_story(room, "A play")
    draft = an_issue(room, newsletter, gone, stays, title="Minister resigns at night")
    return sent(room, draft, Later(monkeypatch))


def read(client, path):
    return client.get(path).content.decode()


def test_past_issues_are_read_on_the_site_and_drafts_are_not(client, room, issue):  # noqa: F811
    draft = an_issue(room, issue.newsletter, title="Not yet")
    assert HOME in read(client, "/newsletters/")
    archive = read(client, HOME)
    assert (issue.title in archive, "Not yet" in archive) == (True, False)
    page = read(client, issue.address)
    for words in (issue.title, "Good morning.", "Minister resigns", "A play"):
        assert words in page
    assert client.get(draft.address).status_code == 404
    assert client.get("/newsletters/evening/").status_code == 404
    assert issue.address in read(client, "/sitemaps/en/sections.xml")


def test_older_letters_are_on_pages_of_their_own(client, room, monkeypatch):  # noqa: F811
    monkeypatch.setattr(newsletters, "PER_PAGE", 2)
    newsletter, at = a_newsletter(room), clock.now()
    for number in range(5):
        # Two left in the same moment: neither is shown twice, nor forgotten.
        draft = an_issue(room, newsletter, title=f"Letter {number}")
        shelve_issue(by=room.editor, issue=draft, at=at + timedelta(days=number // 2))

    def page(path):
        shown = read(client, path)
        links = dict(re.findall(r'class="(newest|older)" href="([^"]+)"', shown))
        return re.findall(r">Letter (\d)<", shown), links

    down, links = page(HOME)
    assert "newest" not in links
    while "older" in links:
        last, (found, links) = links["older"], page(links["older"])
        down += found
    assert down == ["4", "3", "2", "1", "0"]
    up, links = page(links["newest"])
    assert (up, set(links)) == (["2", "1"], {"newest", "older"})
    assert page(links["newest"]) == page(HOME)
    assert read(client, last).count('rel="prev"') == 1
    feed = json.loads(client.get(f"{HOME}feed.json").content)
    assert len(feed["items"]) == 5
    assert read(client, "/sitemaps/en/sections.xml").count(HOME) == 6


def test_the_feed_holds_what_left(client, room, issue):  # noqa: F811
    an_issue(room, issue.newsletter, title="Not yet")
    feed = json.loads(client.get(f"{HOME}feed.json").content)
    assert [one["title"] for one in feed["items"]] == [issue.title]
    assert "Good morning." in feed["items"][0]["content_html"]
    assert client.get(f"{HOME}feed.xml").status_code == 200
    assert client.get("/newsletters/evening/feed.xml").status_code == 404


def test_its_words_are_not_shown_while_they_may_tell_of_what_is_gone(client, room, issue):  # noqa: F811
    kill_story(by=room.editor, story=issue.parts.get().stories.first().story, why="Wrong")
    for path in (issue.address, HOME, f"{HOME}feed.json", f"{HOME}feed.atom"):
        assert "Minister" not in read(client, path)
    assert "A play" in read(client, issue.address)
    clear_issue(by=room.editor, issue=issue)
    page = read(client, issue.address)
    assert (issue.title in page, "Good morning." in page) == (True, True)
