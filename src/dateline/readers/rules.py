"""Names of readers: what is a name, and when two of them look the same."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from dateline.readers.errors import (
    NameIsAddress,
    NameMixed,
    NameRefused,
    NameReserved,
    NameTooLong,
    NameTooShort,
    NameUnreadable,
)

LEAST, MOST = 2, 40
"""Letters and digits a name has at least, characters it has at most."""

_SIGNS = frozenset(" -.'’_·")
_MOST_MARKS = 2
_ADDRESS = re.compile(
    r"://|www\.|@|\w\.(?:com|org|net|info|ru|io|me|biz|top|xyz|рф)\b", re.IGNORECASE
)
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "ARABIC", "HEBREW")
_WORD = re.compile(r"[^\W_]+")

# Letters and digits by what they are taken for at a glance, after case and accents are gone.
_LOOKS_LIKE = {
    "a": "аαɑ",
    "b": "вьβƅ",
    "c": "сϲᴄ",
    "d": "ԁ",
    "e": "еҽєε",
    "f": "ſϝ",
    "g": "ɡց",
    "h": "нһհ",
    "i": "іıιӏl1|!ɩ",
    "j": "јϳ",
    "k": "кκ",
    "m": "м",
    "n": "пոη",
    "o": "оοօσ0ø",
    "p": "рρ",
    "q": "ԛգ",
    "r": "гᴦ",
    "s": "ѕ5ꜱ",
    "t": "тτ",
    "u": "υս",
    "v": "νѵ",
    "w": "ԝωա",
    "x": "хχ",
    "y": "уγүყ",
    "z": "2ᴢ",
    "3": "зӡ",
    "ء": "أإآا",
    "ي": "ىیئ",
    "ك": "ک",
    "ه": "ةہھ",
}
_FOLD = str.maketrans({letter: base for base, letters in _LOOKS_LIKE.items() for letter in letters})
_PAIRS = (("rn", "m"), ("vv", "w"))

RESERVED = (
    "admin",
    "administrator",
    "dateline",
    "desk",
    "editor",
    "editorial",
    "moderator",
    "newsroom",
    "official",
    "staff",
    "support",
    "system",
    "админ",
    "администратор",
    "модератор",
    "новости",
    "поддержка",
    "редактор",
    "редакция",
    "إدارة",
    "التحرير",
    "المحرر",
    "المشرف",
    "محرر",
    "مشرف",
)
"""Words that nobody but staff may have in a name."""


def plain_name(typed: str) -> str:
    """Return a name as it is kept: one form of each letter, single spaces, nothing at its ends."""
    return " ".join(unicodedata.normalize("NFKC", typed).split())


def name_key(name: str) -> str:
    """Return what names that look the same have in common: no case, accents, look-alikes."""
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", name.casefold())
        if not unicodedata.category(letter).startswith("M")
    )
    folded = bare.translate(_FOLD)
    for pair, one in _PAIRS:
        folded = folded.replace(pair, one)
    return "".join(_WORD.findall(folded))


def check_name(name: str, *, reserved: Iterable[str] = ()) -> None:
    """Pass a name that may stand beside a message.

    Args:
        name: As `plain_name` returns it.
        reserved: Names of the newsroom and of the people in its bylines.

    Raises:
        NameRefused: the rule that it breaks, as one of its subclasses.
    """
    for check in (_check_length, _check_letters, _check_alphabets):
        check(name)
    if _ADDRESS.search(name):
        raise NameIsAddress
    _check_reserved(name, reserved)


def refusal_of(name: str, *, reserved: Iterable[str] = ()) -> NameRefused | None:
    """Return why a name may not be used, or None."""
    try:
        check_name(name, reserved=reserved)
    except NameRefused as refused:
        return refused
    return None


def _check_length(name: str) -> None:
    if sum(letter.isalnum() for letter in name) < LEAST:
        raise NameTooShort(least=LEAST)
    if len(name) > MOST:
        raise NameTooLong(most=MOST)


def _check_letters(name: str) -> None:
    if any(not _is_plain(letter) for letter in name):
        raise NameUnreadable
    marks = [unicodedata.category(letter).startswith("M") for letter in name]
    if any(all(marks[at : at + _MOST_MARKS + 1]) for at in range(len(marks) - _MOST_MARKS)):
        raise NameUnreadable


def _is_plain(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return letter in _SIGNS or kind[0] in "LM" or kind == "Nd"


def _check_alphabets(name: str) -> None:
    for word in re.split(r"[ \-.'’_·]", name):
        used = {alphabet for letter in word if (alphabet := _alphabet(letter))}
        if len(used) > 1:
            raise NameMixed


def _alphabet(letter: str) -> str:
    first = unicodedata.name(letter, "").partition(" ")[0]
    return first if first in _ALPHABETS and letter.isalpha() else ""


def _check_reserved(name: str, reserved: Iterable[str]) -> None:
    words = [key for word in name.split() if (key := name_key(word))]
    whole = "".join(words)
    joined = {*words, whole, *(first + second for first, second in pairwise(words))}
    if joined & _RESERVED_KEYS:
        raise NameReserved
    for other in reserved:
        key = name_key(other)
        if key and (key == whole or (len(key) > _SHORT and key in whole)):
            raise NameReserved


_SHORT = 5
"""Letters of a newsroom's name that may still be part of an ordinary one."""
_RESERVED_KEYS = frozenset(name_key(word) for word in RESERVED)


def has_word(text: str, words: Iterable[str]) -> bool:
    """Say whether any of some words stands in a text as a whole word, in any letters.

    The same as `models/mutes.js` says in a page.
    """
    any_of = "|".join(re.escape(word) for word in words)
    whole = rf"(?<![^\W_])(?:{any_of})(?![^\W_])"
    return bool(any_of) and re.search(whole, text, re.IGNORECASE) is not None
