"""Lines of a text file, and the paragraphs they make up.

A file is either hard-wrapped (lines broken at some width, 60 to 120 columns) or has one paragraph
to a line. In a hard-wrapped file a line goes on in the next one when the next word would not have
fitted; that test needs no blank lines and keeps a headline apart from what follows it.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from dateline.standards.text.clean import fold_spaces, is_blank

_WIDEST_WRAP = 120
_NARROWEST_WRAP = 40
_SENTENCE_END = re.compile(r"[.!?…:;؟۔][\"'»“”’)\]]*$")
_LIST_MARK = re.compile(r"^\s*(?:[•·▪‣*]|-{1,2}|[–—])\s+\S")


@dataclass(frozen=True, slots=True)
class Line:
    """One line with something on it. Units: `number` counts from 1 over all lines of the file."""

    number: int
    text: str
    indented: bool = False
    after_blank: bool = False


def lines_of(text: str) -> list[Line]:
    """Split clean text into its lines; blank ones are only remembered by the line after them."""
    lines: list[Line] = []
    blank = True
    for number, raw in enumerate(text.split("\n"), 1):
        if is_blank(raw):
            blank = True
            continue
        lines.append(Line(number, fold_spaces(raw).strip(), raw[:1] in " \t\u3000", blank))
        blank = False
    return lines


def ends_sentence(text: str) -> bool:
    """Say whether the text ends as a sentence does, closing marks after the stop allowed."""
    return bool(_SENTENCE_END.search(text))


def paragraphs_of(lines: list[Line], *, apart: frozenset[int] = frozenset()) -> list[Line]:
    """Join the lines of a hard-wrapped file to paragraphs; leave other files as they are.

    Args:
        lines: The lines of the file.
        apart: Numbers of lines known to stand alone, such as a page's chrome.

    Order: as in the file; each result carries the number of its first line.
    """
    lengths = [len(line.text) for line in lines]
    width = max((length for length in lengths if length <= _WIDEST_WRAP), default=0)
    if sum(length > width for length in lengths) * 10 > len(lengths):
        return lines
    if not _is_wrapped(lines, width, apart):
        return lines
    joined: list[Line] = []
    last = ""
    for line in lines:
        alone = line.number in apart or not joined or joined[-1].number in apart
        if not alone and _goes_on(last, line, width):
            joined[-1] = _join(joined[-1], line)
        else:
            joined.append(line)
        last = line.text
    return joined


def _is_wrapped(lines: list[Line], width: int, apart: frozenset[int]) -> bool:
    if width < _NARROWEST_WRAP:
        return False
    long_enough = (pair for pair in pairwise(lines) if len(pair[0].text) * 2 > width)
    pairs = [
        (a, b)
        for a, b in long_enough
        if not b.after_blank and a.number not in apart and b.number not in apart
    ]
    if not pairs:
        return False
    full = sum(not _fits(a.text, b.text, width) and not ends_sentence(a.text) for a, b in pairs)
    small = sum(b.text[:1].islower() for _, b in pairs)
    cased = any(line.text[:1].isupper() for line in lines)
    # Where there are small letters, lines broken within sentences begin with them.
    enough = small >= 2 or len(pairs) <= 3
    return full >= 1 and (small * 4 >= len(pairs) and enough if cased else full * 3 >= len(pairs))


def _fits(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(" ", 1)[0]) <= width


def _goes_on(last: str, line: Line, width: int) -> bool:
    if line.after_blank or _LIST_MARK.match(line.text):
        return False
    if line.indented and ends_sentence(last):
        return False
    if not _fits(last, line.text, width):
        return len(last) <= width
    return line.text[:1].islower() and not ends_sentence(last) and len(last) * 2 > width


def _join(first: Line, second: Line) -> Line:
    hyphen = re.search(r"\w-$", first.text) and second.text[:1].isalpha()
    text = first.text + ("" if hyphen else " ") + second.text
    return Line(first.number, text, first.indented, first.after_blank)
