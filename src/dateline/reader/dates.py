"""Days as the active language writes them."""

from datetime import date

from django.utils.formats import date_format, get_format
from django.utils.translation import get_language, gettext

# Arabic has no short names of days; its calendars head their columns with a letter.
_LETTERS = {"ar": "نثرخجسح"}


def day_with_weekday(on: date, *, has_year: bool = True) -> str:
    """Return a day as headings and titles say it."""
    day = date_format(on, "DATE_FORMAT") if has_year else day_of_month(on)
    words = {"weekday": date_format(on, "l"), "day": day}
    return gettext("%(weekday)s, %(day)s") % words


def day_of_month(on: date) -> str:
    """Return a day without its year, as at the head of a story's copy.

    Where a whole date bends the month (Russian `28 ноября`), this bends it too.
    """
    form = get_format("MONTH_DAY_FORMAT")
    bends = "E" in get_format("DATE_FORMAT")
    return date_format(on, form.replace("F", "E") if bends else form)


def short_weekday(on: date) -> str:
    """Return a weekday as the head of a calendar's column."""
    letters = _LETTERS.get((get_language() or "").partition("-")[0])
    return letters[on.weekday()] if letters else date_format(on, "D")
