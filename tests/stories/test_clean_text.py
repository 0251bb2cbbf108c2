"""HTML is cleaned before it is stored, whichever way it came."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from wagtail.test.utils.form_data import streamfield

from dateline.common.html import Markup, clean
from dateline.stories.actions import Draft, publish_story, write_story
from dateline.stories.models import Story
from tests.addresses import reverse
from tests.factories import a_newsroom, a_story
from tests.newsroom.test_paths import form

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpora" / "xss_html.jsonl"
needs_corpus = pytest.mark.skipif(
    not CORPUS.is_file(), reason="the shared hostile inputs are not beside this checkout"
)
EVERY = 97
NASTY = '<p onclick="x()">Text <script>alert(1)</script><a href="javascript:x()">a</a></p>'
INLINE = {"a", "abbr", "b", "br", "cite", "em", "i", "q", "s", "strong", "sub", "sup"}
BLOCK = INLINE | {"p", "ul", "ol", "li", "blockquote", "h3", "h4"}
TALK = {"a", "b", "blockquote", "br", "code", "em", "p", "strong"}
TAGS = {Markup.INLINE: INLINE, Markup.BLOCK: BLOCK, Markup.TALK: TALK}
ATTRIBUTES = {
    "a": {"href", "linktype", "id", "rel"},
    "abbr": {"title"},
    "b": {"data-reader"},
}
# How a browser finds an address's scheme: WHATWG URL, 4.4.
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
CONTROLS = "".join(map(chr, range(33)))
REMOVED = dict.fromkeys(map(ord, "\t\r\n"))
SCHEMES = ("http:", "https:", "mailto:", "tel:")


def payloads(every=EVERY):
    with CORPUS.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % every == 0:
                yield json.loads(line).get("payload") or ""


def objections(html, tags=BLOCK):
    """Return what a browser's parser finds in HTML that must not be there."""
    found = []
    for element in BeautifulSoup(html, "html.parser").find_all(True):
        allowed = ATTRIBUTES.get(element.name, set())
        if element.name not in tags or set(element.attrs) - allowed:
            found.append(str(element)[:200])
        href = str(element.get("href", "")).lstrip(CONTROLS).translate(REMOVED).lower()
        if SCHEME.match(href) and not href.startswith(SCHEMES):
            found.append(href[:200])
    return found


def a_body(html):
    return [
        {"type": "paragraph", "value": html},
        {"type": "list", "value": html},
        {"type": "quote", "value": {"text": html, "speaker": "<b>S</b>", "role": ""}},
        {"type": "fact_box", "value": {"title": "T", "text": html}},
    ]


def texts(raw):
    values = [part["value"] for part in raw]
    return [value if isinstance(value, str) else value["text"] for value in values]


def stored(story):
    """Return the rich texts of the row and of its newest revision, as the database has them."""
    raw = list(Story.objects.get(pk=story.pk).body.raw_data)
    return texts(raw) + texts(json.loads(story.latest_revision.content["body"]))


def test_text_stays_and_markup_that_is_not_allowed_goes():
    assert clean(Markup.BLOCK, NASTY) == '<p>Text <a rel="noopener">a</a></p>'
    assert clean(Markup.INLINE, NASTY) == 'Text <a rel="noopener">a</a>'
    link = '<a linktype="story" id="7">a</a>'
    assert clean(Markup.INLINE, link) == '<a linktype="story" id="7" rel="noopener">a</a>'


@needs_corpus
@pytest.mark.parametrize("markup", list(Markup))
def test_nothing_hostile_passes_and_cleaning_again_changes_nothing(markup):
    tags = TAGS[markup]
    for payload in payloads(7):
        once = clean(markup, payload)
        assert objections(once, tags) == [], payload
        assert clean(markup, once) == once.replace("\r", "\n"), payload


@pytest.mark.django_db
def test_code_cannot_store_uncleaned_text():
    room = a_newsroom()
    draft = Draft(fields={"section": room.world, "headline": "A"}, body=a_body(NASTY))
    story = write_story(by=None, draft=draft)
    assert stored(story) == [clean(Markup.BLOCK, NASTY)] * 8
    publish_story(by=None, story=story)
    assert stored(story) == [clean(Markup.BLOCK, NASTY)] * 8


@pytest.mark.django_db
def test_rewriting_by_code_cannot_either():
    room = a_newsroom()
    story = a_story(room)
    draft = Draft(fields={"section": room.world, "headline": "A"}, body=a_body(NASTY))
    story = write_story(by=None, draft=draft, story=story)
    assert (
        texts(json.loads(story.latest_revision.content["body"])) == [clean(Markup.BLOCK, NASTY)] * 4
    )


@pytest.mark.django_db
@needs_corpus
def test_no_hostile_text_is_stored_by_code():
    room = a_newsroom()
    body = [part for payload in payloads() for part in a_body(payload)]
    draft = Draft(fields={"section": room.world, "headline": "A"}, body=body)
    story = write_story(by=None, draft=draft)
    assert [objections(text) for text in stored(story)] == [[]] * 2 * len(body)


@pytest.mark.django_db
@needs_corpus
def test_no_hostile_text_is_stored_by_the_form(client):
    """The editor sends its own JSON; anybody who may write can send whatever they like."""
    room = a_newsroom()
    client.force_login(room.editor)
    texts_sent = [*payloads(EVERY * 4), NASTY]
    blocks = [("paragraph", content_state(text)) for text in texts_sent]
    answer = client.post(
        reverse("wagtailsnippets_stories_story:add"), form(room, body=streamfield(blocks))
    )
    assert answer.status_code == 302
    kept = stored(Story.objects.get())
    assert [objections(text) for text in kept] == [[]] * 2 * len(texts_sent)
    assert "<script" not in "".join(kept)


def content_state(html):
    """Return what the editor would send for a link to somewhere bad, with a text as its words."""
    words = "".join(char for char in html if char >= " ")[:500] or "-"
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}
    block = {
        "key": "a1",
        "text": words,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": 1, "key": 0}],
        "data": {},
    }
    return json.dumps({"blocks": [block], "entityMap": {"0": entity}})
