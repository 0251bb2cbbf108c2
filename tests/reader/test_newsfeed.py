"""The newsfeed as a page and as an index: the order of announcements, filters, older pages."""

import json
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.common import clock
from dateline.journal.queries import head
from dateline.reader import newsfeed
from dateline.reader.memo import memo
from dateline.stories import actions
from dateline.stories.models import Story
from dateline.topics.actions import save_edition, save_section, save_topic
from dateline.topics.models import Edition, Section, Topic
from tests.factories import a_draft, a_newsroom, a_published_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    memo._values.clear()
    yield a_newsroom()
    memo._values.clear()


def soup_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return BeautifulSoup(answer.text, "lxml")


def lines(client, address="/newsfeed/"):
    found = soup_of(client, address).select("[data-lines] .feed-line .card-link")
    return [link.get_text() for link in found]


def index(client, address="/newsfeed/index.json"):
    return json.loads(client.get(address).content)


def test_lines_stand_in_the_order_they_were_announced_in(room, client):
    first, _ = a_published_story(room, "First"), a_published_story(room, "Second")
    hold = actions.hold_story(by=None, story=first, why="Check.")
    assert lines(client) == ["Second"]
    actions.lift_hold(by=None, hold=hold)
    assert lines(client) == lines(client, "/") == ["First", "Second"]
    published = Story.objects.order_by("published_at").values_list("headline", flat=True)
    assert list(published) == ["First", "Second"]


def test_an_update_changes_a_line_where_it_stands(room, client):
    story, _ = a_published_story(room, "First"), a_published_story(room, "Second")
    draft = a_draft(room, "First, corrected", section=room.culture)
    actions.publish_story(by=None, story=actions.write_story(by=None, draft=draft, story=story))
    assert lines(client) == ["Second", "First, corrected"]


def test_stories_of_the_past_have_no_line(room, client):
    with actions.quietly():
        story = a_published_story(room, "Long ago")
    actions.publish_story(by=None, story=story)
    assert lines(client) == []
    assert index(client)["lines"] == []


def test_a_line_says_what_filters_look_at(room, client):
    inner = Section(edition=room.edition, parent=room.world, name="Balkans", slug="balkans")
    save_section(by=None, section=inner)
    story = a_published_story(room, section=inner, kind="analysis", language="fr", urgency=2)
    number, here = Story.objects.get(pk=story.pk).announced_as, [inner.pk, room.world.pk]
    row = [number, story.pk, here, "analysis", [room.topic.pk], "fr", 2]
    assert index(client) == {"journal": head(), "floor": 0, "lines": [row]}
    [line] = soup_of(client, "/newsfeed/").select(".feed-line")
    told = {name: value for name, value in line.attrs.items() if name.startswith("data-")}
    assert told == {
        "data-story": str(story.pk),
        "data-day": f"{story.published_at:%Y-%m-%d}",
        "data-number": str(number),
        "data-sections": f"{inner.pk} {room.world.pk}",
        "data-kind": "analysis",
        "data-topics": str(room.topic.pk),
        "data-language": "fr",
    }


def test_filters_narrow_the_list(room, client):
    inner = Section(edition=room.edition, parent=room.world, name="Balkans", slug="balkans")
    save_section(by=None, section=inner)
    other = save_topic(by=None, topic=Topic(edition=room.edition, name="Vell", slug="vell"))
    a_published_story(room, "Inner", section=inner)
    a_published_story(room, "World", kind="feature", language="fr")
    draft = a_draft(room, "Culture", section=room.culture)
    object.__setattr__(draft, "topics", [other])
    actions.publish_story(by=None, story=actions.write_story(by=None, draft=draft))
    asked = {
        "": ["Culture", "World", "Inner"],
        "?section=world": ["World", "Inner"],
        "?section=world/balkans": ["Inner"],
        "?kind=feature": ["World"],
        "?topic=vell": ["Culture"],
        "?language=fr": ["World"],
        "?language=en": ["Culture", "Inner"],
        "?kind=feature&section=culture": [],
    }
    assert {query: lines(client, f"/newsfeed/{query}") for query in asked} == asked
    empty = soup_of(client, "/newsfeed/?kind=feature&section=culture").select_one(".feed-empty")
    assert empty.a["href"] == "/newsfeed/"


@pytest.mark.parametrize(
    "query", ["section=nowhere", "kind=opinion", "topic=nothing", "before=x", "before=-1"]
)
def test_what_there_is_not_cannot_be_chosen(room, client, query):
    soup_of(client, f"/newsfeed/?{query}", 404)


def test_choices_left_open_leave_the_address(room, client):
    answer = client.get("/newsfeed/?section=world&kind=&topic=")
    assert (answer.status_code, answer["Location"]) == (302, "/newsfeed/?section=world")


def test_the_form_shows_what_is_chosen(room, client):
    a_published_story(room)
    form = soup_of(client, "/newsfeed/?section=world&topic=ostrel").select_one(".feed-filter")
    chosen = {one.parent["name"]: one["value"] for one in form.select("option[selected]")}
    assert chosen == {"section": "world", "topic": "ostrel"}
    assert [one["name"] for one in form.select("select")] == ["section", "kind", "topic"]
    a_published_story(room, language="fr")
    form = soup_of(client, "/newsfeed/").select_one(".feed-filter")
    assert [one["value"] for one in form.select("[name=language] option")] == ["", "en", "fr"]


def test_older_lines_are_pages_of_their_own(room, client, monkeypatch):
    monkeypatch.setattr(newsfeed, "PER_PAGE", 2)
    for n in range(5):
        a_published_story(room, f"Talks {n}", kind="news" if n % 2 else "feature")
    address, found = "/newsfeed/", []
    while address:
        found.append(lines(client, address))
        link = soup_of(client, address).select_one("a.feed-more")
        address = link and link["href"]
    assert found == [["Talks 4", "Talks 3"], ["Talks 2", "Talks 1"], ["Talks 0"]]
    link = soup_of(client, "/newsfeed/?kind=feature").select_one("a.feed-more")
    assert re.fullmatch(r"/newsfeed/\?kind=feature&before=\d+", link["href"])
    older = soup_of(client, link["href"])
    assert older.select_one(".feed-newest a")["href"] == "/newsfeed/?kind=feature"
    assert older.select_one("[name=robots]")["content"] == "noindex"


def test_the_index_goes_on_below_its_floor(room, client, monkeypatch):
    monkeypatch.setattr(newsfeed, "FIRST_ROWS", 2)
    monkeypatch.setattr(newsfeed, "MORE_ROWS", 1)
    stories = [a_published_story(room, f"Talks {n}").pk for n in range(4)]
    address, found = "/newsfeed/index.json", []
    while address:
        told = index(client, address)
        found.append([row[1] for row in told["lines"]])
        assert all(row[0] > told["floor"] for row in told["lines"])
        address = told["floor"] and f"/newsfeed/index.json?before={told['floor'] + 1}"
    assert found == [stories[:1:-1], [stories[1]], [stories[0]]]


def test_nothing_under_embargo_is_in_any_of_it(room, client):
    story = a_published_story(room, "Secret")
    until = clock.now() + timedelta(hours=1)
    actions.set_embargo(by=None, story=story, until=until)
    for address in ("/newsfeed/", "/newsfeed/index.json", "/"):
        answer = client.get(address)
        assert "Secret" not in answer.text
        assert f'data-story="{story.pk}"' not in answer.text
    assert index(client)["lines"] == []


def test_each_edition_has_its_own(room, client):
    other = save_edition(
        by=None, edition=Edition(code="ru", name="Меридиан", agency="М", language="ru")
    )
    section = save_section(by=None, section=Section(edition=other, name="Мир", slug="mir"))
    a_published_story(room, "English")
    a_published_story(room, "По-русски", section=section)
    memo._values.clear()
    assert (lines(client), lines(client, "/ru/newsfeed/")) == (["English"], ["По-русски"])
    assert len(index(client, "/ru/newsfeed/index.json")["lines"]) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_the_database_as_often_as_this(room, client, count):
    for _ in range(count):
        a_published_story(room)
    client.get("/")
    counts = {"/newsfeed/": 5, "/newsfeed/?kind=news": 5, "/newsfeed/index.json": 3}
    for address, most in counts.items():
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) == most, [query["sql"][:120] for query in asked]
