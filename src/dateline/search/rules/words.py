"""What a word is to the index: folded letters, cut down to its stem."""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer  # type: ignore[import-not-found]

from dateline.search.rules.arabic import light_stem

LONGEST = 40
"""Letters of a word that count; longer ones are cut."""

_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0963\u0971-\u0dff"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
# Written without spaces: each sign is a word, and words in a row are a phrase.
_SIGNS = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_RUN = rf"[^\W_{_SIGNS}]+(?:[{_MARKS}]+[^\W_{_SIGNS}]*)*"
_WORD = re.compile(rf"[{_SIGNS}]|{_RUN}(?:['’ʼ]{_RUN})*")
_WHOLE = re.compile(r".+")
_PARTED = re.compile(r"[^'’ʼ]+")
_NOT_LETTERS = re.compile(r"[\W_]+")
_SHORT_I = {"\u0438\u0306": "й", "\u0443\u0306": "ў", "\u0456\u0308": "ї"}
_ALIKE = str.maketrans(
    {"ё": "е", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ـ": "", "’": "'", "ʼ": "'"}
)
_STEMMERS = {
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
# Where an apostrophe stands inside a word; elsewhere it parts two.
_JOINING = {"en", "ga", "tr", "uk", "be"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands in a text, with its folded letters and its stem."""

    start: int
    end: int
    folded: str
    stem: str


def fold(word: str) -> str:
    """Return a word's letters without case, accents and spellings that readers mix up.

    Folded alike are ё and е, the Arabic alefs and hamzas, taa marbuta and haa, all digits. й stays
    what it is: Russian endings are told by it.
    """
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    for pair, letter in _SHORT_I.items():
        apart = apart.replace(pair, letter)
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    bare = unicodedata.normalize("NFKC", bare).casefold().translate(_ALIKE)
    return "".join(str(unicodedata.digit(one, one)) if one.isdigit() else one for one in bare)


def words_of(text: str, language: str) -> Iterator[Word]:
    """Yield the words of a text with their places and stems.

    Shape: `language` is BCP 47; one we know no endings of leaves the words whole.
    """
    code = language.partition("-")[0].lower()
    for found in _WORD.finditer(text):
        start = found.start()
        for begin, end, folded, root in _roots(found[0], code):
            yield Word(start + begin, start + end, folded, root)


def stems_of(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a text, folded, each with its stem."""
    code = language.partition("-")[0].lower()
    for found in _WORD.findall(text):
        for _begin, _end, folded, root in _roots(found, code):
            yield folded, root


@lru_cache(maxsize=131_072)
def _roots(written: str, code: str) -> tuple[tuple[int, int, str, str], ...]:
    """Return the words in a run of letters: one, or two where an apostrophe parts them."""
    stem, made = _stemmer(code), []
    parting = _WHOLE if code in _JOINING else _PARTED
    for piece in parting.finditer(written):
        folded = fold(piece[0][: 2 * LONGEST])
        root = _NOT_LETTERS.sub("", stem(folded))[:LONGEST]
        if root:
            plain = _NOT_LETTERS.sub("", folded)[:LONGEST]
            made.append((piece.start(), piece.end(), plain, root))
    return tuple(made)


class _Stemmers(threading.local):
    """A stemmer is not for two threads at once."""

    def __init__(self) -> None:
        self.made: dict[str, Stemmer.Stemmer] = {}


_own = _Stemmers()


def _stemmer(code: str) -> Callable[[str], str]:
    if code == "ar":
        return light_stem
    algorithm = _STEMMERS.get(code, "")
    if not algorithm:
        return str
    if algorithm not in _own.made:
        _own.made[algorithm] = Stemmer.Stemmer(algorithm, 20_000)
    stem: Callable[[str], str] = _own.made[algorithm].stemWord
    return stem
