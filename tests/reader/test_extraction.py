"""Chrome is not content: what reads the text of a page gets the story and nothing else."""

import re
from collections import Counter

import pytest
import trafilatura
from bs4 import BeautifulSoup
from django.template.loader import get_template
from readability import Document

from dateline.common import clock
from dateline.reader import stylebook
from dateline.reader.contexts import StoryPageContext, template_values
from dateline.reader.metadata import described
from dateline.stories.enums import Kind
from dateline.stories.queries import visible
from tests.reader.parts import card

ENOUGH = 0.99
CHROME = (
    "Published",
    "Reading time",
    "Topics",
    "Earlier in",
    "Skip to content",
    "Breadcrumb",
    "Hour by hour",
    "In this story",
    "Built from journal entry",
)


def words(text):
    return Counter(re.findall(r"\w+", text))


def f1(wanted, got):
    shared = (wanted & got).total()
    return 2 * shared / (wanted.total() + got.total())


def of_story(html):
    """Return the words of headline, standfirst and text; an index and hours are not text."""
    article = BeautifulSoup(html, "lxml").find("article")
    for beside in article.select("aside, figure, nav, time, button, [data-older]"):
        if not beside.decomposed:
            beside.decompose()
    return words(article.get_text(" "))


def by_trafilatura(html):
    found = trafilatura.bare_extraction(html, include_comments=False, include_tables=True)
    title = found.title or ""
    return found.text if title in found.text else f"{title} {found.text}"


def by_readability(html):
    document = Document(html)
    text = BeautifulSoup(document.summary(), "lxml")
    for beside in text.find_all("figure"):
        beside.decompose()
    text = text.get_text(" ")
    title = document.short_title()
    return text if title in text else f"{title} {text}"


READERS = {"trafilatura": (by_trafilatura, ENOUGH), "readability": (by_readability, 0.97)}


def page_of(kind, direction):
    texts = stylebook.words_of(direction)
    context = StoryPageContext(
        page=stylebook.page(texts, path="/", title=texts.headlines[0]),
        story=stylebook.story(texts, kind),
        following=(card(1), card(2)),
    )
    return get_template(context.template).render(template_values(described(context)))


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("kind", Kind)
def test_a_story_with_every_part_is_read_without_its_furniture(kind, direction):
    html = page_of(kind, direction)
    text = by_trafilatura(html)
    assert f1(of_story(html), words(text)) >= ENOUGH, text
    assert [one for one in CHROME if one in text] == []


@pytest.mark.django_db
def test_every_sample_story_is_read_whole_and_alone(client):
    from dateline.reader.memo import memo
    from dateline.sample.actions import fill_newsroom

    memo._values.clear()
    fill_newsroom(by=None)
    poor = []
    for story in visible(clock.now()).select_related("section", "edition"):
        html = client.get(story.address).content.decode()
        for name, (read, enough) in READERS.items():
            text = read(html)
            score = f1(of_story(html), words(text))
            leaks = [one for one in CHROME if one in text and one not in str(story.body)]
            # Readability takes the posts of live coverage for the whole text.
            lean = story.kind == Kind.LIVE and name == "readability"
            if score < (0.88 if lean else enough) or leaks:
                poor.append((name, story.address, round(score, 4), leaks))
    memo._values.clear()
    assert poor == []
