"""JSON Feed 1.1.

Source: https://www.jsonfeed.org/version/1.1/
"""

import json
from typing import Any

from django.utils.feedgenerator import rfc3339_date

from dateline.reader.feeds.shapes import Feed, FeedItem

VERSION = "https://jsonfeed.org/version/1.1"


def written(feed: Feed) -> str:
    """Return a feed as JSON."""
    made: dict[str, Any] = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "description": feed.description,
        "language": feed.language,
        "authors": [{"name": feed.agency, "url": feed.site}],
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
        "items": [_item(item) for item in feed.items],
    }
    return json.dumps(_without_nothing(made) | {"items": made["items"]}, ensure_ascii=False)


def _item(item: FeedItem) -> dict[str, Any]:
    picture = item.picture
    text = {"content_html": item.html} if item.html else {"content_text": _plain(item)}
    return _without_nothing(
        {
            "id": item.guid,
            "url": item.url,
            "title": item.headline,
            **text,
            "summary": item.summary,
            "image": picture.url if picture else "",
            "date_published": rfc3339_date(item.published_at),
            "date_modified": rfc3339_date(item.updated_at),
            "authors": [{"name": author.name, "url": author.url} for author in item.authors],
            "tags": [category.name for category in item.categories],
            "language": item.language,
            "attachments": _attachments(item),
        }
    )


def _plain(item: FeedItem) -> str:
    return item.summary or item.headline


def _attachments(item: FeedItem) -> list[dict[str, Any]]:
    picture = item.picture
    if picture is None:
        return []
    facts = {"url": picture.url, "mime_type": picture.mime, "size_in_bytes": picture.size}
    return [facts | ({"title": picture.alt} if picture.alt else {})]


def _without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", [])}
