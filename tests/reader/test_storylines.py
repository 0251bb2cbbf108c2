"""A storyline's page, its feeds, and the little of it under each of its stories."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from dateline.common import clock
from dateline.press.touch import reading
from dateline.reader import storylines, storylines_index
from dateline.reader.memo import memo
from dateline.stories.actions import hold_story, kill_story, set_embargo
from dateline.stories.models import Story
from dateline.topics.actions import save_edition, save_storyline
from dateline.topics.models import Edition, Storyline
from tests.factories import a_newsroom, a_published_story, a_story, a_storyline

pytestmark = pytest.mark.django_db
ADDRESS = "/storylines/the-status-of-ostrel/"


@pytest.fixture(autouse=True)
def own_memory():
    memo._values.clear()
    yield
    memo._values.clear()


@pytest.fixture
def room():
    return a_newsroom()


@pytest.fixture
def storyline(room):
    return a_storyline(room, standfirst="Two blocs cannot agree.")


def told(room, storyline, count, **fields):
    return [
        a_published_story(room, f"Day {n}", storyline=storyline, **fields) for n in range(count)
    ]


def soup(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "lxml")


def headlines(page):
    return [link.text for link in page.select("main .timeline .card-link")]


def steps(client, story):
    page = soup(client, Story.objects.get(pk=story.pk).address)
    return [line.find(["a", "b"]).text for line in page.select(".storyline li")]


def test_a_page_tells_its_stories_newest_first_or_from_the_beginning(client, room, storyline):
    told(room, storyline, 3)
    page = soup(client, ADDRESS)
    assert page.h1.text == storyline.name
    assert "Two blocs cannot agree." in page.text
    assert headlines(page) == ["Day 2", "Day 1", "Day 0"]
    other = page.select_one(".timeline-head a")["href"]
    assert headlines(soup(client, other)) == ["Day 0", "Day 1", "Day 2"]


def test_a_year_and_a_day_are_named_once(client, room, storyline):
    told(room, storyline, 2)
    page = soup(client, ADDRESS)
    today = clock.now().date()
    assert [one.text for one in page.select(".year")] == [str(today.year)]
    assert [one.time["datetime"] for one in page.select(".day")] == [str(today)]


@pytest.mark.parametrize("start", ["", "?order=oldest"])
def test_further_pages_bring_each_story_once(client, room, storyline, monkeypatch, start):
    monkeypatch.setattr(storylines, "PER_PAGE", 2)
    told(room, storyline, 5)
    found, address = [], f"{ADDRESS}{start}"
    while address:
        page = soup(client, address)
        found += headlines(page)
        link = page.select_one("[data-older] .older")
        address = link["href"] if link else ""
    days = [f"Day {n}" for n in range(5)]
    assert found == (days if start else days[::-1])
    assert page.select_one(".older-end")
    assert page.select_one(".newest")["href"] == f"{ADDRESS}{start}"


def test_before_readers_saw_a_story_of_it_there_is_nothing(client, room, storyline):
    kept = a_story(room, storyline=storyline)
    set_embargo(by=None, story=kept, until=clock.now() + timedelta(hours=1))
    for address in (ADDRESS, f"{ADDRESS}feed.xml", f"{ADDRESS}feed.json"):
        assert client.get(address).status_code == 404
    assert ADDRESS not in client.get("/sitemaps/en/storylines.xml").text


def test_one_whose_stories_are_gone_stays_and_says_so(client, room, storyline):
    [story] = told(room, storyline, 1)
    kill_story(by=None, story=story, why="wrong")
    page = soup(client, ADDRESS)
    assert headlines(page) == []
    assert "None of its stories can be read" in page.text
    assert ADDRESS not in client.get("/sitemaps/en/storylines.xml").text


def test_an_ended_one_says_from_when_to_when(client, room, storyline):
    told(room, storyline, 1)
    assert "Running since" in soup(client, ADDRESS).text
    storyline.ended_at = clock.now()
    save_storyline(by=None, storyline=storyline)
    assert "Ended; it ran from" in soup(client, ADDRESS).text


def test_an_old_address_leads_to_the_new_one_with_its_feed(client, room, storyline):
    told(room, storyline, 1)
    storyline.slug = "ostrel"
    save_storyline(by=None, storyline=storyline)
    for rest in ("", "feed.xml"):
        answer = client.get(f"{ADDRESS}{rest}")
        assert (answer.status_code, answer["Location"]) == (301, f"/storylines/ostrel/{rest}")


@pytest.mark.parametrize("ending", ["xml", "atom", "json"])
def test_its_feed_has_what_readers_may_see(client, room, storyline, ending):
    first, second = told(room, storyline, 2)
    hold_story(by=None, story=first, why="checking")
    text = client.get(f"{ADDRESS}feed.{ending}").text
    assert "Day 1" in text
    assert "Day 0" not in text
    assert second.headline == "Day 1"


def test_it_is_in_the_sitemap_and_in_its_index(client, room, storyline):
    told(room, storyline, 1)
    assert ADDRESS in client.get("/sitemaps/en/storylines.xml").text
    assert "/sitemaps/en/storylines.xml" in client.get("/sitemap.xml").text


def test_the_same_in_another_language_is_named(client, room, storyline):
    russian = save_edition(
        by=None, edition=Edition(code="ru", name="Меридиан", agency="М", language="ru")
    )
    storyline.shared_key = "ostrel"
    save_storyline(by=None, storyline=storyline)
    other = Storyline(edition=russian, name="Острел", slug="ostrel", shared_key="ostrel")
    save_storyline(by=None, storyline=other)
    told(room, storyline, 1)
    links = soup(client, ADDRESS).select('link[rel="alternate"][hreflang="ru"]')
    assert [link["href"].endswith("/ru/storylines/ostrel/") for link in links] == [True]


def test_a_story_names_its_storyline_and_what_is_nearest(client, room, storyline):
    stories = told(room, storyline, 5)
    assert steps(client, stories[0]) == ["This story", "Day 1"]
    assert steps(client, stories[3]) == ["Day 1", "Day 2", "This story", "Day 4"]
    assert steps(client, stories[4]) == ["Day 2", "Day 3", "This story"]
    page = soup(client, Story.objects.get(pk=stories[0].pk).address)
    assert page.select_one(".storyline h2 a")["href"] == ADDRESS
    assert not page.select("article .storyline")
    data = json.loads(page.select_one('script[type="application/ld+json"]').text)
    part_of = data["@graph"][0]["isPartOf"]
    assert (part_of["name"], part_of["url"].endswith(ADDRESS)) == (storyline.name, True)


def test_live_coverage_has_it_too(client, room, storyline):
    [story] = told(room, storyline, 1, kind="live")
    page = soup(client, Story.objects.get(pk=story.pk).address)
    assert page.select_one(".storyline h2 a").text == storyline.name


def test_what_is_kept_is_never_among_the_nearest(client, room, storyline):
    stories = told(room, storyline, 4)
    kill_story(by=None, story=stories[0], why="wrong")
    set_embargo(by=None, story=stories[3], until=clock.now() + timedelta(hours=1))
    assert steps(client, stories[2]) == ["Day 1", "This story"]
    assert headlines(soup(client, ADDRESS)) == ["Day 2", "Day 1"]


def keys_of(client, story):
    with reading() as keys:
        client.get(Story.objects.get(pk=story.pk).address)
    return {key for key in keys if key.startswith(("storyline:", "story:")) and "chat" not in key}


def test_only_the_last_one_waits_for_what_is_to_come(client, room, storyline):
    first, last = told(room, storyline, 2)
    own = f"storyline:{storyline.pk}"
    stories = {f"story:{first.pk}", f"story:{last.pk}"}
    assert keys_of(client, first) == {*stories, f"{own}:name", f"{own}:past"}
    assert keys_of(client, last) == {*stories, f"{own}:name", f"{own}:past", own}


def test_a_lite_page_tells_the_same(client, room, storyline):
    told(room, storyline, 2)
    page = soup(client, f"/lite{ADDRESS}")
    assert headlines(page) == ["Day 1", "Day 0"]
    assert not page.select("button, script")


INDEX = "/storylines/"


def named(page):
    return [link.text for link in page.select("main .storylines h2")]


def test_the_index_has_what_was_told_of_last_on_top(client, room, storyline):
    canal = a_storyline(room, "The Carrow Canal")
    a_storyline(room, "Nobody told of this")
    told(room, canal, 1)
    [story] = told(room, storyline, 1)
    page = soup(client, INDEX)
    assert page.h1.text == "Storylines"
    assert named(page) == ["The status of Ostrel", "The Carrow Canal"]
    assert page.select_one(".storyline-latest a")["href"] == Story.objects.get(pk=story.pk).address
    kill_story(by=None, story=story, why="wrong")
    assert named(soup(client, INDEX)) == ["The Carrow Canal"]


def test_further_pages_of_the_index_bring_each_storyline_once(client, room, monkeypatch):
    monkeypatch.setattr(storylines_index, "PER_PAGE", 2)
    for n in range(5):
        told(room, a_storyline(room, f"Line {n}"), 1)
    found, address = [], INDEX
    while address:
        page = soup(client, address)
        found += named(page)
        link = page.select_one(".older")
        address = link["href"] if link else ""
    assert found == [f"Line {n}" for n in reversed(range(5))]
    assert page.select_one(".newest")["href"] == INDEX


def test_an_index_of_no_storyline_says_so(client, room):
    page = soup(client, INDEX)
    assert named(page) == []
    assert "No story goes on at the moment." in page.text


def test_the_index_is_found_from_each_page_and_from_each_storyline(client, room, storyline):
    told(room, storyline, 1)
    assert soup(client, "/").select_one(f".foot a[href='{INDEX}']").text == "Storylines"
    crumbs = [link["href"] for link in soup(client, ADDRESS).select(".crumbs a")]
    assert INDEX in crumbs
    assert f"{INDEX}</loc>" in client.get("/sitemaps/en/sections.xml").text
    assert named(soup(client, f"/lite{INDEX}")) == ["The status of Ostrel"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_index_asks_as_often_for_three_as_for_one(
    client, room, count, django_assert_num_queries
):
    for n in range(count):
        told(room, a_storyline(room, f"Line {n}"), 1)
    client.get(INDEX)
    with django_assert_num_queries(3):
        client.get(INDEX)
