"""What letters are meant: look-alikes, digits for letters, stretched, masked and spaced-out words.

Folding is for comparing alone; nobody is shown a folded text.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from hashlib import blake2b

LONGEST = 40
"""Letters of a word that count; longer ones are cut."""

_LATIN = re.compile("[a-z\u00df-\u024f]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_TO_LATIN = str.maketrans(
    {
        "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "ё": "e", "һ": "h", "і": "i", "ї": "i",
        "ј": "j", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p", "ѕ": "s", "т": "t", "у": "y",
        "х": "x", "ѡ": "w", "α": "a", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p",
        "τ": "t", "υ": "u", "χ": "x", "ø": "o", "ł": "l", "ı": "i", "đ": "d",
    }
)  # fmt: skip
_TO_CYRILLIC = str.maketrans(
    {
        "a": "а", "b": "в", "c": "с", "e": "е", "h": "н", "i": "и", "k": "к", "m": "м", "n": "п",
        "o": "о", "p": "р", "t": "т", "u": "и", "x": "х", "y": "у",
    }
)  # fmt: skip
_ARABIC = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و",
        "ة": "ه", "ک": "ك", "ـ": "",
    }
)  # fmt: skip
_SIGNS = {"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "€": "e"}
_SIGNS_CYRILLIC = {"0": "о", "3": "з", "4": "ч", "6": "б", "@": "а", "1": "и"}
_AS_I = {"1": "i", "!": "i", "|": "i"}
_AS_L = {"1": "l", "!": "l", "|": "l"}
_SMALL_WORDS = 2
_SIGN = re.compile(r"[0-9@$€!|]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef]"
)
_STRETCHED = re.compile(r"(.)\1{2,}")
# A run with letters in it; signs inside count, those at its ends only where they may be letters.
_RUN = re.compile(r"[\w@$€|](?:[\w@$€|!.*#_'’·\-]*[\w@$€|])?")
_APART = re.compile(r"[.*#_'’·\-]+")
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_][\s.\-_*·,]{1,3}){2,}[^\W\d_](?![^\W_])")
_BETWEEN = re.compile(r"[\s.\-_*·,]+")
_NOT_WORD = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return a text in small letters without accents and without what cannot be seen."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text).casefold())
    short_i = apart.replace("\u0438\u0306", "й")
    return short_i.translate(_bare())


@cache
def _bare() -> dict[int, int | str | None]:
    """Return what takes marks away, and what Arabic writes in several ways into one."""
    made: dict[int, int | str | None] = {ord("ё"): "е", **_ARABIC}
    every = range(sys.maxunicode)
    return made | dict.fromkeys(at for at in every if unicodedata.combining(chr(at)))


def fingerprint(text: str) -> str:
    """Return what two messages share that say the same with other spaces, signs or capitals.

    Shape: 16 characters; empty for a text without letters.
    """
    said = _NOT_WORD.sub("", _STRETCHED.sub(r"\1", plain(text)))
    return blake2b(said.encode(), digest_size=8).hexdigest() if said else ""


def words_meant(text: str) -> Iterator[str]:
    """Yield the words of a plain text as they may be meant, several readings one after another.

    Order: as they stand; words that were spelled out letter by letter come last.
    """
    for run in _RUN.findall(text):
        yield from _readings(run[: 2 * LONGEST])
    for spaced in _SPACED.findall(text):
        yield from _spelled_out(_BETWEEN.sub("", spaced)[:LONGEST])


def _spelled_out(letters: str) -> Iterator[str]:
    """Yield what is spelled out letter by letter, also without small words of one letter around."""
    for begin in range(_SMALL_WORDS + 1):
        for end in range(len(letters), max(len(letters) - _SMALL_WORDS, begin + 3) - 1, -1):
            yield from _readings(letters[begin:end])


@lru_cache(maxsize=65_536)
def _readings(run: str) -> tuple[str, ...]:
    """Return how a run of letters and signs may be read: whole, and in its parts."""
    pieces = [piece for piece in _APART.split(run) if piece]
    wholes = [*pieces, "".join(pieces)] if len(pieces) > 1 else pieces
    found: dict[str, None] = {}
    for whole in wholes:
        for spelled in _spellings(whole):
            found[spelled[:LONGEST]] = None
    return tuple(found)


def _spellings(word: str) -> Iterator[str]:
    word = _one_script(word)
    is_cyrillic = _CYRILLIC.search(word) is not None
    if not _SIGN.search(word):
        yield from _unstretched(word)
    elif any(one.isalpha() for one in word):
        tables = (_SIGNS_CYRILLIC,) if is_cyrillic else (_SIGNS | _AS_I, _SIGNS | _AS_L)
        for table in tables:
            yield from _unstretched("".join(table.get(one, one) for one in word))


def _unstretched(word: str) -> Iterator[str]:
    """Yield a word without letters drawn out: each such letter doubled, then alone."""
    if not _STRETCHED.search(word):
        yield word
        return
    yield _STRETCHED.sub(r"\1\1", word)
    yield _STRETCHED.sub(r"\1", word)


def _one_script(word: str) -> str:
    """Return a word in the script that most of its letters are of, look-alikes turned into it."""
    if word.isascii():
        return word
    latin, cyrillic = len(_LATIN.findall(word)), len(_CYRILLIC.findall(word))
    if cyrillic and cyrillic >= latin and not _is_dressed_latin(word):
        return word.translate(_TO_CYRILLIC) if latin else word
    return word.translate(_TO_LATIN) if latin or not cyrillic else word


def _is_dressed_latin(word: str) -> bool:
    """Say whether a word of mixed scripts becomes Latin altogether when its look-alikes are."""
    return _LATIN.search(word) is not None and word.translate(_TO_LATIN).isascii()
