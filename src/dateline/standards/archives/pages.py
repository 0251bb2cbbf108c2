"""A folder of saved HTML pages: what a page says of itself first, its text by trafilatura.

Trafilatura comes with the extra `archive` and is loaded when a folder is read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import tzinfo
from functools import partial
from html import escape, unescape
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from dateline.standards.archives.facts import Archive, ArchiveItem
from dateline.standards.archives.page_facts import captions_of, facts_of_page, is_list
from dateline.standards.archives.text import MOST_MARKUP, absolute
from dateline.standards.errors import CopyError
from dateline.standards.text.decode import decode

SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?", re.IGNORECASE)
_IMAGE = re.compile(r"<img src=\"([^\"<>]{1,2000})\"[^<>]{0,2000}>")
_SHORTEST = 200


def pages_in(folder: Path) -> list[Path]:
    """Return the HTML files in a folder and those in it, in order of their paths."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def read_pages(
    folder: Path, paths: Sequence[Path], *, site: str = "", zone: tzinfo | None = None
) -> Archive:
    """Return a folder of saved pages as an archive.

    Args:
        folder: Where the site's addresses begin.
        paths: The pages in it.
        site: The old site's address, for pages that do not name their own.
        zone: Its zone, for times without one.

    Raises:
        CopyError: `no-extra` when trafilatura is not installed.
    """
    extract = extractor()
    reader = partial(_items, folder, tuple(paths), site, zone, extract)
    return Archive(system="pages", site=site or folder.name, total=len(paths), read=reader)


def extractor() -> Any:
    """Return trafilatura's way of finding a story.

    Raises:
        CopyError: `no-extra` when it is not installed.
    """
    try:
        return import_module("trafilatura").extract
    except ImportError as error:
        raise CopyError(
            "no-extra",
            "reading HTML pages needs trafilatura, which is not installed",
            cure="install Dateline with its extra, as dateline[archive]",
        ) from error


def _items(
    folder: Path, paths: Sequence[Path], site: str, zone: tzinfo | None, extract: Any
) -> Iterator[ArchiveItem]:
    for path in paths:
        where = path.relative_to(folder)
        try:
            yield _item(path, where, site=site, zone=zone, extract=extract)
        except (CopyError, OSError) as error:
            why = str(error).removeprefix("the file: ")
            yield ArchiveItem(key=str(where), headline=str(where), trouble=why)


def _item(path: Path, where: Path, *, site: str, zone: tzinfo | None, extract: Any) -> ArchiveItem:
    if path.stat().st_size > MOST_MARKUP:
        return ArchiveItem(key=str(where), headline=str(where), trouble="the page is too large")
    own = address_of_file(where, site)
    return item_of_page(path.read_bytes(), key=str(where), own=own, zone=zone, extract=extract)


def item_of_page(
    data: bytes, *, key: str, own: str, zone: tzinfo | None, extract: Any
) -> ArchiveItem:
    """Return the story of a page.

    Args:
        data: The page.
        key: What it is known by; its headline where it has none.
        own: The address it stood at.
        zone: For times without one.
        extract: See `extractor`.

    Raises:
        CopyError: it is no page, or nests too deep.
    """
    text = decode(data).text
    tree = _tree(text)
    item = replace(facts_of_page(tree, base=own, zone=zone), key=key)
    address = item.address or own
    if item.trouble or is_list(tree):
        why = item.trouble or "it is a list of stories, not a story"
        return replace(item, headline=item.headline or key, trouble=why)
    markup = _with_captions(_story(text, address, extract), captions_of(tree, address))
    words = len(re.sub(r"<[^>]*>|\s+", "", markup))
    others = (own,) if own and own != address else ()
    return replace(
        item,
        address=address,
        other_addresses=others,
        headline=item.headline or key,
        markup=markup,
        trouble="" if words >= _SHORTEST else "no story was found on it",
    )


def _tree(text: str) -> HtmlElement:
    parser = HTMLParser(encoding="utf-8", no_network=True)
    try:
        tree = document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise CopyError("html", "it is no HTML page", cure="save it again") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise CopyError("too-deep", "its elements nest too deep", cure="leave it out")
    return tree


def _story(text: str, address: str, extract: Any) -> str:
    """Return the HTML of a page's story as trafilatura finds it."""
    try:
        found = extract(
            text,
            url=address or None,
            output_format="html",
            include_images=True,
            include_tables=True,
            include_links=True,
            include_formatting=True,
            include_comments=False,
            with_metadata=False,
        )
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError) as error:
        raise CopyError("html", "its text cannot be found", cure="leave it out") from error
    return found or ""


def _with_captions(markup: str, captions: dict[str, str]) -> str:
    """Put the captions, which the extraction loses, back under their pictures."""

    def figure(found: re.Match[str]) -> str:
        caption = captions.get(unescape(found[1]))
        if not caption:
            return found.group()
        said = escape(caption, quote=False)
        return f"<figure>{found.group()}<figcaption>{said}</figcaption></figure>"

    return _IMAGE.sub(figure, markup) if captions else markup


def address_of_file(where: Path, site: str) -> str:
    """Return the address a saved file stood at.

    `old.example/2010/a.html`, as crawlers write it, names its host; `index.html` is its folder, and
    `story.php?id=5.html` an address with a query.
    """
    parts = list(where.parts)
    if len(parts) > 1 and _HOST.fullmatch(parts[0]):
        site, parts = f"https://{parts[0]}", parts[1:]
    if not site:
        return ""
    path = "/".join(parts)
    if parts[-1].lower() in {"index.html", "index.htm"}:
        path = path[: -len(parts[-1])]
    elif "?" in path or "@" in path:
        path = re.sub(r"\.html?$", "", path).replace("@", "?", 1)
        head, _, query = path.partition("?")
        return absolute("", f"{site.rstrip('/')}/{quote(head)}?{quote(query, safe='=&%')}")
    return absolute("", f"{site.rstrip('/')}/{quote(path)}")
