"""WordPress exports (WXR 1.0 to 1.2): several files as one archive.

Read twice: first from end to end for authors, categories and attachments, which items before them
may point at; then item by item.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from dateline.standards.archives.facts import (
    Archive,
    ArchiveItem,
    ArchivePicture,
    Author,
    Category,
    Status,
)
from dateline.standards.archives.shelf import Shelf, plain_path
from dateline.standards.archives.text import MOST_MARKUP, absolute, one_line
from dateline.standards.archives.xml_stream import children_of
from dateline.standards.errors import CopyError
from dateline.standards.text.clean import clean, fold
from dateline.standards.times import NEVER, Moment, moment_in

_CHANNEL = frozenset({"channel"})
_STATUS: dict[str, Status] = {
    "publish": "published",
    "draft": "draft",
    "pending": "draft",
    "future": "scheduled",
    "private": "private",
    "trash": "trash",
    "auto-draft": "trash",
    "inherit": "published",
}
_SUMMARY_META = (
    "_yoast_wpseo_metadesc",
    "rank_math_description",
    "_aioseo_description",
    "_aioseop_description",
    "_genesis_description",
)
_MAIN_CATEGORY_META = ("_yoast_wpseo_primary_category", "rank_math_primary_category")
_CREDIT_META = ("_media_credit", "media_credit", "isc_image_source", "_credit", "photo_credit")
_PHP_CREDIT = re.compile(r's:6:"credit";s:\d+:"([^"]{1,200})"')
_DEEPEST = 8
_MOST_META = 2000


def read_wxr(paths: Sequence[Path], *, zone: tzinfo | None = None) -> Archive:
    """Look through WordPress exports and return them as one archive.

    Args:
        paths: The files, gzip or plain.
        zone: The old site's zone, for the few items whose time is given in it alone.

    Raises:
        CopyError: a file is broken, or holds no export.
    """
    shelf = Shelf()
    total, site = 0, ""
    for path in paths:
        for element in children_of(path, parents=_CHANNEL):
            name = _name(element.tag)
            if name == "item":
                total += 1
                _keep_attachment(shelf, element)
            elif name in {"wp:base_blog_url", "link", "wp:base_site_url"} and element.text:
                site = site if site and name != "wp:base_blog_url" else element.text.strip()
            else:
                _keep_term(shelf, name, element)
    if not total:
        raise CopyError("empty", "the export has no item in it", cure="export all content")
    reader = partial(_items, tuple(paths), shelf, zone)
    return Archive(system="wordpress", site=site, total=total, read=reader, shelf=shelf)


def _items(paths: Sequence[Path], shelf: Shelf, zone: tzinfo | None) -> Iterator[ArchiveItem]:
    for path in paths:
        for element in children_of(path, parents=_CHANNEL):
            if _name(element.tag) == "item":
                yield _item(_fields(element), shelf, zone)


@lru_cache(maxsize=4096)
def _name(tag: Any) -> str:
    """Return an element's short name, such as `wp:post_id`, whatever the version of the export."""
    space, _, local = tag.rpartition("}") if isinstance(tag, str) else ("", "", "?")
    space = space.lstrip("{").rstrip("/")
    if "wordpress.org/export" in space:
        return f"excerpt:{local}" if space.endswith("/excerpt") else f"wp:{local}"
    if space.endswith("/modules/content"):
        return f"content:{local}"
    if "purl.org/dc" in space:
        return f"dc:{local}"
    return str(local) if not space else f"?{local}"


class _Fields(dict[str, str]):
    """An item's simple elements by name, its postmeta and its terms."""

    def __init__(self) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.old_slugs: list[str] = []
        self.terms: list[tuple[str, str, str]] = []

    def of(self, *names: str) -> str:
        """Return the first of the elements that says anything."""
        return next((self[name].strip() for name in names if self.get(name, "").strip()), "")


def _fields(element: Any) -> _Fields:
    fields = _Fields()
    for child in element:
        name = _name(child.tag)
        if name == "category":
            domain, slug = child.get("domain") or "category", child.get("nicename") or ""
            fields.terms.append((domain, clean(slug), one_line(child.text or "")))
        elif name == "wp:postmeta":
            _take_meta(fields, child)
        elif name not in fields:
            fields[name] = child.text or ""
    return fields


def _take_meta(fields: _Fields, element: Any) -> None:
    pair = {_name(child.tag): child.text or "" for child in element}
    key, value = pair.get("wp:meta_key", ""), pair.get("wp:meta_value", "")
    if key == "_wp_old_slug":
        fields.old_slugs.append(value.strip())
    elif len(fields.meta) < _MOST_META:
        fields.meta.setdefault(key, value)


def _keep_attachment(shelf: Shelf, element: Any) -> None:
    kind = next((child.text for child in element if _name(child.tag) == "wp:post_type"), "")
    if kind != "attachment":
        return
    fields = _fields(element)
    address = absolute("", fields.of("wp:attachment_url"))
    if not address:
        return
    meta = fields.meta
    credit = next((meta[name] for name in _CREDIT_META if meta.get(name, "").strip()), "")
    if not credit:
        found = _PHP_CREDIT.search(meta.get("_wp_attachment_metadata", ""))
        credit = found.group(1) if found else ""
    number = fields.of("wp:post_id")
    picture = {
        "address": address,
        "caption": one_line(fields.of("excerpt:encoded")),
        "alt": one_line(meta.get("_wp_attachment_image_alt", "")),
        "credit": one_line(credit),
        "title": one_line(fields.of("title")),
    }
    shelf.put("picture", number, picture)
    shelf.put("path", plain_path(address), picture)
    parent = fields.of("wp:post_parent")
    if parent not in {"", "0"}:
        shelf.put("children", parent, number, number=_int(number))


def _keep_term(shelf: Shelf, name: str, element: Any) -> None:
    if name not in {"wp:author", "wp:category", "wp:term"}:
        return
    said = {_name(child.tag): fold(child.text or "") for child in element}
    if name == "wp:author":
        full = f"{said.get('wp:author_first_name', '')} {said.get('wp:author_last_name', '')}"
        shown = said.get("wp:author_display_name") or full.strip()
        shelf.put("author", said.get("wp:author_login", ""), one_line(shown))
    elif name == "wp:category":
        slug, own = said.get("wp:category_nicename", ""), said.get("wp:cat_name", "")
        kept = [slug, one_line(own), said.get("wp:category_parent", "")]
        shelf.put("category", slug, kept)
        shelf.put("term", said.get("wp:term_id", ""), slug)
    elif said.get("wp:term_taxonomy") == "category":
        slug, own = said.get("wp:term_slug", ""), said.get("wp:term_name", "")
        shelf.put("category", slug, [slug, one_line(own), said.get("wp:term_parent", "")])
        shelf.put("term", said.get("wp:term_id", ""), slug)


def _item(fields: _Fields, shelf: Shelf, zone: tzinfo | None) -> ArchiveItem:
    number, kind = fields.of("wp:post_id"), fields.of("wp:post_type") or "post"
    address = absolute("", fields.of("link"))
    markup = fields.get("content:encoded", "")
    too_long = len(markup) > MOST_MARKUP
    return ArchiveItem(
        key=f"post:{number}" if number else f"guid:{fields.of('guid', 'link')}",
        type=kind,
        status=_STATUS.get(fields.of("wp:status") or "publish", "draft"),
        is_locked=bool(fields.of("wp:post_password")),
        address=address,
        other_addresses=_other_addresses(fields, address, number, kind),
        headline=one_line(fields.of("title")),
        standfirst=_standfirst(fields),
        authors=_authors(fields, shelf),
        categories=_categories(fields, shelf),
        tags=tuple(name for domain, _, name in fields.terms if domain in {"post_tag", "tag"}),
        published=_published(fields, zone),
        updated=_moment(fields.of("wp:post_modified_gmt"), fields.of("wp:post_modified"), zone),
        markup="" if too_long else markup,
        dialect="wordpress",
        lead=picture_of(shelf.get("picture", fields.meta.get("_thumbnail_id", "").strip())),
        trouble="its text is longer than any story" if too_long else "",
    )


def picture_of(kept: Any) -> ArchivePicture | None:
    """Return a picture that was kept on a shelf."""
    return ArchivePicture(**kept) if kept else None


def _other_addresses(fields: _Fields, address: str, number: str, kind: str) -> tuple[str, ...]:
    found: list[str] = []
    base = address or absolute("", fields.of("guid"))
    if number and base:
        found.append(absolute(base, f"/?{'page_id' if kind == 'page' else 'p'}={number}"))
    found.append(absolute("", fields.of("guid")))
    folder = address.rstrip("/").rpartition("/")[0]
    slash = "/" if address.endswith("/") else ""
    if folder.count("/") > 2 or (folder.count("/") == 2 and address.count("/") > 2):
        found += [absolute("", f"{folder}/{slug}{slash}") for slug in fields.old_slugs if slug]
    return tuple(dict.fromkeys(one for one in found if one and one != address))


def _standfirst(fields: _Fields) -> str:
    """Return the excerpt, else what was written for search engines if no template stands in it."""
    given = one_line(fields.get("excerpt:encoded", ""))
    if given:
        return given
    for name in _SUMMARY_META:
        text = one_line(fields.meta.get(name, ""))
        if text and "%" not in text and "#" not in text:
            return text
    return ""


def _authors(fields: _Fields, shelf: Shelf) -> tuple[Author, ...]:
    together = [(slug, name) for domain, slug, name in fields.terms if domain == "author"]
    if together:
        return tuple(Author(key=slug, name=name) for slug, name in together if name)
    login = fields.of("dc:creator")
    name = shelf.get("author", login) or login
    return (Author(key=login, name=one_line(name)),) if login else ()


def _categories(fields: _Fields, shelf: Shelf) -> tuple[Category, ...]:
    main = next((fields.meta[one] for one in _MAIN_CATEGORY_META if fields.meta.get(one)), "")
    first = shelf.get("term", main.strip()) if main else None
    found = [
        _category(slug, name, shelf) for kind, slug, name in fields.terms if kind == "category"
    ]
    return tuple(sorted(found, key=lambda one: one.slug != first)) if first else tuple(found)


def _category(slug: str, name: str, shelf: Shelf) -> Category:
    path = [(slug, name)]
    parent = (shelf.get("category", slug) or ["", "", ""])[2]
    while parent and len(path) < _DEEPEST and parent not in {one for one, _ in path}:
        kept = shelf.get("category", parent) or [parent, parent, ""]
        path.insert(0, (kept[0], kept[1]))
        parent = kept[2]
    return Category(path=tuple(path))


def _published(fields: _Fields, zone: tzinfo | None) -> Moment:
    made = _moment(fields.of("wp:post_date_gmt"), "", None)
    if made == NEVER and "-0001" not in fields.of("pubDate"):
        made = moment_in(fields.of("pubDate"), zone=zone)
    if made.instant is None:
        own = _moment("", fields.of("wp:post_date"), zone)
        made = own if own != NEVER else made
    return made


def _moment(gmt: str, local: str, zone: tzinfo | None) -> Moment:
    if gmt and not gmt.startswith("0000"):
        return moment_in(gmt, zone=UTC)
    return moment_in(local, zone=zone) if local and not local.startswith("0000") else NEVER


def _int(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
