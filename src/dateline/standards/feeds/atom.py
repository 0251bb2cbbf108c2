"""Atom 0.3 and 1.0 to entries."""

import base64
import binascii
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


def atom_entries(root: Any) -> list[Entry]:
    """Read the entries of an Atom feed, or the one of an entry document, in document order.

    Source: RFC 4287; Atom 0.3 `issued`, `modified`, `mode`.
    """
    entries = [root] if name_of(root) == "atom:entry" else every(root, "atom:entry")
    return [_entry(entry, root) for entry in entries]


def _entry(entry: Any, feed: Any) -> Entry:
    base = base_of(entry)
    content = first(entry, "atom:content", "content:encoded")
    return Entry(
        guid=text_at(entry, "atom:id"),
        link=_link(entry, "alternate"),
        title=_text(first(entry, "atom:title", "dc:title")),
        content=_text(content),
        summary=_text(first(entry, "atom:summary")),
        published=text_at(entry, "atom:published", "atom:issued", "atom:created", "dc:date"),
        updated=text_at(entry, "atom:updated", "atom:modified"),
        authors=_people(entry) or _people(feed),
        categories=_categories(entry),
        language=_language(entry, content),
        rights=_plain(entry, "atom:rights", "atom:copyright")
        or _plain(feed, "atom:rights", "atom:copyright"),
        source=_source(entry),
        media=_enclosures(entry) + media_in(entry, base),
        related=_related(entry),
    )


def _text(element: Any | None) -> Text:
    if element is None or element.get("src"):
        return Text()
    base = base_of(element)
    kind = (element.get("type") or "text").lower()
    inner = element.text or ""
    if element.get("mode") == "base64" or _is_encoded(kind):
        return Text(value=_unpacked(inner), kind="unsure", base=base)
    if len(element) or kind in ("xhtml", "application/xhtml+xml"):
        return Text(value=inner_markup(element), kind="html", base=base)
    if kind in ("html", "text/html"):
        return Text(value=inner, kind="html", base=base)
    return Text(
        value=inner, kind="unsure" if element.get("mode") == "escaped" else "text", base=base
    )


def _is_encoded(kind: str) -> bool:
    plain = kind in ("text", "html", "xhtml") or kind.startswith("text/")
    return not plain and not kind.endswith(("+xml", "/xml")) and "/" in kind


def _unpacked(text: str) -> str:
    try:
        return base64.b64decode(text, validate=False).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""


def _link(entry: Any, rel: str) -> str:
    for link in every(entry, "atom:link"):
        if link.get("rel", "alternate") == rel and link.get("href"):
            return absolute(base_of(link), link.get("href"))
    return ""


def _people(holder: Any) -> tuple[str, ...]:
    found = (
        text_at(one, "atom:name") or "".join(one.itertext())
        for one in every(holder, "atom:author", "dc:creator")
    )
    return tuple(dict.fromkeys(name.strip() for name in found if name.strip()))


def _categories(entry: Any) -> tuple[str, ...]:
    found = every(entry, "atom:category", "dc:subject")
    values = (one.get("label") or one.get("term") or one.text or "" for one in found)
    return tuple(value.strip() for value in values if value.strip())


def _language(entry: Any, content: Any | None) -> str:
    return language_of(content if content is not None else entry) or language_of(entry)


def _plain(holder: Any, *names: str) -> str:
    found = first(holder, *names)
    return "" if found is None else "".join(found.itertext()).strip()


def _source(entry: Any) -> str:
    source = first(entry, "atom:source")
    return "" if source is None else text_at(source, "atom:title")


def _enclosures(entry: Any) -> tuple[Media, ...]:
    return tuple(
        Media(
            href=absolute(base_of(link), link.get("href", "")),
            mime=link.get("type", "").lower(),
            size=link.get("length", ""),
            title=link.get("title", ""),
        )
        for link in every(entry, "atom:link")
        if link.get("rel") == "enclosure"
    )


def _related(entry: Any) -> tuple[tuple[str, str], ...]:
    return tuple(
        (absolute(base_of(link), link.get("href", "")), link.get("title", ""))
        for link in every(entry, "atom:link")
        if link.get("rel") in ("related", "via")
    )
