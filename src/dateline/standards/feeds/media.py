"""Media RSS: pictures, sound and film of an entry, in groups or alone."""

from typing import Any

from dateline.standards.feeds.entry import Media, absolute
from dateline.standards.feeds.tree import every, name_of, text_at


def media_in(item: Any, base: str) -> tuple[Media, ...]:
    """Read `media:content` of an entry, its thumbnails only when it has nothing better.

    Source: Media RSS 1.5.1; texts of the item hold for content that has none of its own.
    """
    groups = every(item, "media:group")
    holders = [item, *groups]
    contents = [(one, holder) for holder in holders for one in every(holder, "media:content")]
    if not contents:
        contents = [(one, holder) for holder in holders for one in every(holder, "media:thumbnail")]
    return tuple(_media(one, holder, item, base) for one, holder in contents if one.get("url"))


def _media(one: Any, holder: Any, item: Any, base: str) -> Media:
    texts = [text_near((one, holder, item), name) for name in ("title", "description", "credit")]
    thumbnail = name_of(one) == "media:thumbnail"
    return Media(
        href=absolute(base, one.get("url", "")),
        mime=one.get("type", "").lower(),
        medium=one.get("medium", "image" if thumbnail else "").lower(),
        width=one.get("width", ""),
        height=one.get("height", ""),
        size=one.get("fileSize", ""),
        title=texts[0],
        caption=texts[1],
        credit=texts[2],
    )


def text_near(elements: tuple[Any, ...], name: str) -> str:
    """Give the Media RSS text of the nearest element that has it."""
    return next((text for one in elements if (text := text_at(one, f"media:{name}"))), "")
