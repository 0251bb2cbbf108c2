"""The dateline at the head of copy, in its many spellings: read one, or say there is none.

A dateline is `PLACE[, DATE][ (AGENCY)] DASH`, or the same alone on a line. Reading takes the text
before a dash apart from the right (agency, date, then what is left must be a place) and weighs the
result: capitals, a date and an agency are evidence, a small letter after the dash is evidence
against. Precision comes first: a sentence taken for a dateline loses words of the story.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from dateline.standards.copy.agencies import (
    is_known_agency,
    looks_like_acronym,
    may_be_agency,
    spells_out,
)
from dateline.standards.copy.dates import Written, dates_in, may_hold_date, with_year
from dateline.standards.copy.places import is_all_capitals, is_label, is_place
from dateline.standards.facts import Dateline
from dateline.standards.text.clean import without_marks

_HEAD = 150
_DASH = re.compile(
    r"\s*\.\s?[-–—―]+\s*|\s*(?:[—―]|--+)\s*|(?<=[\s)\]/])\s*–\s*|–\s+|\s+-+(?:\s+|$|(?=\S))|(?<=[)\]/])\s*(?:-+|:)\s*"
    r"|(?<=/)\.?\s+(?=\S)|(?<=[)])\.\s+(?=\S)"
)
_HOPEFUL = re.compile(r"^[\w(\[](?:.*[-–—―/(\[\d])")
_BRACKETED = re.compile(r"\s*[,،]?\s*[(\[]\s*([^()\[\]]{2,60}?)\s*[)\]]\s*$")
_REGION = re.compile(r"\s*\([^()\d]{2,30}\)$")
_SLASHED = re.compile(r"(?:\s+|[,،]\s*|\.\s*)/\s*([^/]{2,40}(?:/[^/]{2,12})?)\s*/?\s*$")
_LEADING = re.compile(r"^\s*[(\[]\s*([^()\[\]]{2,48})\s*[)\]]\s*[-–—,]?\s*(?=\S)")
_AFTER_COMMA = re.compile(r"[,،.]\s+([A-ZА-ЯЁ][A-ZА-ЯЁ.]{1,15}(?:\s[A-ZА-ЯЁ]{2,9})?)\s*$")
_NAMED_AFTER_DASH = re.compile(r"^([^.!?]{2,30})\.\s+(?=\S)")
_TRIM = " \t,،;"
_OPENERS = "\"'«»“”„‘’(¿¡[*"


@dataclass(frozen=True, slots=True)
class Found:
    """A dateline, and where the story goes on after it. `rest` is empty when it stands alone."""

    dateline: Dateline
    rest: str
    end: int
    strength: int
    written: Written | None


def find_dateline(text: str, *, known: date | None = None, weak: bool = True) -> Found | None:
    """Read the dateline a paragraph or line begins with.

    Args:
        text: Folded text of the paragraph, without direction marks.
        known: The document's date, for a dateline without a year.
        weak: Whether capitals and a dash alone are enough, as in `PARIS — The …`.
    """
    head = text[:_HEAD]
    if not _HOPEFUL.search(head):
        return None
    best = _standing_alone(text, known)
    for hit in _DASH.finditer(head):
        found = _read(text, hit, known)
        if found and (best is None or found.strength > best.strength):
            best = found
    if best is None or (best.strength < 2 and not weak):
        return None
    return best


def complete(dateline: Dateline, known: date | None) -> Dateline:
    """Give a dateline without a year the year of the document's date."""
    if dateline.date or dateline.year or not dateline.month or not dateline.day or not known:
        return dateline
    written = Written(0, 0, dateline.day, dateline.month, None, None)
    made = with_year(written, known)
    return replace(dateline, date=made, year=made.year if made else None)


def _standing_alone(text: str, known: date | None) -> Found | None:
    if len(text) > 110 or not (may_hold_date(text) or _BRACKETED.search(text)):
        return None
    parts = _take_apart(text.rstrip(" -–—:."))
    if parts is None or not (parts.written or parts.agency):
        return None
    capitals = is_all_capitals(parts.place) or parts.place.upper() == parts.place.lower()
    dashed = text.rstrip().endswith(("-", "–", "—"))
    sure = bool(parts.written and (parts.agency or dashed))
    if not (sure or capitals or (parts.written and parts.written.year)):
        return None
    if not parts.written and not is_known_agency(parts.agency or ""):
        return None
    return _found(text, len(text), parts, known, 2 + sure)


def _read(text: str, hit: re.Match[str], known: date | None) -> Found | None:
    parts = _take_apart(text[: hit.start()])
    if parts is None:
        return None
    end = hit.end()
    if parts.agency is None:
        named = _NAMED_AFTER_DASH.match(text[end : end + 60])
        if named and parts.written and is_known_agency(named.group(1)):
            parts = replace(parts, agency=named.group(1))
            end += named.end()
    needs_dash = not re.search(r"[-–—―:]", text[hit.start() : end]) and not parts.written
    if needs_dash or not _is_credible(parts, text[end:]):
        return None
    return _found(text, end, parts, known, bool(parts.written) + bool(parts.agency) + 1)


@dataclass(frozen=True, slots=True)
class _Parts:
    place: str
    agency: str | None
    written: Written | None


def _take_apart(head: str) -> _Parts | None:
    """Take agency and date off the right (or left) of the head; the rest must be a place."""
    rest, agency, written = head.strip(), None, None
    leading = _LEADING.match(rest)
    if leading and may_be_agency(leading.group(1)):
        agency, rest = leading.group(1), rest[leading.end() :]
    for _ in range(3):
        if agency is None:
            agency, rest = _agency_off(rest, dated=written is not None)
        if written is None:
            written, rest = _date_off(rest)
    place = _place_trim(rest)
    if not is_place(_REGION.sub("", place)):
        return None
    return _Parts(place, agency, written)


def _agency_off(rest: str, *, dated: bool) -> tuple[str | None, str]:
    for pattern in (_BRACKETED, _SLASHED):
        hit = pattern.search(rest)
        if not hit:
            continue
        name = hit.group(1).strip(" -–/")
        closed = pattern is _BRACKETED or rest.rstrip().endswith("/")
        if may_be_agency(name) and (closed or dated or next(dates_in(rest[: hit.start()]), None)):
            return name, rest[: hit.start()]
    hit = _AFTER_COMMA.search(rest)
    if hit and next(dates_in(rest[: hit.start()]), None):
        return hit.group(1), rest[: hit.start()]
    return None, rest


def _date_off(rest: str) -> tuple[Written | None, str]:
    trimmed = rest.rstrip(_TRIM + ".")
    for written in dates_in(rest):
        if written.end >= len(trimmed):
            return written, rest[: written.start].rstrip(_TRIM)
        if not rest[: written.start].strip(_TRIM) and rest[written.end :].strip(_TRIM):
            return written, rest[written.end :].lstrip(_TRIM)
    return None, rest


def _place_trim(rest: str) -> str:
    place = rest.strip(_TRIM + "-–—")
    if place.endswith(".") and not re.search(r"(?:\b\w\.\w\.|,\s?\w{2,5}\.)$", place):
        place = place[:-1].rstrip(_TRIM)
    return place


def _is_credible(parts: _Parts, rest: str) -> bool:
    first = rest.lstrip(_OPENERS + " ")[:1]
    small = first.islower()
    begins_with_date = next((found.start < 2 for found in dates_in(rest[:24])), False)
    if not first or (begins_with_date and not parts.agency):
        return bool(parts.agency)
    if is_all_capitals(parts.place):
        return _capitals_credible(parts, small=small)
    words = len(parts.place.split())
    if parts.written:
        return bool(parts.agency) or (not small and words <= 4)
    return not small and _mixed_case_credible(parts, words)


def _capitals_credible(parts: _Parts, *, small: bool) -> bool:
    if parts.written:
        return not small or bool(parts.agency)
    if is_label(parts.place) or small:
        return False
    if parts.agency:
        return not spells_out(parts.agency, parts.place)
    return len(parts.place.split()) <= 4


def _mixed_case_credible(parts: _Parts, words: int) -> bool:
    agency = parts.agency
    if agency is None or words > 4:
        return False
    if is_known_agency(agency):
        return not spells_out(agency, parts.place)
    return words == 1 and looks_like_acronym(agency)


def _found(text: str, end: int, parts: _Parts, known: date | None, strength: int) -> Found:
    written = parts.written
    made = with_year(written, known) if written else None
    year = (made.year if made else written.year) if written else None
    dateline = Dateline(
        raw=text[:end].strip(),
        place=parts.place,
        month=written.month if written else None,
        day=written.day if written else None,
        year=year,
        date=made,
        agency=parts.agency,
    )
    return Found(dateline, without_marks(text[end:]).strip(), end, strength, written)
