"""RSS 0.9x, 1.0, 1.1 and 2.0 to entries."""

from typing import Any

from dateline.standards.feeds.entry import Entry, Media, Text, absolute
from dateline.standards.feeds.media import media_in
from dateline.standards.feeds.tree import (
    base_of,
    every,
    first,
    inner_markup,
    language_of,
    name_of,
    text_at,
)
from dateline.standards.markup.inline import is_web_address


def rss_entries(root: Any) -> list[Entry]:
    """Read the items of an RSS tree, in document order.

    Source: RSS 2.0 at rssboard.org, RSS 1.0 with its content and Dublin Core modules.
    """
    channel = first(root, "channel", "Channel")
    channel = root if channel is None else channel
    holders = [root, channel, *every(channel, "items")]
    items = [item for holder in holders for item in every(holder, "item")]
    return [_entry(item, channel) for item in dict.fromkeys(items)]


def _entry(item: Any, channel: Any) -> Entry:
    link = _link(item)
    base = base_of(item) or link or text_at(channel, "link")
    content = first(item, "content:encoded", "xhtml:body", "xhtml:div", "atom:content")
    return Entry(
        guid=_guid(item),
        link=absolute(base, link),
        title=Text(value=text_at(item, "title", "dc:title", "media:title")),
        content=_markup(content, base) if content is not None else Text(),
        summary=_summary(item, base),
        published=text_at(item, "pubDate", "dcterms:issued", "dc:date", "atom:published"),
        updated=text_at(item, "dcterms:modified", "atom:updated", "lastBuildDate"),
        expires=text_at(item, "expirationDate"),
        authors=_authors(item),
        categories=_categories(item),
        language=_language(item, channel),
        rights=text_at(item, "dc:rights", "atom:rights", "media:copyright", "copyright")
        or text_at(channel, "copyright", "dc:rights"),
        source=text_at(item, "source", "dc:source"),
        media=_enclosures(item, base) + media_in(item, base),
        related=_related(item, base),
    )


def _guid(item: Any) -> str:
    about = item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    return text_at(item, "guid", "atom:id", "dc:identifier") or about or ""


def _link(item: Any) -> str:
    written = text_at(item, "link")
    if written:
        return written
    for link in every(item, "atom:link"):
        if link.get("rel", "alternate") == "alternate" and link.get("href"):
            return str(link.get("href"))
    guid = first(item, "guid")
    if guid is None or guid.get("isPermaLink", "true").lower() == "false":
        return ""
    address = (guid.text or "").strip()
    return address if is_web_address(address) else ""


def _markup(element: Any, base: str) -> Text:
    inner = inner_markup(element) if len(element) else (element.text or "")
    return Text(value=inner, kind="html" if len(element) else "unsure", base=base)


def _summary(item: Any, base: str) -> Text:
    for name in ("description", "atom:summary", "itunes:summary", "dc:description"):
        found = first(item, name)
        if found is not None and (len(found) or (found.text or "").strip()):
            return _markup(found, base)
    return Text()


def _authors(item: Any) -> tuple[str, ...]:
    for names in (("dc:creator",), ("author",), ("atom:author",), ("itunes:author",)):
        found = [
            text_at(one, "atom:name") or "".join(one.itertext()) for one in every(item, *names)
        ]
        people = tuple(dict.fromkeys(name.strip() for name in found if name.strip()))
        if people:
            return people
    return ()


def _categories(item: Any) -> tuple[str, ...]:
    found = every(item, "category", "dc:subject", "media:category", "atom:category")
    values = (
        "".join(one.itertext()).strip() or one.get("label") or one.get("term") for one in found
    )
    return tuple(value for value in values if value)


def _language(item: Any, channel: Any) -> str:
    stated = text_at(item, "dc:language", "language") or language_of(item)
    return stated or text_at(channel, "language", "dc:language")


def _enclosures(item: Any, base: str) -> tuple[Media, ...]:
    return tuple(
        Media(
            href=absolute(base, one.get("url", "")),
            mime=one.get("type", "").lower(),
            size=one.get("length", ""),
        )
        for one in every(item, "enclosure")
    )


def _related(item: Any, base: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (absolute(base, one.get("href", "")), one.get("title", ""))
        for one in item
        if name_of(one) == "atom:link" and one.get("rel") in ("related", "via")
    )
