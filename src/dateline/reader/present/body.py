"""A story's body: from stored blocks to what the templates show.

Reads the stored values directly: building the editor's own block objects for a page costs more than
all the rest of it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.safestring import SafeString

from dateline.common.html import Markup, for_readers, is_web_address
from dateline.media.models import Picture
from dateline.reader.contexts import (
    BlockContext,
    DatelineContext,
    DocumentContext,
    EmbedContext,
    FactBoxContext,
    GalleryContext,
    ListContext,
    ParagraphContext,
    PictureBlockContext,
    PictureContext,
    PullQuoteContext,
    QuoteContext,
    SubheadContext,
    TableContext,
)
from dateline.reader.present.pictures import picture_context, renditions_of
from dateline.stories.paragraphs import PARAGRAPH, paragraphs_in, plain_text

_ITEM = re.compile(r"<li[^>]*>(.*?)</li>", re.DOTALL)
Raw = dict[str, Any]
Pictures = dict[int, PictureContext]


def body_contexts(
    raw: list[Raw], dateline: DatelineContext | None
) -> tuple[tuple[BlockContext, ...], bool]:
    """Return a body's blocks, and whether the first paragraph took the dateline."""
    return _blocks(raw, dateline, _pictures(raw))


def several_bodies(raws: Sequence[list[Raw]]) -> list[tuple[BlockContext, ...]]:
    """Return the blocks of several bodies; one query for the pictures of them all."""
    pictures = _pictures([part for raw in raws for part in raw])
    return [_blocks(raw, None, pictures)[0] for raw in raws]


def _blocks(
    raw: list[Raw], dateline: DatelineContext | None, pictures: Pictures
) -> tuple[tuple[BlockContext, ...], bool]:
    made: list[BlockContext] = []
    placed = dateline is None
    for part in raw:
        for block in _MAKERS[part["type"]](part, pictures):
            if not placed and isinstance(block, ParagraphContext):
                block = ParagraphContext(
                    block_id=block.block_id, html=block.html, dateline=dateline
                )
                placed = True
            made.append(block)
    return tuple(made), placed


def word_count(raw: list[Raw]) -> int:
    """Return the number of words a reader reads in a body."""
    return sum(len(text.split()) for text in texts(raw))


def texts(raw: list[Raw]) -> Iterator[str]:
    """Yield the running text of a body, block by block."""
    for part in raw:
        value = part["value"]
        if isinstance(value, str):
            yield plain_text(value)
        elif "text" in value:
            yield plain_text(value["text"])


def _pictures(raw: list[Raw]) -> Pictures:
    wanted: dict[int, str] = {}
    for part in raw:
        if part["type"] == "picture":
            wanted[part["value"]["picture"]] = part["value"].get("caption") or ""
        elif part["type"] == "gallery":
            for item in _items(part["value"]["pictures"]):
                wanted[item["picture"]] = item.get("caption") or ""
    if not wanted:
        return {}
    renditions = renditions_of(wanted)
    made = {
        picture.pk: picture_context(picture, renditions[picture.pk], caption=wanted[picture.pk])
        for picture in Picture.objects.filter(pk__in=wanted)
    }
    return {number: context for number, context in made.items() if context is not None}


def _items(stored: list[Raw]) -> list[Raw]:
    return [item.get("value", item) for item in stored]


def _inline(html: str) -> SafeString:
    return for_readers(Markup.INLINE, html)


def _paragraphs(part: Raw, _: Pictures) -> Iterator[BlockContext]:
    for block_id, html in paragraphs_in(part):
        yield ParagraphContext(block_id=block_id, html=_inline(html))


def _subhead(part: Raw, _: Pictures) -> Iterator[BlockContext]:
    yield SubheadContext(block_id=part["id"], text=part["value"])


def _quote(part: Raw, _: Pictures) -> Iterator[BlockContext]:
    value = part["value"]
    words = "<br>".join(PARAGRAPH.findall(value["text"])) or value["text"]
    make = PullQuoteContext if value.get("is_pull") else QuoteContext
    yield make(
        block_id=part["id"],
        html=_inline(words),
        speaker=value.get("speaker") or "",
        role=value.get("role") or "",
    )


def _list(part: Raw, pictures: Pictures) -> Iterator[BlockContext]:
    items = tuple(_inline(item) for item in _ITEM.findall(part["value"]))
    if items:
        yield ListContext(block_id=part["id"], items=items, is_ordered="<ol" in part["value"])
    else:
        yield from _paragraphs(part, pictures)


def _picture(part: Raw, pictures: Pictures) -> Iterator[BlockContext]:
    picture = pictures.get(part["value"]["picture"])
    if picture is not None:
        yield PictureBlockContext(block_id=part["id"], picture=picture)


def _gallery(part: Raw, pictures: Pictures) -> Iterator[BlockContext]:
    items = _items(part["value"]["pictures"])
    shown = tuple(pictures[item["picture"]] for item in items if item["picture"] in pictures)
    if shown:
        yield GalleryContext(
            block_id=part["id"], pictures=shown, title=part["value"].get("title") or ""
        )


def _cells(line: str) -> tuple[str, ...]:
    line = line.strip()
    if line.startswith("|") and line.endswith("|"):
        line = line[1:-1]
    return tuple(cell.strip() for cell in re.split(r"\t|\|", line))


def _table(part: Raw, _: Pictures) -> Iterator[BlockContext]:
    value = part["value"]
    yield TableContext(
        block_id=part["id"],
        caption=value.get("caption") or "",
        header=_cells(value["header"]) if value.get("header") else (),
        rows=tuple(_cells(line) for line in value["rows"].splitlines() if line.strip()),
        source=value.get("source") or "",
    )


def _fact_box(part: Raw, _: Pictures) -> Iterator[BlockContext]:
    value = part["value"]
    yield FactBoxContext(
        block_id=part["id"],
        title=value["title"],
        html=for_readers(Markup.BLOCK, value["text"]),
    )


def _embed(part: Raw, _: Pictures) -> Iterator[BlockContext]:
    value = part["value"]
    if is_web_address(value["url"]):
        yield EmbedContext(
            block_id=part["id"],
            url=value["url"],
            title=value.get("title") or "",
            provider=value.get("provider") or "",
        )


def _document(part: Raw, _: Pictures) -> Iterator[BlockContext]:
    value = part["value"]
    if is_web_address(value["url"]):
        yield DocumentContext(block_id=part["id"], url=value["url"], title=value["title"])


_MAKERS: dict[str, Callable[[Raw, Pictures], Iterator[BlockContext]]] = {
    "paragraph": _paragraphs,
    "subhead": _subhead,
    "quote": _quote,
    "list": _list,
    "picture": _picture,
    "gallery": _gallery,
    "table": _table,
    "fact_box": _fact_box,
    "embed": _embed,
    "document": _document,
}
