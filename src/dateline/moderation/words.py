"""Word lists: what is banned, suspect or spam in a language, with word forms.

A list is a text. `[banned]`, `[suspect]`, `[spam]` and `[fine]` begin its parts; words stand in
lines or between commas. A star stands for an ending of at most five letters: `trick*` is also
tricks, tricked and trickster. Words with spaces between them are a phrase. What is fine is never
found, whatever else matches it. A line that begins with # is a comment.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files

from dateline.moderation.letters import LONGEST, plain, words_meant

LONGEST_ENDING = 5
_SHORTEST_STEM = 3
_MASKED = re.compile(r"(?<!\w)([^\W\d_][\w*#]*[*#][\w*#]*\w)(?!\w)")
_PARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل", "و", "ف", "ب", "ل")


class Sort(StrEnum):
    """What a listed word is taken for."""

    BANNED = "banned"
    SUSPECT = "suspect"
    SPAM = "spam"
    FINE = "fine"


_MOST_KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed word that was found; `written` is the list's own spelling."""

    sort: Sort
    written: str


@dataclass(slots=True)
class WordList:
    """A list made ready: look-ups cost the letters of a word, however long the list is."""

    whole: dict[str, Hit] = field(default_factory=dict)
    stems: dict[str, Hit] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Hit]]] = field(default_factory=dict)
    _known: dict[str, Hit | None] = field(default_factory=dict, repr=False, compare=False)

    def hit(self, word: str) -> Hit | None:
        """Return what a word was listed as, or None; the same few thousand words come again."""
        with suppress(KeyError):
            return self._known[word]
        found = self._looked_up(word)
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[word] = found
        return found

    def _looked_up(self, word: str) -> Hit | None:
        for form in _forms(word):
            found = self.whole.get(form) or self._by_stem(form)
            if found is not None:
                return None if found.sort is Sort.FINE else found
        return None

    def _by_stem(self, form: str) -> Hit | None:
        shortest = max(_SHORTEST_STEM, len(form) - LONGEST_ENDING)
        for end in range(len(form), shortest - 1, -1):
            found = self.stems.get(form[:end])
            if found is not None:
                return found
        return None

    def hits_in(self, words: list[str], text: str) -> Iterator[Hit]:
        """Yield what is listed of a text's words, of its phrases, and of its masked words."""
        phrases = list(self._phrases_in(words))
        fine = {at for span, hit in phrases if hit.sort is Sort.FINE for at in span}
        for span, phrase in phrases:
            if not fine.issuperset(span):
                yield phrase
        for at, word in enumerate(words):
            found = None if at in fine else self.hit(word)
            if found is not None:
                yield found
        for masked in _MASKED.findall(text):
            yield from self._behind(masked)

    def _phrases_in(self, words: list[str]) -> Iterator[tuple[range, Hit]]:
        """Yield the phrases in a text, with the places of their words."""
        for at, word in enumerate(words):
            for rest, phrase in self.phrases.get(word, ()):
                end = at + 1 + len(rest)
                if _follows(rest, words[at + 1 : end]):
                    yield range(at, end), phrase

    def _behind(self, masked: str) -> Iterator[Hit]:
        """Yield the one listed word that a word with stars for letters may be."""
        pattern = re.compile(re.sub(r"[*#]", r"[^\\W\\d_]", masked) + r"\Z")
        for listed, found in (*self.whole.items(), *self.stems.items()):
            if found.sort is not Sort.FINE and pattern.match(listed):
                yield found
                return


def _forms(word: str) -> Iterator[str]:
    """Yield a word, and without the particles that Arabic writes onto it."""
    yield word
    if "\u0620" <= word[:1] <= "\u06ff":
        for particle in _PARTICLES:
            if word.startswith(particle) and len(word) - len(particle) >= _SHORTEST_STEM:
                yield word[len(particle) :]


def _follows(wanted: tuple[str, ...], words: list[str]) -> bool:
    return len(words) == len(wanted) and all(
        word.startswith(want[:-1]) if want.endswith("*") else word == want
        for want, word in zip(wanted, words, strict=True)
    )


def read_list(text: str) -> WordList:
    """Return the list that a text holds; a word before the first part is suspect."""
    made, sort = WordList(), Sort.SUSPECT
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]") and line[1:-1] in set(Sort):
            sort = Sort(line[1:-1])
        elif line and not line.startswith("#"):
            for written in line.split(","):
                _add(made, written.strip(), sort)
    return made


def _add(made: WordList, written: str, sort: Sort) -> None:
    words = [_listed(word) for word in written.split()]
    words = [word for word in words if word.rstrip("*")]
    if not words:
        return
    hit = Hit(sort, written)
    if len(words) > 1:
        made.phrases.setdefault(words[0], []).append((tuple(words[1:]), hit))
    elif words[0].endswith("*"):
        made.stems[words[0][:-1]] = hit
    else:
        made.whole[words[0]] = hit


def _listed(word: str) -> str:
    """Return a listed word in the letters that a text is read in."""
    stem = plain(word.rstrip("*"))
    return stem[:LONGEST] + ("*" if word.endswith("*") else "")


def list_of(words: Iterable[tuple[str, str]]) -> WordList:
    """Return a list of words with what they are taken for, as a newsroom keeps them in rows."""
    made = WordList()
    for written, sort in words:
        _add(made, written.strip(), Sort(sort))
    return made


@cache
def word_list(code: str) -> WordList:
    """Return the list that comes with this room for a language, empty where there is none."""
    return read_list(shipped(code))


@cache
def shipped(code: str) -> str:
    """Return the text of the list for a language, empty where there is none."""
    file = files("dateline.moderation") / "data" / f"{code}.words.txt"
    return file.read_text(encoding="utf-8") if code.isalpha() and file.is_file() else ""


def read_words(text: str) -> list[str]:
    """Return the words of a plain text as they may be meant, each once in a row."""
    return list(words_meant(text))
