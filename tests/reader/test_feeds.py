"""Feeds: of every list of stories, in three formats, each held against its standard."""

import json
import re

import feedparser
import pytest
from django.conf import settings

from dateline.journal.queries import replay
from dateline.media.tasks import renditions_after
from dateline.stories.actions import correct_story, hold_story, illustrate_story
from dateline.stories.models import Story
from dateline.topics.actions import save_section, save_topic
from tests.factories import a_newsroom, a_published_story
from tests.publishing.random_desk import a_picture
from tests.reader.feed_rules import check_atom, check_json, check_rss, is_absolute

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
CHECKS = {"xml": check_rss, "atom": check_atom, "json": check_json}
MIMES = {
    "xml": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
LISTS = ["/", "/world/", "/topics/ostrel/", "/people/ilse-marek/", "/kinds/news/"]


@pytest.fixture
def room():
    return a_newsroom()


@pytest.fixture
def chosen(monkeypatch):
    """Return a way to choose other settings for one test."""

    def choose(**changes):
        monkeypatch.setattr(settings, "DATELINE", settings.DATELINE.model_copy(update=changes))

    return choose


def ids(body):
    """Return the ids of an Atom feed in order."""
    return check_atom(body)


def illustrated(story):
    illustrate_story(by=None, story=story, picture=a_picture())
    for recorded in replay(0):
        renditions_after(recorded)


@pytest.mark.parametrize("text", ["summary", "full"])
@pytest.mark.parametrize("ending", CHECKS)
@pytest.mark.parametrize("at", LISTS)
def test_each_list_has_a_valid_feed_in_each_format(client, room, chosen, at, ending, text):
    chosen(feed_text=text, websub_hub="https://hub.example/")
    stories = [
        a_published_story(room, f"Talks {n} & <more>", standfirst="A “day”.") for n in (1, 2)
    ]
    illustrated(stories[0])
    answer = client.get(f"{at}feed.{ending}")
    assert (answer.status_code, answer["Content-Type"]) == (200, f"{MIMES[ending]}; charset=utf-8")
    found = CHECKS[ending](answer.content)
    assert [one.rpartition("-")[2] for one in found] == [str(one.pk) for one in reversed(stories)]
    assert answer["Link"].startswith('<https://hub.example/>; rel="hub"')
    assert b"https://hub.example/" in answer.content


@pytest.mark.parametrize("ending", ["xml", "atom"])
def test_a_feed_reader_finds_everything(client, room, chosen, ending):
    chosen(feed_text="full")
    story = a_published_story(
        room, "Talks fail", standfirst="In short.", paragraph="A <a href='/x/'>b</a>."
    )
    illustrated(story)
    read = feedparser.parse(client.get(f"/world/feed.{ending}").content)
    assert not read.bozo
    assert (read.feed.title, read.feed.language) == ("Meridian: World", "en")
    [entry] = read.entries
    assert (entry.title, entry.summary) == ("Talks fail", "In short.")
    assert [one.term for one in entry.tags] == ["World", "Ostrel"]
    assert entry.author == "Ilse Marek"
    [picture] = list(entry.enclosures)
    assert (picture.type, is_absolute(picture.href), int(picture.length) > 0) == (
        "image/jpeg",
        True,
        True,
    )
    text = entry.content[0].value
    assert f'href="{settings.DATELINE.base_url}/x/"' in text
    assert not re.search(r'(?:href|src)="(?!https?://)', text)


def test_a_summary_feed_gives_no_text_away(client, room):
    a_published_story(
        room, "Talks fail", standfirst="In short.", paragraph="The whole secret text."
    )
    for ending in CHECKS:
        assert b"whole secret" not in client.get(f"/feed.{ending}").content


def test_the_id_stays_when_headline_section_and_address_change(client, room):
    story = a_published_story(room)
    before = ids(client.get("/feed.atom").content)
    Story.objects.filter(pk=story.pk).update(slug="other", section=room.culture)
    assert ids(client.get("/feed.atom").content) == before


def test_a_correction_is_an_update(client, room):
    story = a_published_story(room)
    item = json.loads(client.get("/feed.json").content)["items"][0]
    correct_story(by=None, story=story, text="Not so.")
    corrected = json.loads(client.get("/feed.json").content)["items"][0]
    assert corrected["date_published"] == item["date_published"]
    assert corrected["date_modified"] > item["date_modified"]


def test_characters_that_xml_has_no_place_for_are_left_out(client, room):
    story = a_published_story(room)
    Story.objects.filter(pk=story.pk).update(
        headline="A\x0bB\ufffeC \U0001f30d", standfirst="\x1b[1m"
    )
    for ending, check in CHECKS.items():
        body = client.get(f"/feed.{ending}").content
        check(body)
        assert "ABC \U0001f30d" in body.decode()


def test_what_readers_may_not_see_is_in_no_feed(client, room):
    story = a_published_story(room)
    hold_story(by=None, story=story, why="Check.")
    for at in LISTS:
        for ending, check in CHECKS.items():
            assert check(client.get(f"{at}feed.{ending}").content) == []


def test_an_empty_feed_is_the_same_at_every_render(client, room):
    first, second = (client.get("/world/feed.xml").content for _ in range(2))
    assert first == second
    assert check_rss(first) == []


def test_feeds_of_what_moved_redirect(client, room):
    room.world.slug, room.topic.slug = "planet", "ostrel-province"
    save_section(by=None, section=room.world)
    save_topic(by=None, topic=room.topic)
    places = {
        at: client.get(at)["Location"] for at in ("/world/feed.xml", "/topics/ostrel/feed.json")
    }
    assert places == {
        "/world/feed.xml": "/planet/feed.xml",
        "/topics/ostrel/feed.json": "/topics/ostrel-province/feed.json",
    }


@pytest.mark.parametrize("at", ["/", "/world/", "/topics/ostrel/", "/people/ilse-marek/"])
def test_each_page_names_its_feed(client, room, at):
    a_published_story(room)
    page = client.get(at).content.decode()
    assert '<link rel="alternate" type="application/rss+xml"' in page
    assert f'href="{at}feed.xml"' in page


def test_a_feed_is_pressed_with_the_keys_of_what_it_shows(client, room):
    story = a_published_story(room)
    keys = set(client.get("/world/feed.xml")["Cache-Tag"].split())
    assert {f"section:{room.world.pk}", f"story:{story.pk}", f"person:{room.person.pk}"} <= keys
    assert not any(key.startswith("day:") for key in keys)


@pytest.mark.parametrize("count", [1, 3])
def test_a_feed_asks_as_often_as_this(client, room, django_assert_num_queries, count):
    for n in range(count):
        illustrate_story(by=None, story=a_published_story(room, f"Talks {n}"), picture=a_picture())
    client.get("/feed.xml")
    # Journal, places, stories, bylines, topics, renditions.
    with django_assert_num_queries(6):
        client.get("/feed.xml")
