"""The sample's days: what is recent stays recent, and a Wednesday stays a Wednesday.

Stories of the archive keep their dates. The running weeks (everything from `moves_from` on) move by
whole weeks, so that the talks always failed on the Wednesday before today and the Council always
meets on the Thursday to come. What has an age (`ago = "3h"`) is that old when the newsroom is
filled. Texts name days that move in braces: `{day}` is the story's own weekday, `{day-1}` the day
before it, `{date+9}` a date nine days after it, `{2026-11-26}` a day of the running weeks and
`{time-20}` the hour twenty minutes before the filling. A capital (`{Day}`) begins a sentence.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateline.sample.errors import SampleError

_AGE = re.compile(r"(?:(\d+)d)? ?(?:(\d+)h)? ?(?:(\d+)m)?")
_TOKEN = re.compile(r"\{([^{}\n]*)\}")
_STEP = re.compile(r"([Dd]ay|date|time)([+-]\d+)?")

# fmt: off
_ENGLISH_DAYS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)
_RUSSIAN_DAYS = (
    "в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу",
    "в воскресенье",
)
_RUSSIAN_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
)
_ARABIC_DAYS = (
    "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد",
)
_ARABIC_MONTHS = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر",
    "نوفمبر", "ديسمبر",
)
# fmt: on

_DAYS = {"en": _ENGLISH_DAYS, "ru": _RUSSIAN_DAYS, "ar": _ARABIC_DAYS}
_DATES: dict[str, Callable[[date], str]] = {
    "en": lambda day: f"{_ENGLISH_MONTHS[day.month - 1]} {day.day}",
    "ru": lambda day: f"{day.day} {_RUSSIAN_MONTHS[day.month - 1]}",
    "ar": lambda day: f"{day.day} {_ARABIC_MONTHS[day.month - 1]}",
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the sample is filled, and how far its running weeks move.

    Shape: `talks` is the Wednesday on which the talks failed, as the files have it.
    """

    now: datetime
    moves_from: date
    talks: date

    @property
    def shift(self) -> timedelta:
        """Return the whole weeks between the files' days and those shown."""
        passed = self.now.date() - self.talks - timedelta(days=1)
        return timedelta(weeks=passed.days // 7)

    def day(self, written: date) -> date:
        """Return the day shown for a day of the files."""
        return written + self.shift if written >= self.moves_from else written

    def moment(self, written: datetime) -> datetime:
        """Return the instant shown for an instant of the files."""
        return written + self.shift if written.date() >= self.moves_from else written


def age(text: str, where: str) -> timedelta:
    """Return the age that `1d 4h 20m` says.

    Raises:
        SampleError: it says none.
    """
    found = _AGE.fullmatch(text)
    if not text or not found:
        raise SampleError(where=where, what=f"{text!r} is no age such as 1d 4h 20m")
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


@dataclass(frozen=True, slots=True)
class Teller:
    """Writes the days of one story into its texts."""

    calendar: Calendar
    own_day: date
    language: str
    zone: ZoneInfo
    where: str

    def told(self, text: str) -> str:
        """Return a text with its braces replaced.

        Raises:
            SampleError: braces say something unknown.
        """
        return _TOKEN.sub(lambda found: self._one(found[1]), text) if "{" in text else text

    def _one(self, token: str) -> str:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", token):
            return self._date(self.calendar.day(date.fromisoformat(token)))
        found = _STEP.fullmatch(token)
        if not found:
            raise SampleError(where=self.where, what=f"nothing is known of {{{token}}}")
        word, step = found[1], int(found[2] or 0)
        if word == "time":
            moment = self.calendar.now + timedelta(minutes=step)
            return f"{moment.astimezone(self.zone):%H:%M}"
        day = self.own_day + timedelta(days=step)
        if word == "date":
            return self._date(day)
        name = _DAYS[self.language][day.weekday()]
        return name[0].upper() + name[1:] if word == "Day" else name

    def _date(self, day: date) -> str:
        return _DATES[self.language](day)
