"""Galleries inside a text: kept aside, with a mark in their place that HTML readers carry along."""

import re
from collections.abc import Sequence
from html import unescape

from dateline.standards.archives.facts import ArchivePicture
from dateline.standards.archives.shelf import Shelf
from dateline.standards.archives.text import absolute, one_line

_MARK = re.compile("\ue000(\\d{1,4})\ue001")
_IMAGE = re.compile(r"<img\s([^<>]{0,4000})>", re.IGNORECASE)
_CAPTION = re.compile(r"<figcaption[^<>]{0,500}>", re.IGNORECASE)
_MOST = 200


class Galleries:
    """The galleries of one text, by the number in their marks."""

    def __init__(self, shelf: Shelf, base: str) -> None:
        self._shelf = shelf
        self._base = base
        self._found: list[tuple[ArchivePicture, ...]] = []

    def mark(self, pictures: Sequence[ArchivePicture]) -> str:
        """Keep a gallery and return the mark that stands for it; nothing for an empty one."""
        if not pictures:
            return ""
        self._found.append(tuple(pictures[:_MOST]))
        return f"\n\n<p>\ue000{len(self._found) - 1}\ue001</p>\n\n"

    def by_shortcode(self, given: dict[str, str], own: str) -> str:
        """Keep the gallery of a shortcode: the pictures it numbers, else those of the post."""
        listed = given.get("ids") or given.get("include") or ""
        numbers = re.findall(r"\d{1,18}", listed)[:_MOST]
        if not numbers:
            numbers = self._shelf.every("children", given.get("id") or own, limit=_MOST)
        kept = [self._shelf.get("picture", number) for number in numbers]
        return self.mark([ArchivePicture(**one) for one in kept if one])

    def in_markup(self, markup: str) -> str:
        """Keep the pictures that stand in a piece of HTML as a gallery."""
        found = list(_IMAGE.finditer(markup))
        ends = [hit.start() for hit in found[1:]] + [len(markup)]
        pictures = []
        for hit, end in zip(found, ends, strict=True):
            picture = self._picture(hit[1], _caption(markup, hit.end(), end))
            if picture is not None:
                pictures.append(picture)
        return self.mark(pictures)

    def _picture(self, attributes: str, caption: str) -> ArchivePicture | None:
        given = html_attributes(attributes)
        address = absolute(self._base, given.get("src") or given.get("data-src") or "")
        if not address:
            return None
        return ArchivePicture(
            address=address, alt=one_line(given.get("alt", "")), caption=one_line(caption)
        )

    def marked(self, text: str) -> tuple[ArchivePicture, ...]:
        """Return the gallery that a paragraph stands for; nothing if it is no mark."""
        hit = _MARK.fullmatch(text.strip())
        number = int(hit[1]) if hit else len(self._found)
        return self._found[number] if number < len(self._found) else ()


def _caption(markup: str, start: int, end: int) -> str:
    opening = _CAPTION.search(markup, start, end)
    close = markup.find("</figcaption", opening.end(), end) if opening else -1
    return markup[opening.end() : close] if opening and close >= 0 else ""


_HTML_ATTRIBUTE = re.compile(r"([a-zA-Z-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


def html_attributes(text: str) -> dict[str, str]:
    """Return the attributes of a tag by name."""
    return {
        hit[1].lower(): unescape(hit[2] or hit[3] or hit[4] or "")
        for hit in _HTML_ATTRIBUTE.finditer(text)
    }
