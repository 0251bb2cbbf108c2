"""Hostile inputs in archives: no exception but CopyError, nothing armed in a block, bounded time.

The fast test takes a seeded sample of every family, each payload inside a WordPress post, a Ghost
post, a feed and a saved page, and as a whole file; the slow one takes all of them, many in one
archive.
"""

import json
import random
import re
import time

import pytest

from dateline.standards.archives.bodies import body_of
from dateline.standards.archives.reading import Asked, read_archive
from dateline.standards.errors import CopyError
from tests.standards.shared import hostile, needs_corpora
from tests.standards.test_hostile import ALLOWED, FAMILIES, FORBIDDEN, SECONDS, SEED

SAMPLE = 12
ASKED = Asked(site="https://kestrel.example")
PACK = 40
WP = (
    '<rss xmlns:wp="http://wordpress.org/export/1.2/" version="2.0"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{}</channel></rss>'
)
WP_POST = (
    "<item><title>{0}</title><link>{0}</link><wp:post_id>{1}</wp:post_id>"
    "<content:encoded>{0}</content:encoded>"
    '<category domain="category" nicename="x">{0}</category></item>'
)


def cdata(text):
    quoted = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    return "<![CDATA[" + quoted.replace("]]>", "]]&gt;") + "]]>"


def wordpress(*texts):
    posts = (WP_POST.format(cdata(text), number) for number, text in enumerate(texts, 1))
    return WP.format("".join(posts)).encode()


def ghost(*texts):
    posts = []
    for text in texts:
        posts.append({"id": text[:50], "title": text, "slug": text, "html": f"<p>x</p>{text}"})
        cards = {"lexical": text, "mobiledoc": text}
        posts.append({"id": f"{len(posts)}", "title": "x", "slug": "y", **cards})
    return json.dumps({"db": [{"data": {"posts": posts}}]}).encode()


def feed(*texts):
    items = (
        f"<item><title>{cdata(text)}</title><description>{cdata(text)}</description></item>"
        for text in texts
    )
    return f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>".encode()


PACKED = {"wp.xml": wordpress, "ghost.json": ghost, "feed.xml": feed}


def alone(payload):
    """Return the files that hold one payload and nothing else."""
    text = payload.decode("utf-8", "replace")
    page = f"<html><head><title>{text}</title></head><body><h1>x</h1>{text}<p>{'word ' * 80}</p>"
    return {"whole.xml": payload, "whole.html": payload, "page.html": page.encode()}


def batched(everything, size):
    return (everything[at : at + size] for at in range(0, len(everything), size))


def markup_of(blocks):
    cells = [cell for block in blocks for row in block.rows for cell in row]
    return [block.html for block in blocks] + cells + [i for block in blocks for i in block.items]


def check(folder, name, data):
    """Look at all that is read of a file, and say whether it was read to its end."""
    path = folder / name
    path.write_bytes(data)
    started = time.process_time()
    try:
        archive = read_archive([path], ASKED)
        for item in archive.read():
            body = body_of(item, archive.shelf)
            for markup in markup_of(body.blocks):
                assert FORBIDDEN.search(ALLOWED.sub("", markup)) is None, (name, markup[:200])
            pictures = [block.picture.renditions[0].href for block in body.blocks if block.picture]
            lead = [item.lead.address] if item.lead else []
            for address in (*pictures, *lead, *(block.url for block in body.blocks if block.url)):
                assert address.lower().startswith(("http://", "https://")), (name, address)
    except CopyError:
        return False
    finally:
        assert time.process_time() - started < SECONDS, name
    return True


def check_all(folder, payloads):
    for payload in payloads:
        for name, data in alone(payload).items():
            check(folder, name, data)
    texts = [payload.decode("utf-8", "replace") for payload in payloads]
    for name, made_of in PACKED.items():
        # What ends the reading of one is not to hide the others.
        if not check(folder, name, made_of(*texts)) and len(texts) > 1:
            for text in texts:
                check(folder, name, made_of(text))


@needs_corpora
@pytest.mark.parametrize("family", FAMILIES)
def test_sample_of_a_family(tmp_path, family):
    pytest.importorskip("trafilatura", reason="the extra `archive` is not installed")
    everything = list(hostile(family))
    for _, payload in random.Random(SEED).sample(everything, min(SAMPLE, len(everything))):
        check_all(tmp_path, [payload])


@needs_corpora
@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_whole_family(tmp_path, family):
    pytest.importorskip("trafilatura", reason="the extra `archive` is not installed")
    for some in batched([payload for _, payload in hostile(family)], PACK):
        check_all(tmp_path, some)


@pytest.mark.parametrize(
    "text",
    [
        "[caption]" * 60_000,
        "[embed]" * 80_000,
        "[gallery ids='1']" * 40_000,
        "[a b='c']" * 60_000,
        "[aa]" * 100_000 + "[/aa]",
        "<pre>" * 100_000,
        "<!-- wp:gallery -->" * 30_000,
        "<!-- wp:embed {" * 30_000,
        "<!-- wp:a {}" * 40_000,
        "<!-- wp:a {}" * 40_000 + "-->",
        "<!--" * 100_000,
        "<figcaption>" * 50_000,
        "<!-- wp:gallery --><img src=a><figcaption>" * 10_000 + "<!-- /wp:gallery -->",
        "\n \n" * 150_000,
        "<p \n" * 100_000,
        "https://youtu.be/" * 30_000,
        '<figure class="kg-gallery-card">' * 15_000,
        "\ue0000\ue001\ue0020\ue003" * 20_000,
    ],
)
def test_long_repetitions_take_no_longer_than_they_are(tmp_path, text):
    check(tmp_path, "wp.xml", wordpress(text))
    posts = [{"id": "1", "title": "x", "slug": "y", "html": f"{text}kg-"}]
    check(tmp_path, "ghost.json", json.dumps({"db": [{"data": {"posts": posts}}]}).encode())
