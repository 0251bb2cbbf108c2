"""What a reader asks for: words, "phrases", -not and beginnings*."""

import re
from dataclasses import dataclass, replace

from dateline.search.rules.words import words_of

LONGEST_TEXT = 200
"""Characters of a question that are read."""

MOST_TERMS = 8
MOST_IN_PHRASE = 8
_QUOTES = str.maketrans("“”„‟«»〝〞＂", '"' * 9)
_DASHES = "-−–—"
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
_PIECE = re.compile(rf'(?<!\S)([{_DASHES}]?)"([^"]*)"?|(?<!\S)([{_DASHES}]?)([^\s"]+)|([^\s"]+|")')


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a story must or must not have: stems that stand in a row.

    A beginning carries the folded letters typed in `start`; its words are found in the index.
    """

    stems: tuple[str, ...]
    start: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart; `is_cut` says that it was longer than is read."""

    must: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    is_cut: bool = False

    def __bool__(self) -> bool:
        """Say whether there is something to look for: only what must not be there is nothing."""
        return bool(self.must)


def plain_question(text: str) -> str:
    """Return a question on one line, without characters that no text has."""
    return " ".join(_UNFIT.sub(" ", text).split())


def take_apart(text: str, language: str, *, is_typing: bool = False) -> Asked:
    """Take a question apart; no text is refused, and what has no letters is not looked for.

    `is_typing` takes the last word for the beginning of one, unless a space follows it.
    """
    line = plain_question(text)
    is_cut = len(line) > LONGEST_TEXT
    line = line[:LONGEST_TEXT].translate(_QUOTES)
    must: list[Term] = []
    without: list[Term] = []
    for found in _PIECE.finditer(line):
        minus = found[1] or found[3] or ""
        term = _term(found[2] or found[4] or found[5] or "", language, is_phrase=bool(found[2]))
        kept = without if minus else must
        if term is not None and term not in kept:
            kept.append(term)
    if is_typing and must and text[-1:].isalnum():
        must[-1] = _begun(must[-1])
    is_cut = is_cut or len(must) > MOST_TERMS or len(without) > MOST_TERMS
    return Asked(tuple(must[:MOST_TERMS]), tuple(without[:MOST_TERMS]), is_cut)


def _term(piece: str, language: str, *, is_phrase: bool) -> Term | None:
    words = list(words_of(piece, language))[:MOST_IN_PHRASE]
    if not words:
        return None
    term = Term(tuple(word.stem for word in words), text=words[-1].folded)
    return _begun(term) if piece.endswith("*") and not is_phrase else term


def _begun(term: Term) -> Term:
    """Return a term as the beginning of a word; a phrase stays as it is."""
    return replace(term, start=term.text) if len(term.stems) == 1 else term
