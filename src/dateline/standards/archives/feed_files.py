"""RSS and Atom files that hold a site's whole past, Blogger's export among them: item by item."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from lxml import etree

from dateline.standards.archives.facts import (
    Archive,
    ArchiveItem,
    ArchivePicture,
    Author,
    Category,
    Status,
)
from dateline.standards.archives.text import MOST_MARKUP
from dateline.standards.archives.xml_stream import children_of, local_name
from dateline.standards.errors import CopyError
from dateline.standards.facts import Facts
from dateline.standards.feeds.atom import atom_entries
from dateline.standards.feeds.entry import Entry, Text, facts_of, plain
from dateline.standards.feeds.rss import rss_entries
from dateline.standards.times import moment_in

_PARENTS = frozenset({"channel", "RDF", "feed"})
_HEADER = frozenset({"title", "link", "language", "author", "rights", "copyright"})
_KIND = "http://schemas.google.com/g/2005#kind"
_REPLY = "{http://purl.org/syndication/thread/1.0}in-reply-to"
_MOST_HEADER = 50


class _Header:
    """What a feed says of itself, to be put round each of its items."""

    def __init__(self) -> None:
        self.parts: list[Any] = []

    def take(self, element: Any) -> None:
        if local_name(element.tag) in _HEADER and len(self.parts) < _MOST_HEADER:
            self.parts.append(deepcopy(element))

    def around(self, item: Any) -> Any:
        """Return a feed with one item in it."""
        parent = item.getparent()
        root = etree.Element(parent.tag, dict(parent.attrib), dict(parent.nsmap))
        root.extend(deepcopy(part) for part in self.parts)
        root.append(deepcopy(item))
        return root


def read_feeds(paths: Sequence[Path], *, zone: tzinfo | None = None) -> Archive:
    """Look through feed files and return them as one archive.

    Raises:
        CopyError: a file is broken, or no item is in them.
    """
    headers = [_Header() for _ in paths]
    total, site = 0, ""
    for path, header in zip(paths, headers, strict=True):
        for element in children_of(path, parents=_PARENTS):
            if local_name(element.tag) in {"item", "entry"}:
                total += 1
            else:
                header.take(element)
                site = site or _site(element)
    if not total:
        raise CopyError("empty", "the feed has no item in it", cure="save the whole feed")
    reader = partial(_items, tuple(zip(paths, headers, strict=True)), zone)
    return Archive(system="feed", site=site, total=total, read=reader)


def _site(element: Any) -> str:
    if local_name(element.tag) != "link" or element.get("rel", "alternate") != "alternate":
        return ""
    return (element.get("href") or element.text or "").strip()


def _items(files: Sequence[tuple[Path, _Header]], zone: tzinfo | None) -> Iterator[ArchiveItem]:
    for path, header in files:
        for element in children_of(path, parents=_PARENTS):
            if local_name(element.tag) in {"item", "entry"}:
                yield _item(element, header, zone)


def _item(element: Any, header: _Header, zone: tzinfo | None) -> ArchiveItem:
    tree = header.around(element)
    is_atom = local_name(element.tag) == "entry"
    entry = (atom_entries(tree) if is_atom else rss_entries(tree) or _as_plain_rss(tree))[0]
    text = entry.content if entry.content.value.strip() else entry.summary
    too_long = len(text.value) > MOST_MARKUP
    facts = facts_of(_without_texts(entry), zone=zone, where="the feed")
    key = facts.guid or facts.link or f"{facts.headline}:{entry.published}"
    return ArchiveItem(
        key=key,
        type=_type(element),
        status=_status(element),
        address=facts.link or "",
        headline=facts.headline or "",
        standfirst="" if text is entry.summary else plain(entry.summary)[:2000],
        authors=tuple(Author(key=name, name=name) for name in facts.authors),
        categories=tuple(Category(path=((one, one),)) for one in _labels(element, facts)),
        published=moment_in(entry.published or entry.updated, zone=zone),
        updated=moment_in(entry.updated, zone=zone),
        language=facts.language or "",
        markup="" if too_long else text.value,
        dialect="html" if text.is_markup else "text",
        lead=_lead(facts),
        trouble="its text is longer than any story" if too_long else "",
    )


def _as_plain_rss(tree: Any) -> list[Entry]:
    """Read an item whose namespace no reader knows as one without any."""
    for element in tree.iter("{*}item"):
        element.tag = "item"
    return rss_entries(tree) or [Entry()]


def _without_texts(entry: Entry) -> Entry:
    """Return an entry without its long texts, whose blocks are made later, if at all."""
    return replace(entry, content=Text(), summary=Text())


def _labels(element: Any, facts: Facts) -> tuple[str, ...]:
    kinds = {one.get("term") for one in element.iter("{*}category") if one.get("scheme") == _KIND}
    return tuple(word for word in facts.keywords if word not in kinds)


def _type(element: Any) -> str:
    if element.find(_REPLY) is not None:
        return "comment"
    for one in element.iter("{*}category"):
        if one.get("scheme") == _KIND:
            return (one.get("term") or "").rpartition("#")[2] or "post"
    return "post"


def _status(element: Any) -> Status:
    drafts = (one.text or "" for one in element.iter("{*}draft"))
    return "draft" if any(text.strip().lower() == "yes" for text in drafts) else "published"


def _lead(facts: Facts) -> ArchivePicture | None:
    for picture in facts.related_pictures:
        for rendition in picture.renditions:
            return ArchivePicture(
                address=rendition.href,
                caption=picture.caption or "",
                credit=picture.credit or "",
                alt=picture.headline or "",
            )
    return None
