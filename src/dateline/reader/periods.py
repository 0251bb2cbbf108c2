"""Days, months and years of an archive as spans of time; pure: no query, no clock."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateline.stories.archive_queries import Span


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, a month of it, or a day; `month` and `day` are 0 where the period has none."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def path(self) -> str:
        """Return its address below an archive: `2008/11/13/`."""
        parts = (f"{self.year:04}", f"{self.month:02}", f"{self.day:02}")
        return "".join(f"{part}/" for part in parts[: self.depth])

    @property
    def depth(self) -> int:
        """Return 1 for a year, 2 for a month, 3 for a day."""
        return 1 + bool(self.month) + bool(self.day)

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def key(self) -> str:
        """Return it as it stands in page keys: `20081113`, `200811`, `2008`."""
        return self.path.replace("/", "")

    def up(self, depth: int) -> "Period":
        """Return the year or month it lies in."""
        return Period(self.year, self.month if depth > 1 else 0, self.day if depth > 2 else 0)

    def parts(self) -> "tuple[Period, ...]":
        """Return the months of a year, or the days of a month."""
        if self.depth == 1:
            return tuple(Period(self.year, month) for month in range(1, 13))
        days = calendar.monthrange(self.year, self.month)[1]
        return tuple(Period(self.year, self.month, day) for day in range(1, days + 1))


def read_period(text: str) -> Period | None:
    """Read `2008/11/13/`, `2008/11/` or `2008/`; None where there is no such day."""
    numbers = [int(part) for part in text.split("/") if part]
    if not 1 <= len(numbers) <= 3 or not 1600 <= numbers[0] <= 9000 or 0 in numbers:
        return None
    try:
        date(*[*numbers, 1, 1][:3])
    except ValueError:
        return None
    return Period(*numbers)


def period_of(moment: datetime, zone: ZoneInfo, depth: int) -> Period:
    """Return the period of a depth that an instant lies in, on the clocks of a zone."""
    day = moment.astimezone(zone).date()
    return Period(day.year, day.month, day.day).up(depth)


def span_of(period: Period, zone: ZoneInfo) -> Span:
    """Return the instants a period begins and ends at, on the clocks of a zone.

    Shape: the end is the first instant that is no longer in it.
    """
    first = period.first
    if period.depth == 3:
        after = first + timedelta(days=1)
    elif period.depth == 2:
        after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    else:
        after = date(period.year + 1, 1, 1)
    return _midnight(first, zone), _midnight(after, zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def weeks_of(month: Period, first_weekday: int) -> "list[list[Period | None]]":
    """Return a month's days in weeks of seven, None where the week reaches out of the month."""
    rows = calendar.Calendar(first_weekday).monthdayscalendar(month.year, month.month)
    return [[Period(month.year, month.month, day) if day else None for day in row] for row in rows]


def months_between(first: Period, last: Period) -> Sequence[Period]:
    """Return every month from that of one period to that of another, both among them."""
    start, end = first.year * 12 + max(first.month, 1) - 1, last.year * 12 + (last.month or 12) - 1
    return [Period(number // 12, number % 12 + 1) for number in range(start, end + 1)]
