"""Reading the journal."""

from collections.abc import Iterator

from django.db.models import Max

from dateline.journal.entries import Recorded, entry_type
from dateline.journal.models import Cursor, JournalLine


def head() -> int:
    """Return the number of the newest entry, 0 for an empty journal."""
    newest = JournalLine.objects.aggregate(newest=Max("seq"))["newest"]
    return newest or 0


def replay(after: int, limit: int = 500) -> Iterator[Recorded]:
    """Yield the entries after a number.

    Order: as committed.
    """
    for line in JournalLine.objects.filter(seq__gt=after).order_by("seq")[:limit]:
        yield Recorded(
            seq=line.seq,
            at=line.at,
            entry=entry_type(line.kind).from_payload(line.payload),
            channels=tuple(line.channels),
            keys=tuple(line.keys),
        )


def cursor_of(name: str) -> int:
    """Return how far a reader has come, 0 for a new one."""
    return Cursor.objects.filter(name=name).values_list("seq", flat=True).first() or 0
