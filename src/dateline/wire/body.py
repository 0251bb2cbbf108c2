"""From an item's blocks to a story's stored body."""

from collections.abc import Iterator
from html import escape
from typing import Any

from dateline.standards.facts import Block, Facts


def stored_body(facts: Facts) -> list[dict[str, Any]]:
    """Return an item's body as a draft takes it; pictures by address are left to imports."""
    return [part for block in facts.body for part in _stored(block)]


def _stored(block: Block) -> Iterator[dict[str, Any]]:
    if block.kind == "paragraph":
        yield {"type": "paragraph", "value": f"<p>{block.html}</p>"}
    elif block.kind == "subhead":
        yield {"type": "subhead", "value": block.text[:160]}
    elif block.kind == "quote":
        value = {
            "text": f"<p>{block.html}</p>",
            "speaker": (block.attribution or "")[:120],
            "role": "",
        }
        yield {"type": "quote", "value": value}
    elif block.kind == "list":
        tag = "ol" if block.ordered else "ul"
        items = "".join(f"<li>{item}</li>" for item in block.items)
        yield {"type": "list", "value": f"<{tag}>{items}</{tag}>"}
    elif block.kind == "table":
        yield {"type": "table", "value": _table(block)}
    elif block.kind == "embed" and block.url.startswith(("http://", "https://")):
        yield {
            "type": "embed",
            "value": {"url": block.url, "title": block.text[:160], "provider": ""},
        }


def _table(block: Block) -> dict[str, str]:
    rows = [
        " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in row) for row in block.rows
    ]
    return {"caption": block.text[:200], "header": "", "rows": "\n".join(rows), "source": ""}


def note_text(facts: Facts) -> str:
    """Return the notes readers must never see, for the desk."""
    return "\n".join(note.text for note in facts.notes if not note.public)


def public_note(facts: Facts) -> str:
    """Return the notes readers may see, as the editor's note."""
    texts = [note.text for note in facts.notes if note.public]
    if facts.correction_public:
        texts.insert(0, facts.correction_public)
    return escape(" ".join(texts), quote=False)
