"""The archive: the days that have stories, on the edition's clocks, and what follows what."""

import pytest

from dateline.common import clock
from dateline.journal.queries import head, replay
from dateline.reader import archive as archive_pages
from dateline.reader.addresses import read_before
from dateline.reader.archive import archive_page
from dateline.reader.present.furniture import furniture_of
from dateline.reader.visit import Visit
from dateline.stories.actions import hold_story, publish_story, write_story
from dateline.topics.actions import save_edition, save_section, save_topic
from dateline.topics.models import Section
from tests.factories import a_draft, a_newsroom
from tests.reader.dated import a_story_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_newsroom()


def archive(room, rest, before=None):
    """Return the context of an archive's page."""
    furniture = furniture_of("")
    visit = Visit(furniture=furniture, path=f"/{rest}", journal=0, now=clock.now(), before=before)
    return archive_page(visit, rest)


def filled_days(month):
    return [day.label for week in month.weeks for day in week if day.url]


def test_the_index_has_each_year_and_month_with_stories(room):
    for day in ("2008-11-13", "2008-12-01", "2026-02-03"):
        a_story_of(room, day)
    years = archive(room, "archive/").years
    assert [(year.label, [m.label for m in year.months if m.url]) for year in years] == [
        ("2026", ["Feb"]),
        ("2008", ["Nov", "Dec"]),
    ]
    assert years[1].months[10].url == "/archive/2008/11/"


def test_a_year_a_month_and_a_day_show_their_days(room):
    story, other = a_story_of(room, "2008-11-13"), a_story_of(room, "2008-11-30")
    year = archive(room, "archive/2008/")
    assert (len(year.months), filled_days(year.months[10])) == (12, ["13", "30"])
    month = archive(room, "archive/2008/11/")
    assert [card.story_id for card in month.stories] == [other.pk, story.pk]
    day = archive(room, "archive/2008/11/13/")
    assert [card.story_id for card in day.stories] == [story.pk]
    assert filled_days(day.months[0]) == ["13", "30"]
    assert day.title == "Thursday, Nov. 13, 2008"
    assert [crumb.label for crumb in day.page.crumbs] == [
        "Meridian",
        "Archive",
        "2008",
        "November",
        "13",
    ]


def test_each_leads_to_the_nearest_with_stories(room):
    for day in ("2008-11-13", "2010-01-01", "2010-01-05"):
        a_story_of(room, day)
    day = archive(room, "archive/2010/01/01/")
    assert (day.earlier.url, day.later.url) == ("/archive/2008/11/13/", "/archive/2010/01/05/")
    month = archive(room, "archive/2008/11/")
    assert (month.earlier, month.later.url) == (None, "/archive/2010/01/")
    assert archive(room, "archive/2010/").earlier.url == "/archive/2008/"


def test_a_day_begins_at_midnight_of_the_edition(room):
    room.edition.timezone = "Asia/Tokyo"
    save_edition(by=None, edition=room.edition)
    a_story_of(room, "2008-11-13T16:00:00")
    assert archive(room, "archive/2008/11/13/") is None
    assert len(archive(room, "archive/2008/11/14/").stories) == 1


@pytest.mark.parametrize("rest", ["archive/2007/", "archive/2008/10/", "archive/2008/11/12/"])
def test_where_nothing_was_published_there_is_no_page(client, room, rest):
    a_story_of(room, "2008-11-13")
    assert client.get(f"/{rest}").status_code == 404


def test_an_empty_archive_says_what_will_be_there(client, room):
    page = client.get("/archive/").content.decode()
    assert "Every day that has stories will stand here" in page


def test_sections_below_count_and_topics_have_their_own(room):
    inner = save_section(
        by=None, section=Section(edition=room.edition, parent=room.world, name="In", slug="inner")
    )
    story = a_story_of(room, "2008-11-13", section=inner)
    other = a_story_of(room, "2008-11-13", section=room.culture, topics=())
    shown = {
        at: [card.story_id for card in archive(room, f"{at}archive/2008/11/13/").stories]
        for at in ("", "world/", "world/inner/", "topics/ostrel/")
    }
    assert shown == {
        "": [other.pk, story.pk],
        "world/": [story.pk],
        "world/inner/": [story.pk],
        "topics/ostrel/": [story.pk],
    }


def test_a_long_day_goes_on_by_place(client, room, monkeypatch):
    monkeypatch.setattr(archive_pages, "PER_PAGE", 2)
    stories = [a_story_of(room, f"2008-11-13T0{hour}:00:00") for hour in range(5)]
    seen, at = [], "/archive/2008/11/13/"
    while at:
        context = archive(room, at.partition("?")[0][1:], _before(at))
        seen += [card.story_id for card in context.stories]
        assert client.get(at).status_code == 200
        at = context.older_url
    assert seen == [story.pk for story in reversed(stories)]


def _before(at):
    return read_before(at.rpartition("before=")[2]) if "?" in at else None


def test_what_is_kept_leaves_no_trace(client, room):
    a_story_of(room, "2010-01-01")
    story = a_story_of(room, "2008-11-13")
    hold_story(by=None, story=story, why="Check.")
    assert client.get("/archive/2008/11/13/").status_code == 404
    assert client.get("/archive/2008/").status_code == 404
    assert [year.label for year in archive(room, "archive/").years] == ["2010"]
    assert archive(room, "archive/2010/01/01/").earlier is None


def test_the_archive_of_what_moved_redirects(client, room):
    a_story_of(room, "2008-11-13")
    room.world.slug, room.topic.slug = "planet", "province"
    save_section(by=None, section=room.world)
    save_topic(by=None, topic=room.topic)
    old = ("/world/archive/2008/11/", "/topics/ostrel/archive/2008/11/13/", "/world/archive/")
    assert [(client.get(at).status_code, client.get(at)["Location"]) for at in old] == [
        (301, "/planet/archive/2008/11/"),
        (301, "/topics/province/archive/2008/11/13/"),
        (301, "/planet/archive/"),
    ]


def test_what_a_page_rests_on_is_rung_and_no_more(client, room):
    story = a_story_of(room, "2008-11-13")
    for day in ("2008-11-10", "2008-11-20"):
        a_story_of(room, day)
    keys = set(client.get("/archive/2008/11/13/")["Cache-Tag"].split())
    assert {"days:en:20081113", "days:en:200811", f"story:{story.pk}"} <= keys
    new = publish_story(by=None, story=write_story(by=None, draft=a_draft(room)))
    [recorded] = replay(head() - 1)
    assert recorded.entry.story == new.pk
    assert not keys & set(recorded.keys)


@pytest.mark.parametrize("at", ["/archive/", "/archive/2008/", "/archive/2008/11/13/"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_page_asks_as_often_as_this(client, room, django_assert_num_queries, at, count):
    for hour in range(count):
        a_story_of(room, f"2008-11-13T0{hour}:00:00")
    client.get(at)
    # Journal; bounds and months, or stories, cards, calendar and neighbours.
    with django_assert_num_queries({"/archive/": 4, "/archive/2008/": 5}.get(at, 6)):
        client.get(at)
