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


def _list(items: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{inline_html(item)}</li>" for item in items) + "</ul>"


def _table(table: Table) -> dict[str, str]:
    return {
        "caption": table.caption,
        "header": " | ".join(table.header),
        "rows": "\n".join(" | ".join(row) for row in table.rows),
        "source": table.source,
    }
