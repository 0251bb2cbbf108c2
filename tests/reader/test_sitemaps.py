"""Sitemaps: what the protocol asks, which days they name, and when they change."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from lxml import etree

from dateline.common import clock
from dateline.journal.queries import head, replay
from dateline.live.actions import open_coverage
from dateline.publishing import scheduler
from dateline.publishing.months import count_month
from dateline.reader import sitemaps
from dateline.stories.actions import correct_story, hold_story
from dateline.stories.entries import MonthCounted
from dateline.stories.models import Story, StoryMonth
from tests.factories import a_newsroom, a_published_story
from tests.live.coverage import Coverage
from tests.reader.dated import a_story_of

pytestmark = pytest.mark.django_db
NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


@pytest.fixture
def room():
    return a_newsroom()


def tally():
    for recorded in replay(0):
        count_month(recorded)


def read(client, at):
    answer = client.get(at)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return etree.fromstring(answer.content)


def files(client):
    """Return the index's files with their times, by name."""
    root = read(client, "/sitemap.xml")
    found = {}
    for one in root.findall("s:sitemap", NS):
        name = one.find("s:loc", NS).text.removeprefix(f"{settings.DATELINE.base_url}/sitemaps/")
        found[name] = one.findtext("s:lastmod", None, NS)
    return found


def addresses(root):
    return [
        one.text.removeprefix(settings.DATELINE.base_url) for one in root.iterfind(".//s:loc", NS)
    ]


def test_the_index_names_each_month_with_its_last_change(client, room):
    a_story_of(room, "2008-11-13")
    changed = a_story_of(room, "2010-01-01")
    tally()
    before = files(client)
    assert list(before) == [
        "en/sections.xml",
        "en/storylines.xml",
        "en/news.xml",
        "en/topics-1.xml",
        "en/2010-01.xml",
        "en/2008-11.xml",
    ]
    correct_story(by=None, story=changed, text="Not so.")
    tally()
    after = files(client)
    assert after["en/2010-01.xml"] > before["en/2010-01.xml"]
    assert after["en/2008-11.xml"] == before["en/2008-11.xml"]


def test_a_run_of_one_month_is_told_of_once(room):
    seen = head()
    for day in ("2008-11-13", "2008-11-14", "2008-11-15", "2010-01-01"):
        a_story_of(room, day)
    tally()
    months = [one.entry.month for one in replay(seen) if isinstance(one.entry, MonthCounted)]
    assert months == ["200811", "201001"]
    assert dict(StoryMonth.objects.values_list("month", "stories")) == {"200811": 3, "201001": 1}
    tally()
    assert len([1 for one in replay(seen) if isinstance(one.entry, MonthCounted)]) == 2


def test_what_was_counted_twice_counts_once(client, room):
    a_story_of(room, "2008-11-13")
    a_story_of(room, "2008-11-14")
    tally()
    tally()
    row = StoryMonth.objects.get()
    assert (row.month, row.stories) == ("200811", 2)


def test_a_month_nobody_counted_yet_has_the_time_of_its_last_story(client, room):
    a_story_of(room, "2008-11-13")
    assert files(client)["en/2008-11.xml"] == "2008-11-13T12:00:00+00:00"


def test_a_month_names_its_visible_stories_with_their_last_change(client, room):
    story, held = a_story_of(room, "2008-11-13"), a_story_of(room, "2008-11-14")
    hold_story(by=None, story=held, why="Check.")
    correct_story(by=None, story=story, text="Not so.")
    root = read(client, "/sitemaps/en/2008-11.xml")
    story = Story.objects.select_related("edition").get(pk=story.pk)
    assert addresses(root) == [story.address]
    lastmod = root.findtext(".//s:lastmod", None, NS)
    assert datetime.fromisoformat(lastmod) == story.updated_at


def test_a_month_too_large_for_one_file_is_split_by_day(client, room, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_URLS", 2)
    stories = [a_story_of(room, f"2008-11-{day}") for day in (13, 13, 20)]
    tally()
    names = [name for name in files(client) if "2008" in name]
    assert names == ["en/2008-11-20.xml", "en/2008-11-13.xml"]
    days = [addresses(read(client, f"/sitemaps/{name}")) for name in names]
    assert [len(day) for day in days] == [1, 2]
    assert len({at for day in days for at in day}) == len(stories)


def test_sections_and_topics_have_their_files(client, room):
    places = addresses(read(client, "/sitemaps/en/sections.xml"))
    lists = ["/newsfeed/", "/topics/", "/storylines/", "/archive/"]
    assert places == ["/", "/world/", "/culture/", *lists]
    assert addresses(read(client, "/sitemaps/en/topics-1.xml")) == ["/topics/ostrel/"]
    assert client.get("/sitemaps/en/topics-2.xml").status_code == 404
    assert client.get("/sitemaps/en/topics-0.xml").status_code == 404


def test_news_leave_after_two_days_and_the_scheduler_says_so(client, room):
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False) as traveller:
        story = a_published_story(room, "Talks & <more>")
        a_story_of(room, "2026-11-01")
        root = read(client, "/sitemaps/en/news.xml")
        assert [one.text for one in root.iterfind(".//n:title", NS)] == ["Talks & <more>"]
        assert root.findtext(".//n:publication_date", None, NS).startswith("2026-11-24T12:00")
        since = clock.now()
        traveller.shift(timedelta(hours=48, seconds=1))
        keys = client.get("/sitemaps/en/news.xml")["Cache-Tag"].split()
        assert addresses(read(client, "/sitemaps/en/news.xml")) == []
        rung = set(scheduler._keys_of_time(since, clock.now()))
        assert {"news:en"} <= rung & set(keys)
        assert story.pk


def test_only_the_root_has_files(client, room):
    assert client.get("/world/sitemap.xml").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_file_asks_as_often_as_this(client, room, django_assert_num_queries, count):
    for day in range(count):
        a_story_of(room, f"2008-11-1{day}")
    tally()
    for at, asked in (("/sitemaps/en/2008-11.xml", 4), ("/sitemap.xml", 7)):
        client.get(at)
        with django_assert_num_queries(asked):
            client.get(at)


def test_a_post_changes_the_date_of_its_coverage(client, room):
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False) as now:
        story = a_published_story(room, "Live: the Council meets", kind="live")
        live = Coverage(room, story, open_coverage(by=None, story=story))
        tally()
        file = "/sitemaps/en/2026-11.xml"
        for minutes in (5, 10):
            now.shift(timedelta(minutes=5))
            live.send(f"Minute {minutes}.")
            told = f"2026-11-24T12:{minutes:02}:00+00:00"
            assert read(client, file).findtext(".//s:lastmod", None, NS) == told
            assert files(client)["en/2026-11.xml"] == told
        for path in (file, "/sitemap.xml"):
            assert f"live:{story.pk}" in client.get(path)["Cache-Tag"].replace(",", " ").split()


def test_the_first_post_of_a_coverage_rings_the_sitemap(client, room):
    story = a_published_story(room, "Live: the Council meets", kind="live")
    for path in ("/sitemap.xml", f"/sitemaps/en/{clock.now():%Y-%m}.xml"):
        assert f"live:{story.pk}" in client.get(path)["Cache-Tag"].replace(",", " ").split()
