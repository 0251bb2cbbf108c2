"""The one way into the journal."""

from collections.abc import Callable, Sequence

from django.db import transaction

from dateline.common import clock
from dateline.common.prepared_rows import PreparedRow
from dateline.journal.entries import Audience, Entry
from dateline.journal.errors import EntryRefused
from dateline.journal.models import JournalLine
from dateline.journal.turn import take_turn

Told = Callable[[int, Entry], None]
_after_commit: list[Told] = []


def call_after_commit(told: Told) -> None:
    """Have `told(seq, entry)` called in this process as soon as an entry is committed.

    It is a short cut for speed: whoever needs certainty reads the journal with a cursor. One that
    fails is logged; what was committed is never reported as failed.
    """
    if told not in _after_commit:
        _after_commit.append(told)


def record(entry: Entry) -> int:
    """Write an entry in the transaction of the change it tells of and return its number.

    Records: the entry itself.

    Raises:
        OutsideTransaction: there is no open transaction, so the change might stand without it.
        EntryRefused: an entry not meant for the public has channels.
    """
    [seq] = record_all([entry])
    return seq


def record_all(entries: Sequence[Entry]) -> list[int]:
    """Write entries in the transaction of the changes they tell of and return their numbers.

    Records: the entries themselves.

    Order: they are numbered as they stand.

    Raises:
        OutsideTransaction: there is no open transaction, so a change might stand without its entry.
        EntryRefused: an entry not meant for the public has channels.
    """
    if not entries:
        return []
    take_turn(entries[0].kind)
    lines = [_line(entry) for entry in entries]
    many = len(lines) > 1
    written = JournalLine.objects.bulk_create(lines) if many else [_LINE.write(lines[0])]
    for line, entry in zip(written, entries, strict=True):
        transaction.on_commit(_telling(line.seq, entry), robust=True)
    return [line.seq for line in lines]


_LINE = PreparedRow(JournalLine)


def _line(entry: Entry) -> JournalLine:
    keys, channels = entry.keys, entry.channels
    if channels and entry.audience is not Audience.PUBLIC:
        raise EntryRefused(kind=entry.kind, why="only public entries can have channels")
    return JournalLine(
        at=clock.now(),
        kind=entry.kind,
        edition=entry.edition,
        audience=entry.audience,
        subject=entry.subject,
        keys=list(keys),
        channels=list(channels),
        payload=entry.payload(),
    )


def _telling(seq: int, entry: Entry) -> Callable[[], None]:
    def tell() -> None:
        for told in _after_commit:
            told(seq, entry)

    return tell
