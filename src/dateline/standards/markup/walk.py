"""The walk over an HTML tree that fills blocks: one handler for each kind of structure."""

import re
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin

from dateline.standards.facts import Block, Picture, Rendition
from dateline.standards.markup.inline import INLINE_TAGS, inline, is_web_address
from dateline.standards.text.clean import fold, fold_spaces, is_blank, or_none
from dateline.standards.text.words import words

_BLOCKS = words(
    """p div section article main header footer aside address pre dl dt dd center details
    summary form fieldset body html hr legend hgroup figure figcaption caption blockquote"""
) | {"bodytext", "body.content", "block", "hl1", "hl2"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = words(
    """script style template noscript title head svg math object applet nav button select
    textarea option datalist noframes noembed xmp plaintext canvas map frameset"""
)
# Classes of parts that stand in an agency's body markup and are not for reading.
_NOT_BODY = words("vignette source signature dat np-nonpublic np-public nonpublic")
_EMBEDS = words("iframe video audio embed source")
_QUOTED_POSTS = ("twitter-tweet", "instagram-media", "tiktok-embed", "fb-post", "bluesky-embed")
_ATTRIBUTION = re.compile(r"^[-–—―]{1,2}\s*(.{2,120})$")


@dataclass(slots=True)
class _Open:
    """What the text being read belongs to, other than a paragraph."""

    items: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    quote: list[tuple[str, str]] = field(default_factory=list)
    attribution: str | None = None
    caption: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    post_url: str = ""
    lists: int = 0
    tables: int = 0
    quotes: int = 0
    figures: int = 0
    ordered: bool = False


class Walk:
    """Collects blocks from the start and end of elements, in document order."""

    def __init__(self, base: str) -> None:
        self.blocks: list[Block] = []
        self._base = base
        self._pieces: list[str] = []
        self._texts: list[str] = []
        self._inline: list[tuple[str, str]] = []
        self._at_space = True
        self._skipping = 0
        self._level = 0
        self._target = ""
        self._open = _Open()

    def start(self, element: Any) -> None:
        """Enter an element and say its text."""
        tag = _name(element)
        if self._skipping or tag in _SKIPPED or _NOT_BODY & set(_classes(element)):
            self._skipping += 1
            return
        self._enter(tag, element)
        self.say(element.text)

    def end(self, element: Any) -> None:
        """Leave an element and say the text after it."""
        if self._skipping:
            self._skipping -= 1
        else:
            self._leave(_name(element))
        self.say(element.tail)

    def say(self, text: str | None) -> None:
        """Add text to the block being filled; white space is folded across elements."""
        if not text or self._skipping:
            return
        folded = fold_spaces(text)
        if self._at_space:
            folded = folded.lstrip(" ")
        if folded:
            self._at_space = folded.endswith(" ")
            self._texts.append(folded)
            self._pieces.append(escape(folded, quote=False))

    def flush(self) -> None:
        """End the block being filled, if there is anything in it."""
        closing = "".join(f"</{tag}>" for tag, _ in reversed(self._inline))
        markup = "".join(self._pieces) + closing
        text = fold("".join(self._texts))
        self._texts, self._at_space = [], True
        self._pieces = [opening for _, opening in self._inline]
        if is_blank(text):
            return
        self._put(inline(_trimmed(markup)), text)

    def _put(self, markup: str, text: str) -> None:
        state = self._open
        if self._target == "attribution":
            state.attribution = text.lstrip("-–—― ")
        elif self._target == "caption" and (state.figures or state.tables):
            state.caption.append(text)
        elif state.tables:
            self._put_cell(markup)
        elif state.lists:
            state.items.append(markup)
        elif state.quotes:
            state.quote.append((markup, text))
        elif self._level:
            self._add(Block(kind="subhead", text=text, html=markup, level=max(2, self._level)))
        else:
            self._add(_paragraph(markup, text))

    def _put_cell(self, markup: str) -> None:
        rows = self._open.rows
        if rows and rows[-1]:
            cell = rows[-1][-1]
            rows[-1][-1] = f"{cell} {markup}" if cell else markup
        else:
            self._add(_paragraph(markup, _bare(markup)))

    def _add(self, block: Block) -> None:
        self.blocks.append(block)

    def _enter(self, tag: str, element: Any) -> None:
        if tag in INLINE_TAGS:
            self._enter_inline(tag, element)
        elif tag in _HEADINGS:
            self.flush()
            self._level = _HEADINGS[tag]
        elif tag in ("img", "image", "amp-img"):
            self._picture(element)
        elif tag in _EMBEDS:
            self._embed(element)
        elif tag in _BLOCKS or tag in _STRUCTURE:
            self.flush()
            _STRUCTURE.get(tag, Walk._plain_start)(self, element)

    def _leave(self, tag: str) -> None:
        if tag in INLINE_TAGS:
            self._leave_inline(tag)
        elif tag in _HEADINGS:
            self.flush()
            self._level = 0
        elif tag in _BLOCKS or tag in _STRUCTURE:
            self.flush()
            _ENDS.get(tag, Walk._plain_end)(self)

    def _enter_inline(self, tag: str, element: Any) -> None:
        if tag == "br":
            self._break()
            return
        if tag == "cite" and self._open.quotes:
            self.flush()
            self._target = "attribution"
            return
        if any(tag == name for name, _ in self._inline):
            return
        opening = f"<{tag}>"
        if tag == "a":
            address = self._address(element.get("href"))
            self._open.post_url = address or self._open.post_url
            opening = f'<a href="{escape(address)}">' if address else "<a>"
        elif tag == "abbr" and element.get("title"):
            opening = f'<abbr title="{escape(fold(element.get("title")))}">'
        self._inline.append((tag, opening))
        self._pieces.append(opening)

    def _leave_inline(self, tag: str) -> None:
        if tag == "cite" and self._target == "attribution":
            self.flush()
            self._target = ""
        if not self._inline or not any(tag == name for name, _ in self._inline):
            return
        while self._inline:
            name, _ = self._inline.pop()
            self._pieces.append(f"</{name}>")
            if name == tag:
                break

    def _break(self) -> None:
        if not self._texts:
            return
        if self._pieces and self._pieces[-1] == "<br>":
            self._pieces.pop()
            self.flush()
            return
        self._pieces.append("<br>")
        if not self._at_space:
            self._texts.append(" ")
        self._at_space = True

    def _address(self, href: str | None) -> str:
        if not href:
            return ""
        href = href.strip()
        try:
            return urljoin(self._base, href) if self._base else href
        except ValueError:
            return ""

    def _picture(self, element: Any) -> None:
        href = self._address(element.get("src") or element.get("data-src"))
        if not is_web_address(href):
            return
        size = (_pixels(element.get(side)) for side in ("width", "height"))
        width, height = size
        if width == 1 or height == 1:
            return
        rendition = Rendition(href=href, width=width, height=height)
        picture = Picture(headline=or_none(element.get("alt") or ""), renditions=(rendition,))
        if self._open.figures:
            self._open.pictures.append(picture)
            return
        self._add(Block(kind="picture", picture=picture))

    def _embed(self, element: Any) -> None:
        href = self._address(element.get("src"))
        if href.startswith("//"):
            href = "https:" + href
        if is_web_address(href):
            self._add(Block(kind="embed", url=href))

    def _plain_start(self, element: Any) -> None:
        """Nothing is to be remembered of a plain block."""

    def _plain_end(self) -> None:
        """Nothing is to be done after a plain block."""

    def _list_start(self, element: Any) -> None:
        self._open.lists += 1
        if self._open.lists == 1:
            self._open.items = []
            self._open.ordered = _name(element) == "ol"

    def _list_end(self) -> None:
        state = self._open
        state.lists = max(0, state.lists - 1)
        if state.lists or not state.items:
            return
        rows, state.items = tuple(state.items), []
        if state.tables and state.rows:
            self._put_cell("<br>".join(rows))
            return
        text = "\n".join(map(_bare, rows))
        markup = "<br>".join(rows)
        self._add(
            Block(
                kind="list",
                text=text,
                html=markup,
                items=rows,
                ordered=state.ordered,
                links=markup.count("<a href"),
            )
        )

    def _table_start(self, element: Any) -> None:
        self._open.tables += 1
        if self._open.tables == 1:
            self._open.rows = []
            self._open.caption = []

    def _row_start(self, element: Any) -> None:
        if self._open.tables == 1:
            self._open.rows.append([])

    def _cell_start(self, element: Any) -> None:
        if self._open.tables == 1:
            if not self._open.rows:
                self._open.rows.append([])
            self._open.rows[-1].append("")

    def _table_end(self) -> None:
        state = self._open
        state.tables = max(0, state.tables - 1)
        if state.tables:
            return
        rows = tuple(tuple(row) for row in state.rows if any(row))
        state.rows = []
        if sum(map(len, rows)) == 1:
            self._add(_paragraph(rows[0][0], _bare(rows[0][0])))
        elif rows:
            text = "\n".join(" ".join(map(_bare, row)) for row in rows)
            links = sum(cell.count("<a href") for row in rows for cell in row)
            self._add(Block(kind="table", text=text, rows=rows, links=links))

    def _quote_start(self, element: Any) -> None:
        self._open.quotes += 1
        if self._open.quotes == 1:
            self._open.quote, self._open.attribution = [], None
            post = any(name in _QUOTED_POSTS for name in _classes(element))
            self._open.post_url = "" if post else "-"

    def _quote_end(self) -> None:
        state = self._open
        state.quotes = max(0, state.quotes - 1)
        if state.quotes or not state.quote:
            return
        parts, state.quote = state.quote, []
        signed = _ATTRIBUTION.match(parts[-1][1]) if len(parts) > 1 else None
        attribution = state.attribution or (signed.group(1) if signed else None)
        if signed and not state.attribution:
            parts = parts[:-1]
        markup = "<br>".join(part for part, _ in parts)
        text = " ".join(words for _, words in parts)
        links = markup.count("<a href")
        self._add(Block(kind="quote", text=text, html=markup, attribution=attribution, links=links))

    def _figure_start(self, element: Any) -> None:
        self._open.figures += 1
        if self._open.figures == 1:
            self._open.pictures, self._open.caption = [], []

    def _figure_end(self) -> None:
        state = self._open
        state.figures = max(0, state.figures - 1)
        if state.figures:
            return
        caption = " ".join(state.caption) or None
        for picture in state.pictures:
            shown = Picture(
                headline=picture.headline, caption=caption, renditions=picture.renditions
            )
            self._add(Block(kind="picture", text=caption or "", picture=shown))
        state.pictures = []

    def _caption_start(self, element: Any) -> None:
        self._target = "caption"

    def _footer_start(self, element: Any) -> None:
        if self._open.quotes:
            self._target = "attribution"

    def _target_end(self) -> None:
        self._target = ""


_STRUCTURE: dict[str, Any] = {
    "ul": Walk._list_start,
    "ol": Walk._list_start,
    "li": Walk._plain_start,
    "table": Walk._table_start,
    "tr": Walk._row_start,
    "td": Walk._cell_start,
    "th": Walk._cell_start,
    "blockquote": Walk._quote_start,
    "figure": Walk._figure_start,
    "figcaption": Walk._caption_start,
    "caption": Walk._caption_start,
    "footer": Walk._footer_start,
}
_ENDS: dict[str, Any] = {
    "ul": Walk._list_end,
    "ol": Walk._list_end,
    "table": Walk._table_end,
    "blockquote": Walk._quote_end,
    "figure": Walk._figure_end,
    "figcaption": Walk._target_end,
    "caption": Walk._target_end,
    "footer": Walk._target_end,
}


def _name(element: Any) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _classes(element: Any) -> list[str]:
    named = element.get("class")
    return named.lower().split() if named else []


def _pixels(value: str | None) -> int | None:
    digits = (value or "").removesuffix("px").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else None


def _paragraph(markup: str, text: str) -> Block:
    return Block(kind="paragraph", text=text, html=markup, links=markup.count("<a href"))


def _bare(markup: str) -> str:
    return fold(unescape(re.sub(r"<[^>]*>", "", markup.replace("<br>", " "))))


def _trimmed(markup: str) -> str:
    markup = re.sub(r"(?:\s|<br>)+((?:</\w+>)*)$", r"\1", markup)
    return re.sub(r"^((?:<\w+[^>]*>)*)(?:\s|<br>)+", r"\1", markup)
