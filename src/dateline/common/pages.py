"""Pages of a long list, walked by number: what is older begins below the last that is shown."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """One page of rows.

    Shape: `older` is what the next page is asked for `before`; None on the last. `is_first` says
        that nothing is newer.
    """

    rows: list[M]
    older: int | None
    is_first: bool


def page_of(rows: QuerySet[M], *, before: int | None, most: int) -> Page[M]:
    """Return a page of rows that are ordered by number, the newest first; it counts nothing."""
    below = rows if before is None else rows.filter(pk__lt=before)
    found = list(below[: most + 1])
    older = found[most - 1].pk if len(found) > most else None
    return Page(found[:most], older, before is None)
