"""From the blocks that readers of foreign formats yield to the parts of a stored body."""

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import Any

from dateline.common.html import is_web_address
from dateline.standards.facts import Block

Part = dict[str, Any]


def parts_of(blocks: Iterable[Block]) -> Iterator[Part]:
    """Yield a body's parts as a draft takes them; pictures by address are left to imports."""
    for block in blocks:
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
    return {"caption": "", "header": "", "rows": rows, "source": ""}


def _cell(html: str) -> str:
    text = unescape(re.sub(r"<[^>]+>", "", html))
    return " ".join(text.replace("|", "/").split())


def _embed(block: Block) -> dict[str, str] | None:
    if not is_web_address(block.url):
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
