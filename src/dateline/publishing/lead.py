"""Which runner works where several machines share one database: the one that holds its lock.

A lock that ends with a transaction, in a transaction that stays open: it is gone the moment its
holder is, and a pooler that pools by transaction cannot give the connection to somebody else.
"""

from typing import Any, Protocol

import structlog
from django.conf import settings

log = structlog.get_logger(__name__)
# Any number will do, as long as every runner uses the same one.
_RUNNERS_LOCK = 0x72_75_6E_73
_MANNERS = (
    # A machine that lost its power, and a runner that hangs, lose the lock within half a minute.
    "SET LOCAL tcp_keepalives_idle = 10",
    "SET LOCAL tcp_keepalives_interval = 5",
    "SET LOCAL tcp_keepalives_count = 3",
    "SET LOCAL idle_in_transaction_session_timeout = '30s'",
)


class Lead(Protocol):
    """What one runner of a fleet holds."""

    def holds(self) -> bool:
        """Take it, or make sure that it is still ours; asked about once a second."""

    def give_up(self) -> None:
        """Leave it to the others."""


class LoneLead:
    """For the one machine of a SQLite newsroom, whose data folder is locked already."""

    def holds(self) -> bool:
        """Return True."""
        return True

    def give_up(self) -> None:
        """Do nothing."""


class DatabaseLead:
    """The lock of a PostgreSQL database."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._line: Any = None
        self._has = self._is_away = False

    def holds(self) -> bool:
        """Take the lock if nobody has it; a database that is away leaves it with nobody."""
        import psycopg  # noqa: PLC0415 - only where the database is PostgreSQL

        try:
            self._look()
        except (psycopg.Error, OSError) as error:
            if not self._is_away:
                log.warning("lock of the runners away", error=str(error))
            self.give_up()
            self._is_away = True
        else:
            self._is_away = False
        return self._has

    def give_up(self) -> None:
        """Close the connection, and the lock with it."""
        line, self._line, self._has = self._line, None, False
        if line is not None:
            line.close()

    def _look(self) -> None:
        if self._line is None:
            self._line = self._connect()
        if self._has:
            self._line.execute("SELECT 1")
            return
        asked = "SELECT pg_try_advisory_xact_lock(%s)"
        self._has = self._line.execute(asked, [_RUNNERS_LOCK]).fetchone()[0]

    def _connect(self) -> Any:
        import psycopg  # noqa: PLC0415 - only where the database is PostgreSQL

        line = psycopg.connect(self._address, connect_timeout=5)
        for manner in _MANNERS:
            line.execute(manner)
        return line


def lead_of() -> Lead:
    """Return what this newsroom's runners are to hold."""
    address = settings.DATELINE.database.get_secret_value()
    return DatabaseLead(address) if address else LoneLead()
