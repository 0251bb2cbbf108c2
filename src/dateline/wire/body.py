"""From an item's blocks to a story's stored body."""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import Any

from dateline.standards.facts import Block, Facts


def stored_body(facts: Facts) -> list[dict[str, Any]]:
    """Return an item's body as a draft takes it; pictures by address are left to imports."""
    return [part for block in facts.body for part in _stored(block)]


def _stored(block: Block) -> Iterator[dict[str, Any]]:
    make = _MAKERS.get(block.kind)
    value = make(block) if make else None
    if value is not None:
        yield {"type": block.kind, "value": value}


def _quote(block: Block) -> dict[str, str]:
    speaker = (block.attribution or "")[:120]
    return {"text": f"<p>{block.html}</p>", "speaker": speaker, "role": ""}


def _list(block: Block) -> str:
    tag = "ol" if block.ordered else "ul"
    return f"<{tag}>" + "".join(f"<li>{item}</li>" for item in block.items) + f"</{tag}>"


def _table(block: Block) -> dict[str, str]:
    rows = "\n".join(" | ".join(_cell(cell) for cell in row) for row in block.rows)
    return {"caption": block.text[:200], "header": "", "rows": rows, "source": ""}


def _cell(html: str) -> str:
    text = unescape(re.sub(r"<[^>]+>", "", html))
    return " ".join(text.replace("|", "/").split())


def _embed(block: Block) -> dict[str, str] | None:
    if not block.url.startswith(("http://", "https://")):
        return None
    return {"url": block.url, "title": block.text[:160], "provider": ""}


_MAKERS: dict[str, Callable[[Block], Any]] = {
    "paragraph": lambda block: f"<p>{block.html}</p>",
    "subhead": lambda block: block.text[:160],
    "quote": _quote,
    "list": _list,
    "table": _table,
    "embed": _embed,
}


def note_text(facts: Facts) -> str:
    """Return the notes readers must never see, for the desk."""
    return "\n".join(note.text for note in facts.notes if not note.public)


def public_note(facts: Facts) -> str:
    """Return the notes readers may see, as the editor's note."""
    texts = [note.text for note in facts.notes if note.public]
    if facts.correction_public:
        texts.insert(0, facts.correction_public)
    return escape(" ".join(texts), quote=False)
