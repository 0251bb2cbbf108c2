"""JSON Feed 1.0 and 1.1 to entries."""

from typing import Any, TypeGuard

from dateline.standards.feeds.entry import Entry, Media, Text
from dateline.standards.json_text import Json

_OWN_KEYS = frozenset({"home_page_url", "feed_url", "title", "version"})


def is_json_feed(value: Any) -> TypeGuard[Json]:
    """Say whether a JSON value is a JSON Feed: it says so, or it has a feed's keys."""
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        return False
    version = value.get("version")
    named = isinstance(version, str) and "jsonfeed.org/version/" in version
    return named or len(_OWN_KEYS & set(value)) >= 2


def json_entries(feed: Json) -> list[Entry]:
    """Read the items of a JSON Feed, in document order. Source: jsonfeed.org, version 1.1."""
    return [_entry(item, feed) for item in feed["items"] if isinstance(item, dict)]


def _entry(item: Json, feed: Json) -> Entry:
    link = _text(item, "url")
    html, text = _text(item, "content_html"), _text(item, "content_text")
    content = Text(value=html, kind="html", base=link) if html else Text(value=text, kind="text")
    return Entry(
        guid=_text(item, "id"),
        link=link or _text(item, "external_url"),
        title=Text(value=_text(item, "title"), kind="text"),
        content=content,
        summary=Text(value=_text(item, "summary"), kind="text"),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        authors=_authors(item) or _authors(feed),
        categories=tuple(tag for tag in _list(item, "tags") if isinstance(tag, str)),
        language=_text(item, "language") or _text(feed, "language"),
        media=_pictures(item) + _attachments(item),
        related=((_text(item, "external_url"), ""),) if link else (),
    )


def _text(holder: Json, key: str) -> str:
    value = holder.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _list(holder: Json, key: str) -> list[Any]:
    value = holder.get(key)
    return value if isinstance(value, list) else []


def _authors(holder: Json) -> tuple[str, ...]:
    listed = [*_list(holder, "authors"), holder.get("author")]
    names = (_text(one, "name") for one in listed if isinstance(one, dict))
    return tuple(dict.fromkeys(name for name in names if name))


def _pictures(item: Json) -> tuple[Media, ...]:
    found = dict.fromkeys(filter(None, (_text(item, "image"), _text(item, "banner_image"))))
    return tuple(Media(href=href, medium="image") for href in found)


def _attachments(item: Json) -> tuple[Media, ...]:
    return tuple(
        Media(
            href=_text(one, "url"),
            mime=_text(one, "mime_type").lower(),
            size=_text(one, "size_in_bytes"),
            title=_text(one, "title"),
        )
        for one in _list(item, "attachments")
        if isinstance(one, dict)
    )
