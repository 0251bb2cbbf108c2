"""Dates as they stand in copy: day and month in either order, six languages, a year or none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.standards.copy.months import MONTHS, WEEKDAYS, plain_digits


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written, with where it stands. `year` is None when none is written."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    weekday: int | None


def _any_of(names: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_MONTH = _any_of(MONTHS)
_WEEKDAY = rf"(?:(?P<weekday>{_any_of(WEEKDAYS)})\.?\s*[,،]?\s+)?"
_LEAD = r"(?:(?:le|du|den|dem|am|vom|el|al|on|the|в|في|يوم)\s+)?"
_DAY = r"(?P<{}>[0-3]?\d)"
_ORDINAL = r"(?:\.|st|nd|rd|th|er|re|º|°|ª|-?го|-?е)?"
_YEAR = (
    r"(?:\s*[,،]?\s*(?:(?:de|del|of)\s+)?(?P<{}>(?:1[6-9]|20)\d\d)"
    r"(?:\s?(?:г\.|г\b|года|году|م\b))?)?"
)
_TWIN = rf"(?:\s?/\s?(?:{_MONTH}))?"
_DAY_MONTH = (
    _DAY.format("d1") + _ORDINAL + r"\s*(?:(?:de|of)\s+)?" + rf"(?P<m1>{_MONTH})\b\.?" + _TWIN
) + _YEAR.format("y1")
_MONTH_DAY = (
    rf"(?P<m2>{_MONTH})\b\.?\s*" + _DAY.format("d2") + r"(?!\d)(?:st|nd|rd|th)?(?![\d:.]\d)"
) + _YEAR.format("y2")
_DOTTED = r"(?P<d3>[0-3]?\d)\.\s?(?P<m3>[01]?\d)\.\s?(?P<y3>(?:1[6-9]|20)\d\d)?"
_SLASHED = r"(?P<d5>[0-3]?\d)/\s?(?P<m5>[0-3]?\d)/\s?(?P<y5>(?:19|20)\d\d)(?!\d)"
_ISO = r"(?P<y4>(?:1[6-9]|20)\d\d)-(?P<m4>[01]\d)-(?P<d4>[0-3]\d)(?!\d)"
_DATE = re.compile(
    rf"(?<![\w.])(?:{_LEAD}{_WEEKDAY}{_LEAD}(?:{_DAY_MONTH}|{_MONTH_DAY}|{_DOTTED})|{_SLASHED}|{_ISO})(?:(?!\w)|(?=T\d\d:))",
    re.IGNORECASE,
)


_DIGIT = re.compile(r"\d")
_NUMERIC = re.compile(r"\d[./-]\s?\d")
_WORD = re.compile(r"[^\W\d_]+")
_MONTH_WORDS = frozenset(name.split(" ")[0] for name in MONTHS)


def may_hold_date(text: str) -> bool:
    """Take a quick look that spares most lines the long pattern."""
    if not _DIGIT.search(text):
        return False
    words = map(str.casefold, _WORD.findall(text))
    return bool(_NUMERIC.search(text)) or not _MONTH_WORDS.isdisjoint(words)


def dates_in(text: str) -> Iterator[Written]:
    """Find every date in a text, in order. The text may hold Arabic-Indic digits."""
    if not may_hold_date(text):
        return
    for hit in _DATE.finditer(plain_digits(text)):
        found = _written(hit)
        if found:
            yield found


def _written(hit: re.Match[str]) -> Written | None:
    groups = hit.groupdict()
    day, month, year = (
        next((groups[key + index] for index in "12345" if groups.get(key + index)), None)
        for key in "dmy"
    )
    number = MONTHS.get(month.casefold()) if month and not month.isdigit() else int(month or 0)
    if groups.get("d5"):
        day, number = _in_order(int(day or 0), number or 0)
    if not number or number > 12 or not 1 <= int(day or 0) <= 31:
        return None
    weekday = WEEKDAYS.get((groups["weekday"] or "").casefold())
    return Written(
        hit.start(), hit.end(), int(day or 0), number, int(year) if year else None, weekday
    )


def _in_order(first: int, second: int) -> tuple[str, int]:
    """Tell day from month in `13/02/2008` or `02/13/2008`; `02/03/2008` says neither."""
    if first > 12 or first == second:
        return str(first), second
    return str(second), first if second > 12 else 0


def with_year(written: Written, known: date | None) -> date | None:
    """Complete a date: its own year, or the latest year that puts it not after the known date.

    A day of grace covers zones: copy of the 14th may arrive on the 13th of a place further west.
    None when the day does not exist, or nothing says the year.
    """
    if written.year is not None:
        return _day(written.year, written)
    if known is None:
        return None
    latest = known + timedelta(days=1)
    for year in (latest.year, latest.year - 1):
        made = _day(year, written)
        if made and made <= latest:
            return made
    return None


def _day(year: int, written: Written) -> date | None:
    try:
        return date(year, written.month, written.day)
    except ValueError:
        return None
