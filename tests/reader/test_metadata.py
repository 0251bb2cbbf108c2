"""What pages say of themselves to machines."""

import json
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.template.loader import get_template

from dateline.reader.contexts import (
    AlternateContext,
    BylineContext,
    StoryPageContext,
    template_values,
)
from dateline.reader.list_contexts import PersonContext
from dateline.reader.metadata import described
from tests.reader.parts import NOON, card, page, story
from tests.reader.schema import faults, nodes
from tests.reader.test_templates import PAGES

KINDS = {
    "news": "ReportageNewsArticle",
    "live": "LiveBlogPosting",
    "offbeat": "NewsArticle",
    "feature": "ReportageNewsArticle",
    "analysis": "AnalysisNewsArticle",
}


def soup_of(context):
    html = get_template(context.template).render(template_values(described(context)))
    return BeautifulSoup(html, "lxml")


def data_of(context):
    [script] = soup_of(context).select('script[type="application/ld+json"]')
    return json.loads(script.string)


def node_of(context, kind):
    return next(node for node in nodes(data_of(context)["@graph"]) if node["@type"] == kind)


def story_page(**changes):
    furniture = {name: changes.pop(name) for name in ("alternates",) if name in changes}
    return StoryPageContext(page=page(**furniture), story=story(**changes))


LISTED = sorted(set(PAGES) - {"not found", "gone"})


@pytest.mark.parametrize("name", LISTED)
def test_linked_data_lacks_nothing_and_says_nothing_unknown(name):
    assert faults(data_of(PAGES[name])) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_story_is_an_article_of_its_kind(kind):
    data = data_of(story_page(kind=kind))
    assert data["@graph"][0]["@type"] == KINDS[kind]
    assert [node["@type"] for node in data["@graph"]] == [KINDS[kind], "BreadcrumbList"]
    assert faults(data) == []


def test_an_article_says_what_the_page_shows():
    article = node_of(story_page(short_headline="Short"), "ReportageNewsArticle")
    wanted = {
        "headline": "The headline",
        "alternativeHeadline": "Short",
        "description": "A description",
        "datePublished": NOON.isoformat(),
        "dateModified": NOON.isoformat(),
        "dateline": "BRENN, November 24",
        "articleSection": "World",
        "keywords": ["Ostrel"],
        "inLanguage": "en",
        "timeRequired": "PT1M",
        "contentLocation": {"@type": "Place", "name": "Brenn"},
        "sourceOrganization": {"@type": "Organization", "name": "Another agency"},
    }
    assert {name: article[name] for name in wanted} == wanted
    assert article["correction"] == [
        {"@type": "CorrectionComment", "text": "A correction .", "datePublished": NOON.isoformat()}
    ]


def test_a_topic_with_a_number_is_known_to_the_world():
    [topic] = node_of(story_page(), "ReportageNewsArticle")["about"]
    assert topic["@type"] == "Place"
    assert topic["sameAs"] == "https://www.wikidata.org/entity/Q42"
    assert topic["url"].endswith("/topics/ostrel/")


def test_who_wrote_is_told_from_who_helped():
    bylines = (
        BylineContext(name="Ilse Marek", role="Correspondent", url="/people/ilse-marek/"),
        BylineContext(name="Amina Derrow", role="Photographer", is_writer=False),
    )
    article = node_of(story_page(bylines=bylines), "ReportageNewsArticle")
    assert [one["name"] for one in article["author"]] == ["Ilse Marek"]
    assert article["author"][0]["url"].endswith("/people/ilse-marek/")
    assert article["contributor"] == [{"@type": "Person", "name": "Amina Derrow"}]


def test_unsigned_copy_is_the_agencys():
    article = node_of(story_page(bylines=()), "ReportageNewsArticle")
    assert [one["@type"] for one in article["author"]] == ["NewsMediaOrganization"]


def test_a_picture_carries_its_credit_and_terms():
    picture = node_of(story_page(), "ReportageNewsArticle")["image"][0]
    assert (picture["creditText"], picture["creator"]["name"]) == (
        "Ada Venn / Meridian",
        "Ada Venn",
    )
    assert picture["usageInfo"] == {"@type": "CreativeWork", "text": "Editorial use only."}
    assert (picture["width"], picture["height"]) == (480, 320)


def test_a_translation_is_named_and_the_page_itself_is_not():
    here = "http://localhost:8000/20261124/x-7.html"
    alternates = (
        AlternateContext(language="en", url=here),
        AlternateContext(language="ru", url="http://localhost:8000/ru/20261124/y-8.html"),
    )
    context = story_page(alternates=alternates)
    [other] = node_of(context, "ReportageNewsArticle")["workTranslation"]
    assert other["inLanguage"] == "ru"
    links = soup_of(context).select("link[hreflang]")
    assert [link["hreflang"] for link in links] == ["en", "ru"]


def test_the_front_is_the_site_with_its_search():
    kinds = [node["@type"] for node in data_of(PAGES["front"])["@graph"]]
    assert kinds == ["WebSite", "CollectionPage"]
    items = node_of(PAGES["front"], "ItemList")["itemListElement"]
    assert [item["name"] for item in items] == [f"Headline {n}" for n in range(1, 7)]


def test_a_person_has_a_profile():
    context = PersonContext(page=page(), name="Ilse Marek", title="Correspondent", stories=())
    assert faults(data_of(context)) == []
    assert node_of(context, "ProfilePage")["mainEntity"]["name"] == "Ilse Marek"


def test_no_word_of_a_story_ends_the_script_it_stands_in():
    hostile = "</script><img src=x onerror=alert(1)> & <!-- \u2028"
    context = story_page(headline=hostile, short_headline="x")
    [script] = soup_of(context).select('script[type="application/ld+json"]')
    assert "<" not in script.string
    assert json.loads(script.string)["@graph"][0]["headline"] == hostile


def test_what_is_not_there_is_not_for_search_engines():
    for name in ("not found", "gone"):
        soup = soup_of(PAGES[name])
        assert soup.find("meta", {"name": "robots"})["content"] == "noindex"
        assert soup.select('script[type="application/ld+json"]') == []
    shown = soup_of(PAGES["story"]).find("meta", {"name": "robots"})["content"]
    assert shown == "max-image-preview:large"


def test_a_share_shows_title_picture_and_times():
    soup = soup_of(story_page())
    told = {tag["property"]: tag["content"] for tag in soup.select("meta[property]")}
    wanted = {
        "og:type": "website",
        "og:image": "http://localhost:8000/p/1-480.jpg",
        "og:image:width": "480",
        "og:image:alt": "A lake.",
        "article:published_time": NOON.isoformat(),
        "article:section": "World",
        "article:tag": "Ostrel",
    }
    assert {name: told[name] for name in wanted} == wanted
    assert soup.find("meta", {"name": "twitter:card"})["content"] == "summary_large_image"


def test_an_address_of_a_list_is_absolute():
    context = replace(PAGES["topic"], stories=(card(1),))
    [item] = node_of(context, "ItemList")["itemListElement"]
    assert item["url"] == "http://localhost:8000/20261124/story-1.html"
