"""A month as a calendar."""

from collections.abc import Callable, Set
from datetime import date, timedelta

from django.utils.formats import date_format, get_format

from dateline.reader.dates import short_weekday
from dateline.reader.list_contexts import DayContext, MonthContext
from dateline.reader.periods import Period, weeks_of

_A_MONDAY = date(2024, 1, 1)


def month_context(
    month: Period, filled: Set[Period], url: Callable[[Period], str], *, current: Period
) -> MonthContext:
    """Return a month as a calendar in the active language; days with stories are links."""
    first_weekday = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
    has_stories = any(day in filled for day in month.parts())
    return MonthContext(
        first=month.first,
        label=date_format(month.first, "F Y"),
        url=url(month) if has_stories else "",
        is_current=month == current,
        weekdays=_weekdays(first_weekday),
        weeks=tuple(
            tuple(_day(day, filled, url, current) for day in week)
            for week in weeks_of(month, first_weekday)
        ),
    )


def _weekdays(first_weekday: int) -> tuple[tuple[str, str], ...]:
    days = [_A_MONDAY + timedelta(days=first_weekday + n) for n in range(7)]
    return tuple((short_weekday(day), date_format(day, "l")) for day in days)


def _day(
    day: Period | None, filled: Set[Period], url: Callable[[Period], str], current: Period
) -> DayContext:
    if day is None:
        return DayContext()
    return DayContext(
        label=str(day.day), url=url(day) if day in filled else "", is_current=day == current
    )
