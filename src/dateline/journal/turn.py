"""The writers' turn: whoever writes the journal does so one after the other."""

from django.db import connection

from dateline.journal.errors import OutsideTransaction

# Any number will do, as long as every writer of the journal uses the same one.
_WRITERS_LOCK = 0x64_61_74_65


def take_turn(kind: str = "") -> None:
    """Wait for the writers before us, and keep others out until our transaction ends.

    Whoever gives readers a time takes it after this: then the order of times is that of entries.
    `record()` takes the turn itself. SQLite writers have theirs since their transaction began.

    Raises:
        OutsideTransaction: there is no open transaction that could end the turn.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(kind=kind)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITERS_LOCK])
