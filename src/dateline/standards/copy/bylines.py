"""Byline lines: who wrote the copy."""

import re

from dateline.standards.copy.agencies import is_known_agency
from dateline.standards.copy.months import MONTHS, WEEKDAYS
from dateline.standards.text.words import words

_BYLINE = re.compile(
    r"^(?:by|von|par|por|автор(?:ы)?|текст|беседовал[аи]?|بقلم|كتب(?:ه|ت)?|author|autor|auteur)"
    r"(?:\s*:\s*|\s+)(?P<names>\S.{1,100})$",
    re.IGNORECASE,
)
_SMALL = words("""and und et y e i и de del der van von da di la le du for für in о bin ibn al""")
_BETWEEN = re.compile(r"\s*,\s*|\s+(?:and|und|et|y|и|&)\s+|\s+و(?=\S)")
_TRAILING = re.compile(r"\s*(?:\||/|–|—|\s-\s|\().*$")
_ROLE = re.compile(
    r"\b(?:correspondent|reporter|writer|editor|staff|agency|agentur|agence|agencia|news|press)\b",
    re.IGNORECASE,
)
_NOT_A_NAME = words("the a an der die das le la les el los las un une das dem den")


def byline_in(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Read a byline line.

    Returns:
        The byline as printed and the people in it, without By or Von and without an agency.
    """
    hit = _BYLINE.match(text) if len(text) <= 110 else None
    if not hit or not _are_names(hit.group("names"), colon=":" in text[:14]):
        return None
    return text, names_in(hit.group("names"))


def names_in(text: str) -> tuple[str, ...]:
    """Split printed names to people: an agency, a place or a role after a comma is not one."""
    people = (_TRAILING.sub("", part).strip(" .,") for part in _BETWEEN.split(text))
    return tuple(
        name
        for name in people
        if name and not _ROLE.search(name) and not (is_known_agency(name) and " " not in name)
    )


def _are_names(text: str, *, colon: bool) -> bool:
    words = re.findall(r"[^\s,|/()–—&]+", text)
    if not 1 <= len(words) <= 14 or text.endswith((".", "!", "?", ":")):
        return False
    first = words[0].casefold()
    if first in _NOT_A_NAME or first in WEEKDAYS or (first in MONTHS and not colon):
        return False
    if not colon and words[0][:1].islower():
        return False
    return all(
        not word[:1].islower() or word.casefold() in _SMALL or _ROLE.match(word) for word in words
    )
