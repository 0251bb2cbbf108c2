"""What stands above a story on a saved page: headline, section, tagline, summary, times."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from dateline.standards.copy.bylines import byline_in
from dateline.standards.copy.dateline import find_dateline
from dateline.standards.copy.lines import Line, ends_sentence
from dateline.standards.copy.page_lines import HOMES, SECTIONS, LineKind, bare, crumbs_in
from dateline.standards.copy.stamps import Stamp, stamp_in
from dateline.standards.text.clean import repeats, without_marks

_WORDS = re.compile(r"[^\W\d_]{4,}")
_ADDRESS_DAY = re.compile(r"/(19\d\d|20\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?=/|-|$)")
_ENOUGH = 1.0


@dataclass(slots=True)
class Above:
    """The lines above the body, what each is, and the body's paragraphs."""

    lines: list[Line]
    kinds: list[LineKind]
    body: list[str]
    crumbs: list[list[str]] = field(default_factory=list)
    _words: set[str] = field(init=False, default_factory=set)
    _texts: list[bool] = field(init=False, default_factory=list)
    _times: Counter[str] = field(init=False, default_factory=Counter)

    def __post_init__(self) -> None:
        self._words = _stems(" ".join(self.body))
        self._times = Counter(bare(line.text) for line in self.lines)
        self._texts = [
            kind in ("short", "prose") and _is_text(line.text)
            for line, kind in zip(self.lines, self.kinds, strict=True)
        ]
        self.crumbs = [
            crumbs_in(line.text)
            for line, kind in zip(self.lines, self.kinds, strict=True)
            if kind == "crumb"
        ]

    def is_text(self, at: int) -> bool:
        """Say whether a line is text at all, not chrome, a byline or a dateline paragraph."""
        return self._texts[at]

    def shared(self, text: str) -> float:
        """Give the share of a line's words, by their stems, that the body has too."""
        stems = _stems(text)
        return len(stems & self._words) / len(stems) if stems else 0.0

    def times(self, text: str) -> int:
        """Count the lines that say the same."""
        return self._times[bare(text)]

    def repeats_lead(self, text: str) -> bool:
        """Say whether the first paragraph repeats the line."""
        return bool(self.body) and repeats(text, self.body[0])


def _is_text(text: str) -> bool:
    return not byline_in(text) and not find_dateline(without_marks(text), weak=False)


def _stems(text: str) -> set[str]:
    return {word[:5] for word in _WORDS.findall(text.casefold())}


def find_headline(above: Above) -> int | None:
    """Find the headline: the index of its last occurrence above the body."""
    texts = [at for at in range(len(above.lines)) if above.is_text(at)]
    scored = [(_headline_score(above, at, len(texts) - rank), at) for rank, at in enumerate(texts)]
    best = max(scored, default=(0.0, -1))
    if best[0] >= _ENOUGH:
        return best[1]
    few = [at for at in texts if len(above.lines[at].text.split()) >= 3]
    return few[0] if len(texts) <= 2 and few else None


def _headline_score(above: Above, at: int, distance: int) -> float:
    text = above.lines[at].text
    words = len(text.split())
    score = 4 * above.shared(text) - 0.1 * distance + 2.5 * (above.times(text) > 1)
    score += 5 * any(_same_title(parts[-1], text) for parts in above.crumbs)
    score += 1 if 3 <= words <= 22 else -2
    sentence = ends_sentence(text) or len(text) > 130
    score -= 1.5 * sentence + 6 * (sentence and above.repeats_lead(text))
    score -= 4 * bool(SECTIONS.match(bare(text)) or len(text) > 250)
    return score


def _same_title(crumb: str, text: str) -> bool:
    cut, whole = bare(crumb), bare(text)
    return cut == whole or (len(cut) >= 15 and whole.startswith(cut))


def find_section(above: Above, headline: int) -> tuple[str | None, str | None]:
    """Find the section's name and tagline: by breadcrumb, or by their place above the headline."""
    title = above.lines[headline].text
    for parts in above.crumbs:
        named, tagline = _section_in(above, parts, title)
        if named:
            return named, tagline or _tagline(above, named, title)
    return _section_by_place(above, headline, title)


def _section_by_place(above: Above, headline: int, title: str) -> tuple[str | None, str | None]:
    """Without a breadcrumb: a name with a tagline under it, or a known name by the headline."""
    for at in reversed(range(headline)):
        text = above.lines[at].text
        if above.kinds[at] != "short" or len(text.split()) > 3 or bare(text) == bare(title):
            continue
        tagline = _tagline(above, text, title)
        known = bool(SECTIONS.match(bare(text)))
        if known and at and SECTIONS.match(bare(above.lines[at - 1].text)):
            continue  # a menu of sections
        if tagline and len(tagline.split()) >= 3 and (known or above.shared(tagline) < 0.3):
            return text, tagline
        if known and headline - at <= 2:
            return text, None
    return None, None


def _section_in(above: Above, parts: list[str], title: str) -> tuple[str | None, str | None]:
    kept = [part for part in parts if not HOMES.match(bare(part))]
    if kept and _same_title(kept[-1], title):
        kept = kept[:-1]
    elif len(kept) == 2 and len(kept[1].split()) >= 3 and above.shared(kept[1]) < 0.5:
        return kept[0], kept[1]
    if not kept or (len(kept) == len(parts) and len(kept) == 1 and len(parts) > 1):
        return (kept[0], None) if kept else (None, None)
    return kept[-1], None


def _tagline(above: Above, section: str, title: str) -> str | None:
    """Give the line that follows a line with the section's name, unless it is story."""
    for at in range(len(above.lines) - 1):
        if bare(above.lines[at].text) != bare(section):
            continue
        text = above.lines[at + 1].text
        usable = above.is_text(at + 1) and 2 <= len(text.split()) <= 25
        if usable and not bare(text).startswith(bare(title)[:40]) and not above.repeats_lead(text):
            return text
    return None


def find_teaser(above: Above, headline: int, tagline: str | None) -> str | None:
    """Find the summary: under the headline, or above it when the first paragraph repeats it."""
    title = bare(above.lines[headline].text)
    for at in range(headline + 1, len(above.lines)):
        text = above.lines[at].text
        if not above.is_text(at) or bare(text) == title or text == tagline:
            continue
        near = at == headline + 1 or above.shared(text) > 0.25
        if above.repeats_lead(text) or (len(text.split()) >= 5 and near):
            return text
    for line in above.lines:
        found = find_dateline(without_marks(line.text), weak=False)
        text = found.rest if found else line.text
        if text and len(text) > 40 and above.repeats_lead(text):
            return text
    return None


def stamps_in(lines: list[Line], kinds: list[LineKind]) -> list[tuple[int, Stamp]]:
    """Read every line that says when, with its index."""
    found = ((at, stamp_in(lines[at].text)) for at, kind in enumerate(kinds) if kind == "stamp")
    return [(at, stamp) for at, stamp in found if stamp]


def date_in_address(address: str) -> date | None:
    """Read the day out of an address such as `/20080213/…` or `/2008/02/13/…`."""
    hit = _ADDRESS_DAY.search(address)
    try:
        return date(*map(int, hit.groups())) if hit else None
    except ValueError:
        return None
