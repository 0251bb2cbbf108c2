"""From the sample's blocks to a story's stored body."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from dateline.sample.errors import SampleError
from dateline.sample.markup import (
    Block,
    Drawing,
    Embed,
    FactBox,
    Gallery,
    Items,
    Paragraph,
    Quote,
    Subhead,
    Table,
    inline_html,
)


def stored_body(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Return blocks as `{"type", "value"}`, the way a draft takes them.

    Pictures are left out: they are drawn, and put into their places, later.
    """
    return [_stored(block) for block in blocks if not isinstance(block, Drawing | Gallery)]


def picture_parts(
    blocks: Sequence[Block], number_of: Callable[[Drawing], int]
) -> list[tuple[int, dict[str, Any]]]:
    """Return the pictures and galleries of a body, each with its place in it.

    Args:
        blocks: The whole body.
        number_of: Gives the key of a drawing's stored picture.
    """
    parts: list[tuple[int, dict[str, Any]]] = []
    for place, block in enumerate(blocks):
        if isinstance(block, Drawing):
            value: dict[str, Any] = {"picture": number_of(block), "caption": ""}
            parts.append((place, _part("picture", value)))
        elif isinstance(block, Gallery):
            pictures = [{"picture": number_of(one), "caption": ""} for one in block.drawings]
            items = [_part("item", one) for one in pictures]
            parts.append((place, _part("gallery", {"title": block.title, "pictures": items})))
    return parts


def _part(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid4())}


def _stored(block: Block) -> dict[str, Any]:
    kind, value = _kind_and_value(block)
    return {"type": kind, "value": value}


def _kind_and_value(block: Block) -> tuple[str, Any]:  # noqa: PLR0911 - one line a kind
    match block:
        case Paragraph(text):
            return "paragraph", f"<p>{inline_html(text)}</p>"
        case Subhead(text):
            return "subhead", text
        case Quote(words, speaker, role):
            text = f"<p>{inline_html(words)}</p>"
            return "quote", {"text": text, "speaker": speaker, "role": role}
        case Items(items):
            return "list", _list(items)
        case FactBox(title, items):
            return "fact_box", {"title": title, "text": _list(items)}
        case Table():
            return "table", _table(block)
        case Embed(url, title, provider):
            return "embed", {"url": url, "title": title, "provider": provider}
        case _:
            raise SampleError(where="body", what=f"{type(block).__name__} is drawn later")


def _list(items: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{inline_html(item)}</li>" for item in items) + "</ul>"


def _table(table: Table) -> dict[str, str]:
    return {
        "caption": table.caption,
        "header": " | ".join(table.header),
        "rows": "\n".join(" | ".join(row) for row in table.rows),
        "source": table.source,
    }
