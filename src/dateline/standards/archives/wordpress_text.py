"""A WordPress post's text to plain HTML: blocks, shortcodes and paragraphs by blank lines.

Source: the block comments of the WordPress editor (`<!-- wp:name {"json"} -->`), and the rule of
its classic editor that a blank line parts paragraphs and a line end is a line break.
"""

import json
import re
from html import escape
from typing import Any

from dateline.standards.archives.galleries import Galleries
from dateline.standards.archives.shortcodes import without_shortcodes
from dateline.standards.text.words import words

_OPENING = "<!-- wp:"
_BLOCK = re.compile(r"([a-z0-9/-]{1,60})(?:\s+(\{.*\}))?\s*(/)?", re.DOTALL)
_LONGEST_HEAD = 8000
_NO_TEXT = words(
    """latest-posts latest-comments rss calendar archives categories tag-cloud search social-links
    navigation page-list spacer separator more nextpage query comments loginout site-logo"""
)
_AROUND = re.compile(
    r"(</?(?:p|div|section|article|aside|header|footer|main|table|thead|tbody|tfoot|tr|td|th|ul|ol|"
    r"li|dl|dt|dd|pre|blockquote|figure|figcaption|h[1-6]|hr|address|form|fieldset|iframe|video|"
    r"audio|style|script|details|summary)(?=[\s/>])[^<>]{0,4000}>)",
    re.IGNORECASE,
)
_HOLDS_LINES = re.compile(
    r"^</?(?:div|section|article|aside|main|p|li|td|th|dd|blockquote|figcaption)\b", re.IGNORECASE
)
_PRE = re.compile(r"<pre[\s>]", re.IGNORECASE)
_MOST_PRE = 200
_LONE = re.compile(
    r"^[ \t]*(?:<p>\s*)?(https?://[^\s<>\"'\[\]]{4,500})(?:\s*</p>)?[ \t]*$", re.MULTILINE
)
_PLAYERS = re.compile(
    r"https?://(?:[\w-]+\.)?(?:youtube\.com|youtu\.be|vimeo\.com|twitter\.com|x\.com|instagram\.com|"
    r"facebook\.com|fb\.watch|tiktok\.com|soundcloud\.com|spotify\.com|dailymotion\.com|dai\.ly|"
    r"reddit\.com|bsky\.app|mixcloud\.com|ted\.com|slideshare\.net|scribd\.com)/",
    re.IGNORECASE,
)


def html_of_post(markup: str, *, own: str, galleries: Galleries) -> tuple[str, list[str]]:
    """Turn a post's text into plain HTML.

    Args:
        markup: The text as exported.
        own: The post's number.
        galleries: Where its galleries are kept.

    Returns:
        The HTML, and the names of what in it was not understood.
    """
    text = markup.replace("\r\n", "\n").replace("\r", "\n")
    odd: list[str] = []
    is_blocks = "<!-- wp:" in text
    if is_blocks:
        text = _blocks(text, galleries, odd)
    text, shortcodes = without_shortcodes(text, own=own, galleries=galleries)
    odd += [f"[{name}]" for name in shortcodes]
    text = _LONE.sub(_player, text)
    if not is_blocks:
        text = paragraphs(text)
    return text, list(dict.fromkeys(odd))


def _blocks(text: str, galleries: Galleries, odd: list[str]) -> str:
    pieces: list[str] = []
    at = 0
    while (start := text.find(_OPENING, at)) >= 0:
        head_end = text.find("-->", start, start + _LONGEST_HEAD)
        found = _BLOCK.fullmatch(text, start + len(_OPENING), head_end) if head_end >= 0 else None
        if found is None:
            pieces.append(text[at : start + len(_OPENING)])
            at = start + len(_OPENING)
            continue
        name = found[1].removeprefix("core/")
        made, end = _block(name, found, head_end + 3, galleries)
        if made is None:
            _note(name, bool(found[3]), odd)
        pieces += [text[at:start], made or ""]
        at = end
    return "".join([*pieces, text[at:]])


def _block(
    name: str, found: re.Match[str], after: int, galleries: Galleries
) -> tuple[str | None, int]:
    """Return what stands for a block as a whole and where it ends; None to read it as it is."""
    if found[3]:
        return ("" if name in _NO_TEXT else None), after
    closing = f"<!-- /wp:{found[1]} -->"
    close = found.string.find(closing, after) if _is_whole(name) else -1
    if close < 0:
        return None, after
    end, inside = close + len(closing), found.string[after:close]
    if "gallery" in name:
        return galleries.in_markup(inside) or inside, end
    if name in _NO_TEXT:
        return "", end
    address = str(_given(found[2]).get("url") or "")
    return (_frame(address) if address else inside), end


def _is_whole(name: str) -> bool:
    return (
        "gallery" in name or name == "embed" or name.startswith("core-embed/") or name in _NO_TEXT
    )


def _given(json_text: str | None) -> dict[str, Any]:
    try:
        value = json.loads(json_text or "{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _note(name: str, is_empty: bool, odd: list[str]) -> None:
    """Note a block of which nothing stands in the text: its words are made by the old system."""
    if is_empty and name not in _NO_TEXT:
        odd.append("reusable block" if name == "block" else f"block {name}")


def _frame(address: str) -> str:
    return f'\n\n<iframe src="{escape(address)}"></iframe>\n\n'


def _player(found: re.Match[str]) -> str:
    return _frame(found[1]) if _PLAYERS.match(found[1]) else found.group()


def paragraphs(text: str) -> str:
    """Make paragraphs of what blank lines part, and line breaks of single line ends."""
    kept: list[str] = []
    text = _without_pre(text, kept)
    pieces: list[str] = []
    holds = [True]
    for piece in _AROUND.split(text):
        if _AROUND.fullmatch(piece):
            _open_or_close(piece, holds)
            pieces.append(piece)
        elif holds[-1]:
            pieces += [_paragraph(one) for one in re.split(r"\n[ \t]*\n", piece)]
        else:
            pieces.append(piece)
    return _restore("".join(pieces), kept)


def _open_or_close(tag: str, holds: list[bool]) -> None:
    """Remember whether blank lines part paragraphs inside the element that is open now."""
    if tag.startswith("</"):
        if len(holds) > 1:
            holds.pop()
    elif not tag.endswith("/>") and not tag.lower().startswith(("<hr", "<iframe")):
        holds.append(bool(_HOLDS_LINES.match(tag)))


def _paragraph(text: str) -> str:
    text = text.strip()
    return f"<p>{text}</p>".replace("\n", "<br>\n") if text else ""


def _without_pre(text: str, kept: list[str]) -> str:
    """Put text whose lines stand as they are aside, a mark in its place."""
    pieces: list[str] = []
    at = 0
    while (found := _PRE.search(text, at)) is not None:
        close = text.lower().find("</pre>", found.end()) if len(kept) < _MOST_PRE else -1
        if close < 0:
            break
        kept.append(text[found.start() : close + 6])
        pieces += [text[at : found.start()], f"\ue002{len(kept) - 1}\ue003"]
        at = close + 6
    return "".join([*pieces, text[at:]])


def _restore(text: str, kept: list[str]) -> str:
    def back(hit: re.Match[str]) -> str:
        number = int(hit[1])
        return kept[number] if number < len(kept) else ""

    return re.sub("\ue002(\\d{1,6})\ue003", back, text) if kept else text
