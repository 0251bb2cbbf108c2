"""The simple markup of the sample stories: text to blocks, inline marks to safe html.

Blocks are divided by blank lines. A line starting with `## ` is a subhead, with `> ` a quote (the
speaker follows on a line `-- Name, what the person is`), with `- ` an item of a list.
`[fact] Title` opens a fact box until `[/fact]`; `[table] Caption` is followed by rows between bars
and, if any, a line `[source] …`; `[embed] address | title | provider` is a link to another site.
`[picture] scene | seed | what is to be seen | caption | credit` is a picture to be drawn;
`[gallery] Title` is followed by several of them, each a row between bars.
Everything else is a paragraph. Inline, `*words*` are emphasised and `**words**` are strong.
"""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dateline.sample.errors import SampleError

STRONG = re.compile(r"\*\*(.+?)\*\*")
EMPHASIS = re.compile(r"\*(.+?)\*")
FACT = re.compile(r"^\[fact\] (.+?)\n(.*?)\n\[/fact\]$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, inline marks still in it."""

    text: str


@dataclass(frozen=True, slots=True)
class Subhead:
    """A subhead, plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words somebody said, without quotation marks."""

    words: str
    speaker: str
    role: str


@dataclass(frozen=True, slots=True)
class Items:
    """A bulleted list, inline marks still in the items."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactBox:
    """Background in a box: a title and items."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Figures: the first row of the source is the header."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Embed:
    """A link to something on another site."""

    url: str
    title: str
    provider: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture to be drawn: `scene` and `seed` are the arguments of `drawing.draw`."""

    scene: str
    seed: int
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class Gallery:
    """Several pictures as one."""

    title: str
    drawings: tuple[Drawing, ...]


Block = Paragraph | Subhead | Quote | Items | FactBox | Table | Embed | Drawing | Gallery


def blocks_of(body: str, *, where: str) -> tuple[Block, ...]:
    """Return the blocks of a body.

    Args:
        body: The text as written in a story's file.
        where: What to name in an error, usually the file.

    Raises:
        SampleError: a quote without a speaker, a table without rows or with ragged ones.
    """
    chunks = re.split(r"\n\s*\n", body.strip())
    return tuple(_block(chunk.strip(), where) for chunk in chunks if chunk.strip())


def drawings_of(blocks: Sequence[Block]) -> list[Drawing]:
    """Return all pictures a body has to have drawn, in order."""
    drawings: list[Drawing] = []
    for block in blocks:
        if isinstance(block, Drawing):
            drawings.append(block)
        elif isinstance(block, Gallery):
            drawings += block.drawings
    return drawings


def inline_html(text: str) -> str:
    """Return a text with its inline marks as html; everything else is escaped."""
    safe = html.escape(text, quote=False)
    return EMPHASIS.sub(r"<em>\1</em>", STRONG.sub(r"<strong>\1</strong>", safe))


def plain_text(text: str) -> str:
    """Return a text without its inline marks."""
    return EMPHASIS.sub(r"\1", STRONG.sub(r"\1", text))


def _block(chunk: str, where: str) -> Block:
    for mark, read in _READERS.items():
        if chunk.startswith(mark):
            return read(chunk, where)
    return _simple_block(chunk)


def _simple_block(chunk: str) -> Block:
    if chunk.startswith("## "):
        return Subhead(chunk[3:].strip())
    if chunk.startswith("- "):
        return Items(_items(chunk))
    if chunk.startswith("[embed] "):
        url, title, provider = (part.strip() for part in chunk[8:].split("|"))
        return Embed(url, title, provider)
    return Paragraph(" ".join(chunk.split()))


def _items(text: str) -> tuple[str, ...]:
    return tuple(line[2:].strip() for line in text.splitlines() if line.startswith("- "))


def _fact_box(chunk: str, where: str) -> FactBox:
    found = FACT.match(chunk)
    if not found or not _items(found[2]):
        raise SampleError(where=where, what="a fact box needs a title, items and [/fact]")
    return FactBox(found[1].strip(), _items(found[2]))


def _quote(chunk: str, where: str) -> Quote:
    words, mark, said_by = chunk[2:].partition("\n-- ")
    if not mark:
        raise SampleError(where=where, what=f"no speaker for the quote {words[:40]!r}")
    speaker, role = [*re.split(r"[,،] ", said_by, maxsplit=1), ""][:2]
    return Quote(" ".join(words.split()), speaker.strip(), role.strip())


def _drawing(text: str, where: str) -> Drawing:
    parts = [part.strip() for part in text.split("|")]
    if len(parts) != 5 or not all(parts) or not parts[1].isdecimal():
        raise SampleError(where=where, what="a picture is scene | seed | alt | caption | credit")
    scene, seed, alt, caption, credit = parts
    return Drawing(scene, int(seed), alt, caption, credit)


def _picture(chunk: str, where: str) -> Drawing:
    return _drawing(chunk[10:], where)


def _gallery(chunk: str, where: str) -> Gallery:
    title, _, rows = chunk[10:].partition("\n")
    drawings = [_drawing(row.strip().strip("|"), where) for row in rows.splitlines()]
    return Gallery(title.strip(), tuple(drawings))


def _table(chunk: str, where: str) -> Table:
    lines = chunk.splitlines()
    rows = [_cells(line) for line in lines if line.startswith("|")]
    if len(rows) < 2 or len({len(row) for row in rows}) != 1:
        raise SampleError(where=where, what="a table needs a header and rows of the same length")
    source = "".join(line[9:].strip() for line in lines if line.startswith("[source] "))
    return Table(lines[0][8:].strip(), rows[0], tuple(rows[1:]), source)


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


_READERS: dict[str, Callable[[str, str], Block]] = {
    "[fact]": _fact_box,
    "[table]": _table,
    "> ": _quote,
    "[picture] ": _picture,
    "[gallery] ": _gallery,
}
