"""Lines that only say when: publication and update times, the source of a document's date."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from dateline.standards.copy.dates import dates_in, with_year
from dateline.standards.copy.months import plain_digits

_TIME = re.compile(
    r"T?(?<!\d)(?P<hour>[0-2]?\d)(?:[:h]|(?<=\d)\.(?=\d\d\s?(?:uhr|h\b)))(?P<minute>[0-5]\d)"
    r"(?::[0-5]\d(?:\.\d{1,6})?)?(?:\s?(?P<half>[ap])\.?m\.?)?"
    r"(?:\s*(?:\(?(?:GMT|UTC)\)?)?(?P<zone>Z|[+-]\d\d:?\d\d)(?!\d))?",
    re.IGNORECASE,
)
_UNIVERSAL = re.compile(r"\b(?:GMT|UTC)\b(?!\s?[+-]\d)")
_WORDS = re.compile(
    r"\b(?:published|first|posted|updated|last|modified|created|date|time|issued|at|on|of|the|"
    r"gmt|utc|cet|cest|est|edt|bst|msk|pst|pdt|uhr|um|veröffentlicht|aktualisiert|zuletzt|stand|am|"
    r"datum|publié|publiée|le|à|mis|mise|jour|modifié|date|heure|publicado|actualizado|actualización|"
    r"el|a|las|hora|hrs?|h|pm|fecha|опубликовано|обновлено|дата|время|мск|в|от|г|نشر|نشرت|تحديث|آخر|في|بتوقيت|غرينتش|"
    r"الساعة|تاريخ|تم|النشر)\b\.?",
    re.IGNORECASE,
)
_LEFT = re.compile(r"[^\W\d_]|\d")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment as written: a day, with its instant when both time and zone are given."""

    day: date
    local: str
    instant: datetime | None = None


def stamp_in(text: str) -> Stamp | None:
    """Read a line that holds a date with its year, perhaps times, and nothing else."""
    if len(text) > 120:
        return None
    text = plain_digits(text)
    found = list(dates_in(text))
    day = next((made for made in (with_year(one, None) for one in found) if made), None)
    if day is None:
        return None
    left = text
    for one in reversed(found):
        left = left[: one.start] + " " + left[one.end :]
    moment = _TIME.search(left)
    left = _WORDS.sub(" ", _TIME.sub(" ", left))
    if _LEFT.search(left):
        return None
    return _stamp(day, moment, universal=bool(_UNIVERSAL.search(text)))


def is_clock(text: str) -> bool:
    """Say whether the line is a time of day alone: `18:31`, `18:31 GMT`."""
    return (
        len(text) <= 24
        and bool(_TIME.search(text))
        and not _LEFT.search(_WORDS.sub(" ", _TIME.sub(" ", text)))
    )


def _stamp(day: date, moment: re.Match[str] | None, *, universal: bool) -> Stamp:
    if moment is None or int(moment.group("hour")) > 23:
        return Stamp(day, day.isoformat())
    hour = int(moment.group("hour"))
    half = (moment.group("half") or "").lower()
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    local = datetime.combine(day, time(hour, int(moment.group("minute"))))
    zone = _zone(moment.group("zone"), universal=universal)
    instant = local.replace(tzinfo=zone) if zone else None
    return Stamp(day, local.isoformat(timespec="minutes"), instant)


def _zone(written: str | None, *, universal: bool) -> timezone | None:
    if written is None:
        return UTC if universal else None
    if written in "Zz":
        return UTC
    sign = -1 if written[0] == "-" else 1
    digits = written[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(sign * offset) if offset < timedelta(hours=24) else None
