"""An item's markup to the blocks of a body, with its dateline taken off the first paragraph."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from dateline.standards.archives.facts import ArchiveItem, ArchivePicture
from dateline.standards.archives.galleries import Galleries
from dateline.standards.archives.shelf import Shelf, plain_path
from dateline.standards.archives.wordpress_text import html_of_post
from dateline.standards.facts import Block, Dateline
from dateline.standards.lead import take_dateline, without_headline
from dateline.standards.markup.blocks import blocks_from_html, blocks_from_text

_GALLERY = re.compile(r"<figure[^<>]{0,500}kg-gallery-card[^<>]{0,500}>", re.IGNORECASE)
_BOOKMARK = re.compile(r"<figure[^<>]{0,500}kg-bookmark-card[^<>]{0,500}>", re.IGNORECASE)
_LINK = re.compile(r"<a[^<>]{0,500}href=\"(https?://[^\"<>]{1,1000})\"", re.IGNORECASE)
_TITLE = re.compile(r"kg-bookmark-title\"[^<>]{0,200}>([^<>]{1,500})<", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveBody:
    """A body as blocks; a paragraph that is the mark of a gallery stands for its pictures.

    `odd` names what in the text was not understood and is not in the blocks.
    """

    blocks: tuple[Block, ...]
    galleries: Galleries
    dateline: Dateline | None = None
    odd: tuple[str, ...] = ()


def body_of(item: ArchiveItem, shelf: Shelf) -> ArchiveBody:
    """Make the blocks of an item.

    Raises:
        CopyError: its markup nests too deep.
    """
    galleries, odd = Galleries(shelf, item.address), list[str]()
    if item.dialect == "text":
        blocks = blocks_from_text(item.markup)
    else:
        html = item.markup
        if item.dialect == "wordpress":
            own = item.key.removeprefix("post:")
            html, odd = html_of_post(html, own=own, galleries=galleries)
        elif "kg-" in html:
            html = _ghost_cards(html, galleries)
        blocks = blocks_from_html(html, base=item.address, where=item.key)
    led = take_dateline(without_headline(blocks, item.headline), item.published.day)
    return ArchiveBody(blocks=led.body, galleries=galleries, dateline=led.dateline, odd=tuple(odd))


def told_of(picture: ArchivePicture, shelf: Shelf) -> ArchivePicture:
    """Add to a picture what the archive says of its file elsewhere; its own words come first."""
    kept = shelf.get("path", plain_path(picture.address))
    if not kept:
        return picture
    return ArchivePicture(
        address=picture.address,
        caption=picture.caption or kept["caption"],
        alt=picture.alt or kept["alt"],
        credit=picture.credit or kept["credit"],
        title=picture.title or kept["title"],
    )


def _ghost_cards(html: str, galleries: Galleries) -> str:
    html = _figures(html, _GALLERY, galleries.in_markup)
    return _figures(html, _BOOKMARK, _bookmark)


def _figures(html: str, opening: re.Pattern[str], made: Callable[[str], str]) -> str:
    pieces: list[str] = []
    at = 0
    while (found := opening.search(html, at)) is not None:
        close = html.find("</figure>", found.end())
        if close < 0:
            break
        pieces += [html[at : found.start()], made(html[found.end() : close])]
        at = close + len("</figure>")
    return "".join([*pieces, html[at:]])


def _bookmark(inside: str) -> str:
    link, title = _LINK.search(inside), _TITLE.search(inside)
    if link is None:
        return ""
    return f'<p><a href="{link[1]}">{title[1] if title else link[1]}</a></p>'
