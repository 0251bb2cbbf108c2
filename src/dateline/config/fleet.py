"""Machines of one PostgreSQL database that do something one after the other."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

# Any number will do, as long as every machine uses the same one.
_STARTS_LOCK = 0x73_74_61_72


@contextmanager
def one_machine_at_a_time() -> Iterator[None]:
    """Do what follows while no other machine of this database does it; wait for them.

    The lock is a transaction's, on a connection of its own: what follows may commit as often as it
    likes, a pooler that pools by transaction keeps it, and a machine that dies loses it. A newsroom
    on SQLite has one machine.

    Raises:
        DatabaseError: the database cannot be reached, Django's.
    """
    address = settings.DATELINE.database.get_secret_value()
    if not address:
        yield
        return
    import psycopg  # noqa: PLC0415 - only where the database is PostgreSQL

    with connection.wrap_database_errors:
        line = psycopg.connect(address, connect_timeout=5)
        line.execute("SELECT pg_advisory_xact_lock(%s)", [_STARTS_LOCK])
    try:
        yield
    finally:
        line.close()
