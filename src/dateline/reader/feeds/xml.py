"""RSS 2.0 and Atom, written by Django's generators with what a news feed says besides."""

from typing import Any

from django.utils.feedgenerator import (
    Atom1Feed,
    Enclosure,
    Rss201rev2Feed,
    SyndicationFeed,
    rfc3339_date,
)

from dateline.reader.feeds.shapes import Feed, FeedItem, FeedPicture

_MEDIA = "http://search.yahoo.com/mrss/"
_DC = "http://purl.org/dc/elements/1.1/"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"


def _media(handler: Any, picture: FeedPicture | None) -> None:
    # After the text: some readers take the first thing called content or description for it.
    if picture is None:
        return
    facts = {
        "url": picture.url,
        "type": picture.mime,
        "medium": "image",
        "fileSize": str(picture.size),
        "width": str(picture.width),
        "height": str(picture.height),
    }
    handler.startElement("media:content", facts)
    if picture.caption:
        handler.addQuickElement("media:description", picture.caption, {"type": "plain"})
    if picture.alt:
        handler.addQuickElement("media:title", picture.alt, {"type": "plain"})
    if picture.credit:
        handler.addQuickElement("media:credit", picture.credit)
    handler.endElement("media:content")


class Rss(Rss201rev2Feed):
    """RSS 2.0 with Dublin Core, Media RSS, content and WebSub."""

    def rss_attributes(self) -> dict[str, str]:
        """Return the attributes of the root, all namespaces declared there."""
        names = {"xmlns:media": _MEDIA, "xmlns:dc": _DC, "xmlns:content": _CONTENT}
        return super().rss_attributes() | names

    def latest_post_date(self) -> Any:
        """Return when anything in the feed changed, which no clock decides."""
        return self.feed["story_feed"].updated_at

    def add_root_elements(self, handler: Any) -> None:
        """Write what the channel says of itself."""
        super().add_root_elements(handler)
        feed: Feed = self.feed["story_feed"]
        handler.addQuickElement("generator", "Dateline")
        if feed.hub:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": feed.hub})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write one story."""
        super().add_item_elements(handler, item)
        story: FeedItem = item["story"]
        for author in story.authors:
            handler.addQuickElement("dc:creator", author.name)
        for category in story.categories:
            handler.addQuickElement("category", category.name, {"domain": category.url})
        handler.addQuickElement("dc:language", story.language)
        handler.addQuickElement("atom:updated", rfc3339_date(story.updated_at))
        if story.html:
            handler.addQuickElement("content:encoded", story.html)
        _media(handler, story.picture)


class Atom(Atom1Feed):
    """Atom with Media RSS and WebSub."""

    def root_attributes(self) -> dict[str, str]:
        """Return the attributes of the root, all namespaces declared there."""
        return super().root_attributes() | {"xmlns:media": _MEDIA}

    def latest_post_date(self) -> Any:
        """Return when anything in the feed changed, which no clock decides."""
        return self.feed["story_feed"].updated_at

    def add_root_elements(self, handler: Any) -> None:
        """Write what the feed says of itself."""
        super().add_root_elements(handler)
        feed: Feed = self.feed["story_feed"]
        handler.addQuickElement("generator", "Dateline")
        if feed.hub:
            handler.addQuickElement("link", "", {"rel": "hub", "href": feed.hub})

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """Return the language of one story."""
        return {"xml:lang": item["story"].language}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write one story."""
        super().add_item_elements(handler, item)
        story: FeedItem = item["story"]
        for author in story.authors:
            handler.startElement("author", {})
            handler.addQuickElement("name", author.name)
            handler.addQuickElement("uri", author.url)
            handler.endElement("author")
        for category in story.categories:
            handler.addQuickElement("category", "", {"term": category.name, "scheme": category.url})
        if story.html:
            handler.addQuickElement("content", story.html, {"type": "html"})
        _media(handler, story.picture)


def written(feed: Feed, kind: type[SyndicationFeed]) -> str:
    """Return a feed as XML."""
    made = kind(
        title=feed.title,
        link=feed.home,
        description=feed.description or feed.title,
        subtitle=feed.description or None,
        language=feed.language,
        author_name=feed.agency,
        author_link=feed.site,
        feed_url=feed.url,
        feed_guid=feed.url,
        feed_copyright=f"© {feed.agency}",
        story_feed=feed,
    )
    for item in feed.items:
        # A whole text in RSS has a description before it; Django's stubs know of no item without.
        is_whole = kind is Rss and bool(item.html)
        summary: Any = item.summary or (item.headline if is_whole else None)
        made.add_item(
            title=item.headline,
            link=item.url,
            description=summary,
            pubdate=item.published_at,
            updateddate=item.updated_at,
            unique_id=item.guid,
            unique_id_is_permalink=False,
            enclosures=_enclosures(item),
            story=item,
        )
    text: str = made.writeString("utf-8")
    return text


def _enclosures(item: FeedItem) -> list[Enclosure]:
    picture = item.picture
    return [Enclosure(picture.url, str(picture.size), picture.mime)] if picture else []
