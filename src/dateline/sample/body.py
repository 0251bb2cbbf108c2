"""From the sample's blocks to a story's stored body."""

from collections.abc import Sequence
from typing import Any

from dateline.sample.markup import (
    Block,
    Embed,
    FactBox,
    Items,
    Paragraph,
    Quote,
    Subhead,
    Table,
    inline_html,
)


def stored_body(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Return blocks as `{"type", "value"}`, the way a draft takes them."""
    return [_stored(block) for block in blocks]


def _stored(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(text):
            return {"type": "paragraph", "value": f"<p>{inline_html(text)}</p>"}
        case Subhead(text):
            return {"type": "subhead", "value": text}
        case Quote(words, speaker, role):
            value = {"text": f"<p>{inline_html(words)}</p>", "speaker": speaker, "role": role}
            return {"type": "quote", "value": value}
        case Items(items):
            return {"type": "list", "value": _list(items)}
        case FactBox(title, items):
            return {"type": "fact_box", "value": {"title": title, "text": _list(items)}}
        case Table():
            return {"type": "table", "value": _table(block)}
        case Embed(url, title, provider):
            return {"type": "embed", "value": {"url": url, "title": title, "provider": provider}}


def _list(items: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{inline_html(item)}</li>" for item in items) + "</ul>"


def _table(table: Table) -> dict[str, str]:
    return {
        "caption": table.caption,
        "header": " | ".join(table.header),
        "rows": "\n".join(" | ".join(row) for row in table.rows),
        "source": table.source,
    }
