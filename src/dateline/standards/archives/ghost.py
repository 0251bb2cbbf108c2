"""Ghost exports, from 0.x to 5: one JSON file, read table by table."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
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
from dateline.standards.archives.ghost_cards import html_of_lexical, html_of_mobiledoc
from dateline.standards.archives.json_rows import rows_of
from dateline.standards.archives.shelf import Shelf
from dateline.standards.archives.text import MOST_MARKUP, absolute, one_line
from dateline.standards.errors import CopyError
from dateline.standards.text.clean import clean
from dateline.standards.times import NEVER, Moment, moment_in

OWN_ADDRESS = "__GHOST_URL__"
_STATUS: dict[str, Status] = {
    "published": "published",
    "sent": "published",
    "draft": "draft",
    "scheduled": "scheduled",
}
Row = dict[str, Any]


def read_ghost(paths: Sequence[Path], *, site: str, pattern: str = "/{slug}/") -> Archive:
    """Look through Ghost exports and return them as one archive.

    Args:
        paths: The files, gzip or plain.
        site: The address of the old site, which an export does not name.
        pattern: Where its posts stood; `{slug}`, `{year}`, `{month}`, `{day}`, `{id}`.

    Raises:
        CopyError: a file is broken, holds no post, or no site is given.
    """
    if not site:
        what = "a Ghost export does not name its site"
        raise CopyError("no-site", what, cure="give its address with --site https://…")
    shelf, total = Shelf(), 0
    for path in paths:
        for table, row in rows_of(path):
            if table == "posts":
                total += 1
            else:
                _keep(shelf, table, row)
    if not total:
        raise CopyError("empty", "the export has no post in it", cure="export all content")
    reader = partial(_items, tuple(paths), shelf, (site.rstrip("/"), pattern))
    return Archive(system="ghost", site=site, total=total, read=reader, shelf=shelf)


def _keep(shelf: Shelf, table: str, row: Row) -> None:
    if table in {"tags", "users"}:
        shelf.put(table, _text(row, "id"), {name: _text(row, name) for name in _KEPT[table]})
    elif table in {"posts_tags", "posts_authors"}:
        other = "tag_id" if table == "posts_tags" else "author_id"
        post, order = _text(row, "post_id"), row.get("sort_order")
        number = order if isinstance(order, int) and 0 <= order < 10_000 else 0
        while shelf.has(table, post, number):
            number += 1
        shelf.put(table, post, _text(row, other), number=number)
    elif table == "posts_meta":
        shelf.put(table, _text(row, "post_id"), {name: _text(row, name) for name in _META})


_KEPT = {"tags": ("name", "slug", "visibility"), "users": ("name", "slug", "bio")}
_META = ("feature_image_alt", "feature_image_caption", "meta_description")


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return clean(str(value)) if isinstance(value, str | int | float) else ""


def _items(paths: Sequence[Path], shelf: Shelf, where: tuple[str, str]) -> Iterator[ArchiveItem]:
    for path in paths:
        for table, row in rows_of(path):
            if table == "posts":
                yield _item(row, shelf, where)


def _item(row: Row, shelf: Shelf, where: tuple[str, str]) -> ArchiveItem:
    number = _text(row, "id")
    meta = shelf.get("posts_meta", number) or dict.fromkeys(_META, "")
    is_page = row.get("type") == "page" or row.get("page") in (1, True)
    published = _moment(row.get("published_at"))
    markup = _markup(row).replace(OWN_ADDRESS, where[0])
    tags = _tags(shelf, number)
    too_long = len(markup) > MOST_MARKUP
    return ArchiveItem(
        key=f"post:{_text(row, 'uuid') or number}",
        type="page" if is_page else "post",
        status=_STATUS.get(_text(row, "status"), "draft"),
        is_locked=_text(row, "visibility") not in {"", "public"},
        address=_address(row, where, published, is_page=is_page),
        other_addresses=_canonical(row, where[0]),
        headline=one_line(_text(row, "title")),
        standfirst=one_line(_text(row, "custom_excerpt") or meta["meta_description"]),
        authors=_authors(shelf, number, _text(row, "author_id")),
        categories=tuple(Category(path=((slug, name),)) for slug, name in tags[:1]),
        tags=tuple(name for _, name in tags[1:]),
        published=published,
        updated=_moment(row.get("updated_at")),
        language=_text(row, "locale"),
        markup="" if too_long else markup,
        lead=_lead(row, meta, where[0]),
        trouble="its text is longer than any story" if too_long else "",
    )


_TEXTS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("html", str),
    ("lexical", html_of_lexical),
    ("mobiledoc", html_of_mobiledoc),
)


def _markup(row: Row) -> str:
    for name, convert in _TEXTS:
        value = row.get(name)
        if isinstance(value, str) and value.strip():
            return convert(value)
    return ""


def _address(row: Row, where: tuple[str, str], published: Moment, *, is_page: bool) -> str:
    slug, site = _text(row, "slug"), where[0]
    if not slug:
        return ""
    day = published.instant
    path = "/{slug}/" if is_page or day is None else where[1]
    names = {"{slug}": slug, "{id}": _text(row, "id")}
    if day is not None:
        names |= {"{year}": f"{day:%Y}", "{month}": f"{day:%m}", "{day}": f"{day:%d}"}
    for name, value in names.items():
        path = path.replace(name, value)
    return absolute("", site + path)


def _canonical(row: Row, site: str) -> tuple[str, ...]:
    address = absolute("", _text(row, "canonical_url").replace(OWN_ADDRESS, site))
    return (address,) if address.startswith(f"{site}/") else ()


def _tags(shelf: Shelf, number: str) -> list[tuple[str, str]]:
    """Return slug and name of a post's public tags; names that begin with # are internal."""
    kept = [shelf.get("tags", one) for one in shelf.every("posts_tags", number)]
    return [
        (tag["slug"], one_line(tag["name"]))
        for tag in kept
        if tag and tag["visibility"] != "internal" and not tag["name"].startswith("#")
    ]


def _authors(shelf: Shelf, number: str, first: str) -> tuple[Author, ...]:
    numbers = shelf.every("posts_authors", number) or [first]
    people = [shelf.get("users", one) for one in numbers]
    return tuple(
        Author(key=one["slug"], name=one_line(one["name"]), about=one_line(one["bio"]))
        for one in people
        if one and one["name"]
    )


def _lead(row: Row, meta: dict[str, str], site: str) -> ArchivePicture | None:
    written = _text(row, "feature_image") or _text(row, "image")
    address = absolute(f"{site}/", written.replace(OWN_ADDRESS, site))
    if not address:
        return None
    alt = meta["feature_image_alt"] or _text(row, "feature_image_alt")
    caption = meta["feature_image_caption"] or _text(row, "feature_image_caption")
    return ArchivePicture(address=address, alt=one_line(alt), caption=one_line(caption))


def _moment(value: Any) -> Moment:
    """Read a time: ISO 8601 and in UTC, or milliseconds since 1970 as the oldest exports have."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1 << 43:
        return Moment(instant=datetime.fromtimestamp(value / 1000, UTC))
    return moment_in(value, zone=UTC) if isinstance(value, str) else NEVER
