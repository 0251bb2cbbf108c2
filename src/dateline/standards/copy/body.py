"""Paragraphs of plain copy to blocks: paragraphs, subheads, lists, attributed pull quotes."""

import html
import re

from dateline.standards.copy.lines import Line, ends_sentence
from dateline.standards.facts import Block

_BULLET = re.compile(r"^(?:[•·▪‣*]|-{1,2}|[–—])\s+(\S.*)$")
_SURE_BULLET = re.compile(r"^[•·▪‣*]\s+\S")
_PULLED = re.compile(r"^([\"“„«‚'‘].{8,400}[\"”“»’'])\s*(?:[-–—―]{1,2}|\n)\s*([^.!?\"“”«»]{3,80})$")
_ATTRIBUTION = re.compile(r"^[-–—―]{1,2}\s*([^.!?\"“”«»]{3,80})$")
_QUOTED = re.compile(r"^[\"“„«].{8,400}[\"”“»]$")
_LONGEST_SUBHEAD = 70


def escaped(text: str) -> str:
    """Escape text for a block's HTML; quotation marks stay readable."""
    return html.escape(text, quote=False)


def paragraph(text: str) -> Block:
    """Make a paragraph block of plain text."""
    return Block(kind="paragraph", text=text, html=escaped(text))


def blocks_of(paragraphs: list[Line]) -> tuple[Block, ...]:
    """Make blocks of a story's paragraphs, in order."""
    blocks: list[Block] = []
    at = 0
    while at < len(paragraphs):
        block, used = _block(paragraphs, at)
        blocks.append(block)
        at += used
    return tuple(blocks)


def _block(paragraphs: list[Line], at: int) -> tuple[Block, int]:
    bullets = _bullets(paragraphs, at)
    if bullets:
        return _list(bullets), len(bullets)
    text = paragraphs[at].text
    after = paragraphs[at + 1].text if at + 1 < len(paragraphs) else ""
    pulled = _PULLED.match(text)
    if pulled:
        return _quote(pulled.group(1), pulled.group(2)), 1
    attribution = _ATTRIBUTION.match(after) if _QUOTED.match(text) else None
    if attribution:
        return _quote(text, attribution.group(1)), 2
    if at and after and _is_subhead(text, after):
        return Block(kind="subhead", text=text, html=escaped(text)), 1
    return paragraph(text), 1


def _bullets(paragraphs: list[Line], at: int) -> list[str]:
    found: list[str] = []
    for index in range(at, len(paragraphs)):
        text = paragraphs[index].text
        hit = _BULLET.match(text)
        sure = hit and (_SURE_BULLET.match(text) or len(text) <= 160)
        if not hit or not sure:
            break
        found.append(hit.group(1))
    return found if len(found) >= 2 else []


def _list(items: list[str]) -> Block:
    rows = tuple(escaped(item) for item in items)
    return Block(kind="list", text="\n".join(items), html="<br>".join(rows), items=rows)


def _quote(words: str, speaker: str) -> Block:
    bare = words.strip("\"“”„«»‚'‘’ ")
    return Block(kind="quote", text=bare, html=escaped(bare), attribution=speaker.strip())


def _is_subhead(text: str, after: str) -> bool:
    if len(text) > _LONGEST_SUBHEAD or ends_sentence(text) or text[:1].islower():
        return False
    if text[:1] in "\"“„«'‘-–—(" or text.endswith((",", "-", "–", "—")):
        return False
    goes_on = len(after) > len(text) and ends_sentence(after)
    return len(text.split()) <= 9 and (goes_on or len(after) > 100)
