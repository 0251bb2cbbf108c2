"""Marks of the trade around copy: end marks, take marks, slug lines, notes to the desk."""

import re

from dateline.standards.text.words import words

_END_WORDS = "ends?|ende|fin|fine|конец|конец материала|انتهى"
_MORE_WORDS = (
    "more(?: to follow)?|more follows|mehr|mehr folgt|à suivre|suite|sigue|continúa|"
    "продолжение следует|يتبع"
)
_OPEN, _CLOSE = r"[-–—(\[*/ ]*", r"[-–—)\]*/. …]*"
_END = re.compile(
    rf"^(?:[-–—*# ]+30[-–—*# ]+|#{{2,}}|# # #|(?=[-–—(\[*/]){_OPEN}(?i:{_END_WORDS}){_CLOSE})$"
)
# Alone on its line a word must be in capitals: “Ende” and “More” are subheads too.
_END_CAPITALS = words("END ENDS ENDE FIN КОНЕЦ انتهى")
_MORE = re.compile(rf"^(?=[-–—(\[*/]){_OPEN}(?i:{_MORE_WORDS}){_CLOSE}$")
_MORE_CAPITALS = words("MORE MEHR SUITE SIGUE يتبع MORE_FOLLOWS MORE_TO_FOLLOW")
_RULE = re.compile(r"^[\s*_=~#·•.–—-]{3,}$")
_SLUG = re.compile(r"^(?:slug(?:line)?)\s*:\s*(\S.{0,60})$", re.IGNORECASE)
_SLUG_SHAPE = re.compile(
    r"^(?:[a-zа-яё0-9]+(?:[-_][a-zа-яё0-9]+)+|BC-\S{3,40}.*|[A-Z0-9]+(?:[-/_][A-Z0-9]+)+/?)$"
)
_TAKE = re.compile(
    r"^(?:take|page|стр\.?|add)\s*\d{1,3}(?:\s*(?:of|/|из)\s*\d{1,3})?$", re.IGNORECASE
)
_NOTE = re.compile(
    r"^(?:\(?\s*)?(?:eds?|editor'?s?’?s? note|editors?|note to editors?|notes to editors?|"
    r"hinweis(?: der redaktion)?|note aux rédactions|nota (?:a los editores|del editor)|"
    r"примечание(?: редакции)?|ملاحظة(?: المحرر)?)\s*:\s*(\S.*?)\)?$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^(headline|title|kicker|standfirst|summary|abstract|section|category|keywords|language|"
    r"date|urgency|source|credit)\s*:\s+(\S.*)$",
    re.IGNORECASE,
)


def is_end_mark(text: str) -> bool:
    """Say whether the line ends the copy: `-30-`, `ENDS`, `###`."""
    return len(text) <= 24 and (text in _END_CAPITALS or bool(_END.match(text)))


def is_dropped_mark(text: str) -> bool:
    """Say whether the line is only for the desk: `(more)`, a ruled line, a take number."""
    if text in _MORE_CAPITALS:
        return True
    return len(text) <= 80 and any(mark.match(text) for mark in (_MORE, _RULE, _TAKE))


def slugline_in(text: str) -> str | None:
    """Give the slugline of a slug line: `slug: kosovo-talks`, or one that has only its shape."""
    labelled = _SLUG.match(text)
    if labelled:
        return labelled.group(1)
    return text if len(text) <= 60 and " " not in text and _SLUG_SHAPE.match(text) else None


def note_in(text: str) -> str | None:
    """Give the text of a note to the desk: `Eds: updates with quotes`."""
    hit = _NOTE.match(text)
    return hit.group(1) if hit else None


def labelled_in(text: str) -> tuple[str, str] | None:
    """Give the name, in small letters, and value of a header line such as `Section: World`."""
    hit = _LABELLED.match(text)
    return (hit.group(1).lower(), hit.group(2)) if hit else None
