"""Reading the journal."""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from datetime import datetime
from functools import cache

from django.db import connection

from dateline.common.prepared import Prepared
from dateline.journal.entries import Entry, Recorded, Unreadable, entry_type
from dateline.journal.errors import EntryRefused
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

    Raises:
        EntryRefused: one of them cannot be read.
    """
    for line in lines_after(after, limit):
        if isinstance(line, Unreadable):
            raise line.error
        yield line


def lines_after(after: int, limit: int = 500) -> Iterator[Recorded | Unreadable]:
    """Yield the entries after a number, and what stands between them that cannot be read.

    Order: as committed.
    """
    for line in _lines(limit).rows(after=after):
        try:
            yield _read(line)
        except EntryRefused as error:
            known = Entry.types.get(line.kind)
            yield Unreadable(seq=line.seq, kind=line.kind, type=known, error=error)


@cache
def _lines(limit: int) -> Prepared[JournalLine]:
    return Prepared(
        lambda after: JournalLine.objects.filter(seq__gt=after).order_by("seq")[:limit], after=int
    )


def keys_after(after: int, limit: int) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Yield number, kind and page keys of the entries after a number, also of unreadable ones.

    Order: as committed.
    """
    for line in _lines(limit).rows(after=after):
        yield line.seq, line.kind, tuple(line.keys) if _are_texts(line.keys) else ()


def first_time_after(after: int) -> datetime | None:
    """Return when the first entry after a number was written, None if there is none."""
    lines = JournalLine.objects.filter(seq__gt=after).order_by("seq")
    return lines.values_list("at", flat=True).first()


def number_before(at: datetime) -> int:
    """Return the number after which everything was written at a time or later.

    Times have no index: they rise with the numbers, some twenty short questions find the place.
    """
    return bisect_left(range(head()), at, key=lambda number: first_time_after(number) or at)


def entries_between(
    kinds: Collection[type[Entry]], since: datetime, until: datetime
) -> Iterator[Recorded]:
    """Yield the entries of some kinds that were written in a span of time.

    Order: as committed.

    Raises:
        EntryRefused: one of them cannot be read.
    """
    lines = JournalLine.objects.filter(seq__gt=number_before(since), seq__lte=number_before(until))
    wanted = lines.filter(kind__in=[kind.kind for kind in kinds]).order_by("seq")
    yield from (_read(line) for line in wanted.iterator())


def _read(line: JournalLine) -> Recorded:
    entry = entry_type(line.kind).from_payload(line.payload)
    if not (_are_texts(line.channels) and _are_texts(line.keys)):
        raise EntryRefused(kind=line.kind, why="its channels or keys are no list of texts")
    return Recorded(
        seq=line.seq,
        at=line.at,
        entry=entry,
        channels=tuple(line.channels),
        keys=tuple(line.keys),
    )


def _are_texts(stored: object) -> bool:
    return isinstance(stored, list) and all(isinstance(one, str) for one in stored)


def cursor_of(name: str) -> int:
    """Return how far a reader has come, 0 for a new one."""
    return Cursor.objects.filter(name=name).values_list("seq", flat=True).first() or 0
