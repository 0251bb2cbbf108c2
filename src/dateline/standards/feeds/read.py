"""A feed of any format to facts."""

from dataclasses import replace
from datetime import tzinfo
from typing import Any

from dateline.standards.errors import CopyError
from dateline.standards.facts import Facts
from dateline.standards.feeds.atom import atom_entries
from dateline.standards.feeds.entry import Entry, facts_of
from dateline.standards.feeds.fallback import read_ill_formed
from dateline.standards.feeds.json_feed import json_entries
from dateline.standards.feeds.rss import rss_entries
from dateline.standards.feeds.tree import name_of
from dateline.standards.feeds.xml import IllFormed, parse_xml
from dateline.standards.json_text import Json


def read_xml_feed(data: bytes, *, root: str, zone: tzinfo | None = None) -> tuple[str, list[Facts]]:
    """Read an RSS or Atom feed.

    Args:
        data: The bytes; their encoding is what their XML declaration says.
        root: Local name of the root element, as far as it can be seen in ill-formed XML.
        zone: The source's zone, for times without one.

    Returns:
        `rss` or `atom`, and the items in document order.

    Raises:
        CopyError: `bad-xml`, `too-slow` or `unknown-xml`.
    """
    tree = parse_xml(data)
    format_ = "atom" if root.lower() in ("feed", "entry") else "rss"
    if isinstance(tree, IllFormed):
        entries = read_ill_formed(data, tree)
        warning = f"the feed is not well-formed at line {tree.line}; read as far as it goes"
        items = _facts(entries, zone, format_)
        return format_, [replace(one, warnings=(*one.warnings, warning)) for one in items]
    return format_, _facts(_entries(tree), zone, format_)


def read_json_feed(feed: Json, *, zone: tzinfo | None = None) -> list[Facts]:
    """Read a JSON Feed."""
    return _facts(json_entries(feed), zone, "items")


def _entries(tree: Any) -> list[Entry]:
    name = name_of(tree)
    if name in ("atom:feed", "atom:entry"):
        return atom_entries(tree)
    if name in ("rss", "rdf:RDF", "channel", "Channel"):
        return rss_entries(tree)
    raise CopyError(
        "unknown-xml",
        f"the root element <{name.lstrip('?')}> is of no feed that Dateline reads",
        cure="send RSS 0.9x to 2.0 or Atom",
        where="line 1",
    )


def _facts(entries: list[Entry], zone: tzinfo | None, where: str) -> list[Facts]:
    return [
        facts_of(entry, zone=zone, where=f"{where} item {number}")
        for number, entry in enumerate(entries, 1)
    ]
