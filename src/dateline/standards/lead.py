"""The dateline at the head of a body that came as blocks, whatever the format."""

from dataclasses import dataclass, replace
from datetime import date

from dateline.standards.copy.dateline import complete, find_dateline
from dateline.standards.copy.year import year_warnings
from dateline.standards.facts import Block, Dateline
from dateline.standards.markup.cut import without_first
from dateline.standards.markup.inline import inline
from dateline.standards.text.clean import without_marks


@dataclass(frozen=True, slots=True)
class Led:
    """A body without its dateline, and the dateline."""

    body: tuple[Block, ...]
    dateline: Dateline | None = None
    warnings: tuple[str, ...] = ()


def take_dateline(body: tuple[Block, ...], known: date | None) -> Led:
    """Read the dateline off the first paragraph; the paragraph keeps what follows it."""
    at = next((at for at, block in enumerate(body[:3]) if block.kind == "paragraph"), None)
    if at is None:
        return Led(body)
    block = body[at]
    found = find_dateline(without_marks(block.text), known=known)
    if found is None or (not found.rest and at + 1 == len(body)):
        return Led(body)
    dateline = complete(found.dateline, known)
    warnings = year_warnings(dateline, found.written, known)
    kept: tuple[Block, ...] = ()
    if found.rest:
        plain = without_marks(block.html) if block.text != without_marks(block.text) else block.html
        markup = inline(without_first(plain, found.end))
        kept = (replace(block, text=found.rest, html=markup),)
    return Led(body[:at] + kept + body[at + 1 :], dateline, warnings)


def without_headline(body: tuple[Block, ...], headline: str | None) -> tuple[Block, ...]:
    """Drop a first block that only repeats the headline."""
    if headline and body and body[0].kind in ("subhead", "paragraph"):
        same = body[0].text.casefold().rstrip(". ") == headline.casefold().rstrip(". ")
        return body[1:] if same and len(body) > 1 else body
    return body
