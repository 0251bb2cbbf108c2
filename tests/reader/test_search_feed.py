"""A search as a feed."""

from datetime import timedelta

import pytest
import time_machine

from dateline.common import clock
from dateline.journal.queries import replay
from dateline.search.tasks import index_after
from dateline.stories.actions import hold_story
from tests.factories import a_newsroom, a_published_story
from tests.reader.feed_rules import check_atom, check_json, check_rss

pytestmark = pytest.mark.django_db
CHECKS = {"xml": check_rss, "atom": check_atom, "json": check_json}


@pytest.fixture
def room():
    return a_newsroom()


def index():
    for recorded in replay(0):
        index_after(recorded)


@pytest.mark.parametrize("ending", CHECKS)
def test_what_is_found_stands_newest_first(client, room, ending):
    with time_machine.travel(clock.now() - timedelta(seconds=2)):
        early = a_published_story(room, "Talks fail 1")
    stories = [early, a_published_story(room, "Talks fail 2")]
    a_published_story(room, "Goat crosses", paragraph="Nothing else.")
    index()
    answer = client.get(f"/search/feed.{ending}", {"q": "talks & <fail>", "utm_source": "x"})
    found = CHECKS[ending](answer.content)
    assert [one.rpartition("-")[2] for one in found] == [str(one.pk) for one in reversed(stories)]
    assert b"utm_source" not in answer.content
    assert "Cache-Tag" not in answer


def test_without_words_nothing_is_found(client, room):
    a_published_story(room)
    index()
    assert check_rss(client.get("/search/feed.xml").content) == []


def test_what_is_held_is_not_found(client, room):
    story = a_published_story(room)
    index()
    hold_story(by=None, story=story, why="Check.")
    assert check_atom(client.get("/search/feed.atom?q=talks").content) == []


def test_a_reader_that_has_it_gets_304(client, room):
    a_published_story(room)
    index()
    first = client.get("/search/feed.xml?q=talks")
    again = client.get("/search/feed.xml?q=talks", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_edition_there_is_not_has_none(client, room):
    assert client.get("/xx/search/feed.xml?q=talks").status_code == 404


def test_the_page_of_a_search_names_its_feed(client, room):
    page = client.get("/search/?q=talks").content.decode()
    assert 'href="/search/feed.xml?q=talks"' in page
