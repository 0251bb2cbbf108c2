"""Feeds: what their formats say in different ways, and the fence around ill-formed ones."""

import contextlib
import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from dateline.standards.errors import CopyError
from dateline.standards.feeds import fallback
from dateline.standards.reading import read_document


def rss(item: str, head: str = "") -> bytes:
    return (
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'"
        " xmlns:media='http://search.yahoo.com/mrss/'>"
        f"<channel><title>t</title>{head}<item>{item}</item></channel></rss>"
    ).encode()


def first(data: bytes, **options):
    return read_document(data, **options).items[0]


def test_description_alone_is_the_body():
    facts = first(rss("<title>T</title><description>One.&lt;p&gt;Two.</description>"))
    assert [block.text for block in facts.body] == ["One.", "Two."]
    assert facts.teaser is None


@pytest.mark.parametrize(
    ("item", "guid", "link"),
    [
        ("<guid>https://x.example/1</guid>", "https://x.example/1", "https://x.example/1"),
        ("<guid isPermaLink='false'>https://x.example/1</guid>", "https://x.example/1", None),
        ("<link>https://x.example/2</link>", "https://x.example/2", "https://x.example/2"),
        ("<guid>a</guid><link>https://x.example/2</link>", "a", "https://x.example/2"),
        ("<link>javascript:x</link>", "javascript:x", None),
    ],
)
def test_identity_and_address(item, guid, link):
    facts = first(rss(f"<title>T</title>{item}"))
    assert (facts.guid, facts.link) == (guid, link)


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("Wed, 13 Feb 2008 18:31:00 +0100", datetime(2008, 2, 13, 17, 31, tzinfo=UTC)),
        ("Wed, 13 Feb 2008 18:31:00 EST", datetime(2008, 2, 13, 23, 31, tzinfo=UTC)),
        ("2008-02-13T17:31:00Z", datetime(2008, 2, 13, 17, 31, tzinfo=UTC)),
        ("soon", None),
    ],
)
def test_times(written, instant):
    facts = first(rss(f"<title>T</title><pubDate>{written}</pubDate>"))
    assert facts.first_created == instant


def test_time_without_a_zone_is_local_until_the_zone_is_known():
    data = rss("<title>T</title><pubDate>Wed, 13 Feb 2008 18:31:00</pubDate>")
    facts = first(data)
    assert (facts.version_created, facts.version_created_local) == (None, "2008-02-13T18:31:00")
    assert len(facts.warnings) == 1
    known = first(data, zone=ZoneInfo("Europe/Ljubljana"))
    assert known.version_created == datetime(2008, 2, 13, 17, 31, tzinfo=UTC)
    assert known.version_created_local is None


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("<![CDATA[A <b>bold</b> step]]>", "A bold step"),
        ("1 &lt; 2", "1 < 2"),
        ("  two\n lines ", "two lines"),
    ],
)
def test_titles_are_text(title, headline):
    assert first(rss(f"<title>{title}</title>")).headline == headline


@pytest.mark.parametrize(("language", "way"), [("ar", "rtl"), ("he-il", "rtl"), ("de", "ltr")])
def test_language_and_direction(language, way):
    facts = first(rss("<title>T</title>", head=f"<language>{language}</language>"))
    assert (facts.language, facts.direction) == (language, way)


def test_dateline_takes_its_year_from_the_publication_date():
    facts = first(
        rss(
            "<title>T</title><pubDate>Thu, 01 Jan 2009 01:00:00 GMT</pubDate>"
            "<description>BRDO, December 31 (Agency) - Ministers met.</description>"
        )
    )
    assert facts.dateline is not None
    assert str(facts.dateline.date) == "2008-12-31"
    assert facts.body[0].text == "Ministers met."


def test_named_entities_that_no_one_declared():
    reading = read_document(rss("<title>Caf&eacute; &nbsp;&mdash; open</title>"))
    assert reading.items[0].headline == "Café — open"
    assert reading.items[0].warnings == ()


def test_ill_formed_feed_is_read_by_the_child_and_says_so():
    data = b"<rss version='2.0'><channel><item><title>One & two</title></item></channel></rss>"
    reading = read_document(data)
    assert [facts.headline for facts in reading.items] == ["One & two"]
    assert reading.items[0].warnings == (
        "the feed is not well-formed at line 1; read as far as it goes",
    )


def test_the_child_cannot_run_away(monkeypatch):
    monkeypatch.setattr(fallback, "_WALL_SECONDS", 0.01)
    with pytest.raises(CopyError) as caught:
        read_document(b"<rss><channel><item><title>One & two</title></item></channel></rss>")
    assert caught.value.code == "too-slow"


@pytest.mark.slow
def test_a_hostile_tag_costs_seconds_not_minutes():
    data = b"<rss><channel><item><title>&</title><description>" + b"<a" * 400_000
    started = time.monotonic()
    with contextlib.suppress(CopyError):
        read_document(data)
    assert time.monotonic() - started < 12


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<rss", "bad-xml"),
        (b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>", "bad-xml"),
        (b"<!DOCTYPE rss SYSTEM 'http://x.example/x.dtd'><rss/>", "dtd"),
        (b"<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss>&a;</rss>", "dtd"),
        (b"<opml version='1.0'/>", "unknown-xml"),
        (b"<?xml version='1.0'?>", "unknown-xml"),
        (b"<!-- nothing -->", "unknown-xml"),
    ],
)
def test_refusals(data, code):
    with pytest.raises(CopyError) as caught:
        read_document(data)
    assert caught.value.code == code


def test_a_feed_without_items_is_no_error():
    reading = read_document(b"<rss version='2.0'><channel><title>t</title></channel></rss>")
    assert (reading.format, reading.items) == ("rss", ())


@pytest.mark.parametrize(
    ("embargo", "held"),
    [
        ('"2008-02-13T19:00:00+01:00"', datetime(2008, 2, 13, 18, tzinfo=UTC)),
        ('""', "hold"),
        ("null", "hold"),
        ('"tomorrow"', "hold"),
        ('"2008-02-13"', "hold"),
        ('"2008-02-13T19:00:00"', "hold"),
        ("12", "hold"),
        ("{}", "hold"),
    ],
)
@pytest.mark.parametrize("key", ["embargoed", "embargoedUntil"])
def test_ninjs_embargo_fails_closed(key, embargo, held):
    data = f'{{"uri": "urn:x", "{key}": {embargo}}}'.encode()
    assert first(data).embargo_until == held


@pytest.mark.parametrize(
    ("field", "where"),
    [
        ('"pubstatus": "maybe"', "/pubstatus"),
        ('"pubstatus": null', "/pubstatus"),
        ('"type": "novel"', "/type"),
        ('"expires": "never"', "/expires"),
        ('"expires": []', "/expires"),
    ],
)
def test_ninjs_fields_that_decide_must_be_readable(field, where):
    with pytest.raises(CopyError) as caught:
        read_document(f'{{"uri": "urn:x", {field}}}'.encode())
    assert (caught.value.code, caught.value.where) == ("bad-item", where)
