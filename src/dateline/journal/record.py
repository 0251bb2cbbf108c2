"""The one way into the journal."""

from collections.abc import Callable

from django.db import transaction

from dateline.common import clock
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
    keys, channels = entry.keys, entry.channels
    if channels and entry.audience is not Audience.PUBLIC:
        raise EntryRefused(kind=entry.kind, why="only public entries can have channels")
    take_turn(entry.kind)
    line = JournalLine.objects.create(
        at=clock.now(),
        kind=entry.kind,
        edition=entry.edition,
        audience=entry.audience,
        subject=entry.subject,
        keys=list(keys),
        channels=list(channels),
        payload=entry.payload(),
    )
    transaction.on_commit(lambda: _tell(line.seq, entry), robust=True)
    return line.seq


def _tell(seq: int, entry: Entry) -> None:
    for told in _after_commit:
        told(seq, entry)
