"""Reading the journal."""

from collections.abc import Iterator

from django.db import connection

from dateline.journal.entries import Recorded, entry_type
from dateline.journal.models import Cursor, JournalLine


def head() -> int:
    """Return the number of the newest entry, 0 for an empty journal."""
    # Every page asks it first: the ORM would take ten times as long as the database.
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(seq) FROM journal_journalline")
        newest: int | None = cursor.fetchone()[0]
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
