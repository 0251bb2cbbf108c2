"""What a dateline's date leaves open, said in words: nothing is guessed in silence."""

from datetime import date

from dateline.standards.copy.dates import Written
from dateline.standards.facts import Dateline


def year_warnings(
    dateline: Dateline | None, written: Written | None, known: date | None
) -> tuple[str, ...]:
    """Say what is uncertain about a dateline's date.

    Args:
        dateline: The dateline as read.
        written: Its date as written.
        known: The document's date, when there is one.
    """
    if dateline is None or dateline.month is None:
        return ()
    if dateline.date is None:
        return (_open(dateline, known),)
    day = dateline.date
    if written and written.weekday is not None and written.weekday != day.weekday():
        return (f"the weekday in the dateline “{dateline.raw}” does not belong to {day}",)
    return ()


def _open(dateline: Dateline, known: date | None) -> str:
    if dateline.year is not None or known is not None:
        when = f" in or just before {known.year}" if known and dateline.year is None else ""
        return f"the date in the dateline “{dateline.raw}” is not a day in the calendar{when}"
    return (
        f"the dateline “{dateline.raw}” gives no year and the document has no date;"
        " say it with --date YYYY-MM-DD"
    )
