"""Hostile inputs: no exception but CopyError, nothing armed in any block, bounded time.

The fast tests take a seeded sample of every family, each payload as a whole document and inside
copy, ninjs and RSS; the slow test takes all of them.
"""

import json
import random
import re
import time

import pytest

from dateline.standards.errors import CopyError
from dateline.standards.facts import Reading
from dateline.standards.facts_json import facts_json
from dateline.standards.reading import read_document
from tests.standards.shared import hostile, needs_corpora

FAMILIES = [
    "xss_html",
    "wire_feed_xss",
    "wire_feed_malformed",
    "xml",
    "json",
    "naughty_strings",
    "unicode",
]
SAMPLE = 25
SEED = 20080213
SECONDS = 2.0
# The only markup that may stand in a block, character for character.
ALLOWED = re.compile(
    r"</?(?:abbr|b|br|cite|em|i|q|strong|sub|sup)>|</a>"
    r'|<a href="(?:https?://|mailto:)[^"<>]*">|<abbr title="[^"<>]*">',
    re.IGNORECASE,
)
FORBIDDEN = re.compile("[<>\x00-\x08\u202a-\u202e\u2066-\u2069]")


def disguises(payload: bytes) -> list[bytes]:
    text = payload.decode("utf-8", "replace")
    quoted = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    cdata = "<![CDATA[" + quoted.replace("]]>", "]]&gt;") + "]]>"
    item = {"uri": "urn:x", "headline": text, "body_html": f"<p>x</p>{text}", "embargoed": text}
    return [
        payload,
        f"Our own headline\n\nBRDO, May 1, 2008 (Agency) - {text}\n\nThe end.".encode(),
        json.dumps(item).encode(),
        f"<rss version='2.0'><channel><item><title>{cdata}</title>"
        f"<description>{cdata}</description></item></channel></rss>".encode(),
    ]


def markup_of(reading: Reading) -> list[str]:
    blocks = [block for facts in reading.items for block in facts.body]
    cells = [cell for block in blocks for row in block.rows for cell in row]
    items = [item for block in blocks for item in block.items]
    return [block.html for block in blocks] + cells + items


def addresses_of(reading: Reading) -> list[str]:
    found = [block.url for facts in reading.items for block in facts.body if block.url]
    for facts in reading.items:
        inside = [block.picture for block in facts.body if block.picture]
        for picture in (*facts.related_pictures, *inside):
            found += [rendition.href for rendition in picture.renditions]
        found += [rendition.href for rendition in facts.renditions]
        found += [link.href for link in facts.related_links]
        found += [facts.link] if facts.link else []
    return found


def check(data: bytes, *, name: str) -> None:
    started = time.process_time()
    try:
        reading = read_document(data)
    except CopyError:
        reading = None
    if reading is not None:
        json.dumps(facts_json(reading))
        for markup in markup_of(reading):
            assert FORBIDDEN.search(ALLOWED.sub("", markup)) is None, (name, markup[:200])
        for address in addresses_of(reading):
            assert address.lower().startswith(("http://", "https://")), (name, address)
    assert time.process_time() - started < SECONDS, name


@needs_corpora
@pytest.mark.parametrize("family", FAMILIES)
def test_sample_of_a_family(family):
    everything = list(hostile(family))
    for name, payload in random.Random(SEED).sample(everything, min(SAMPLE, len(everything))):
        for data in disguises(payload):
            check(data, name=name)


@needs_corpora
@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_whole_family(family):
    for name, payload in hostile(family):
        for data in disguises(payload):
            check(data, name=name)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000,
        "<p>" * 50_000,
        "<b>" * 200 + "<p>x</p>" * 10_000,
        "<p>" + "".join(f"<b class=x{n}>" for n in range(1000)) + "</p>" + "<p>x</p>" * 3000,
        "<a href=x>" * 50_000,
        "<" * 500_000,
        "<!--" * 200_000,
        "&#" * 250_000,
        "<i>" + "&amp;" * 400_000,
        "<table><tr><td>" * 2000,
        "<ul><li>" * 20_000,
        "<p " + "a=b " * 200_000,
        "x" * 1_000_000,
        "<br>" * 200_000,
    ],
    ids=lambda body: body[:12],
)
def test_bombs_of_markup_cost_little(body):
    check(json.dumps({"uri": "urn:x", "body_html": body}).encode(), name=body[:20])


@pytest.mark.parametrize(
    "text",
    [
        "A" * 1_000_000,
        "A - " * 300_000,
        "Headline\n\n" + "BRDO, " * 200_000,
        "Headline\n\n" + "(" * 400_000,
        "Headline\n\n" + "/ " * 400_000,
        "\n".join(["short line"] * 9_000),
        "\n".join(["BRDO, February 13 (Agency) - Text."] * 9_000),
        "Subscribe\n" * 9_000,
        "Home > World\n" + "BRDO, February 13 (Agency) - Text.\n" * 5_000,
        "Home > World\n" + "A line of its own\n" * 9_000,
    ],
    ids=lambda text: text[:20],
)
def test_bombs_of_text_cost_little(text):
    check(text.encode(), name=text[:20])
