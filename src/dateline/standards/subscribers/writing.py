"""Writing a list of subscribers, to be read by us, by others and by spreadsheets."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from dateline.standards.subscribers.facts import Listed
from dateline.standards.subscribers.layouts import COLUMNS

# A spreadsheet takes a cell that begins so for a sum to work out; the guard makes it text.
_SUMS = ("=", "+", "-", "@", "\t", "\r", "'")
_GUARD = "'"


def written(people: Iterable[Listed]) -> Iterator[str]:
    """Yield the file line by line, its head first."""
    yield _line(COLUMNS)
    for one in people:
        yield _line(
            (
                one.address,
                one.name,
                one.listed_as.value,
                one.language,
                ";".join(one.choices),
                _time(one.agreed_at),
                one.agreed_from,
                one.agreed_ip,
                one.words,
                _time(one.left_at),
            )
        )


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a sum."""
    return _GUARD + text if text.startswith(_SUMS) else text


def unguarded(text: str) -> str:
    """Return a text as it was before it was guarded."""
    return text.removeprefix(_GUARD)


def _line(cells: Iterable[str]) -> str:
    made = io.StringIO()
    csv.writer(made).writerow(map(guarded, cells))
    return made.getvalue()


def _time(at: datetime | None) -> str:
    return at.isoformat() if at else ""
