"""Extracts: the place in a text where the words that were asked for stand, marked."""

from collections.abc import Collection, Iterable
from html import escape

from dateline.search.rules.words import Word, words_of

LENGTH = 32
"""Words of an extract."""


def marked(text: str, stems: Collection[str], language: str) -> str:
    """Return a whole text as HTML, escaped, the words with these stems in `<mark>`."""
    return _marked(text, _hits(text, stems, language), 0, len(text))


def extract(texts: Iterable[str], stems: Collection[str], language: str) -> str:
    """Return the best few words of several texts as HTML; empty where none of the words stands.

    Texts are read until one holds all the words; of one text the richest stretch is taken.
    """
    best: tuple[int, str] = (0, "")
    for text in texts:
        words = list(words_of(text, language))
        hits = [n for n, word in enumerate(words) if word.stem in stems]
        if not hits:
            continue
        first, kinds = _richest(words, hits)
        if kinds > best[0]:
            best = (kinds, _cut(text, words, first, stems))
        if kinds >= len(stems):
            break
    return best[1]


def _richest(words: list[Word], hits: list[int]) -> tuple[int, int]:
    """Return the hit that begins the stretch with most different words, and their number."""
    best = (0, hits[0])
    for place, hit in enumerate(hits):
        kinds = {words[n].stem for n in hits[place:] if n < hit + LENGTH - 6}
        if len(kinds) > best[0]:
            best = (len(kinds), hit)
    return best[1], best[0]


def _cut(text: str, words: list[Word], hit: int, stems: Collection[str]) -> str:
    first = max(0, min(hit - 6, len(words) - LENGTH))
    last = min(len(words), first + LENGTH) - 1
    start = words[first].start if first else 0
    end = words[last].end if last < len(words) - 1 else len(text)
    inside = [word for word in words[first : last + 1] if word.stem in stems]
    cut = _marked(text, inside, start, end)
    return f"{'… ' if first else ''}{cut}{' …' if end < len(text) else ''}"


def _hits(text: str, stems: Collection[str], language: str) -> list[Word]:
    return [word for word in words_of(text, language) if word.stem in stems]


def _marked(text: str, words: list[Word], start: int, end: int) -> str:
    made, at = [], start
    for word in words:
        made += [escape(text[at : word.start]), "<mark>", escape(text[word.start : word.end])]
        made.append("</mark>")
        at = word.end
    return "".join([*made, escape(text[at:end])])
