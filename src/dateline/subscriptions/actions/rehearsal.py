"""What a list would have made of the addresses it named, kept in a file and not in memory."""

import json
import sqlite3
from collections.abc import Collection, Mapping
from datetime import datetime

from dateline.subscriptions.listing_rules import Here

_TABLE = "CREATE TABLE here (mail TEXT PRIMARY KEY, stopped INT, since TEXT, gets TEXT)"


class Rehearsal:
    """How addresses would stand here by now; in a file without a name, which ends with it."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA journal_mode=OFF")
        self._file.execute("PRAGMA temp_store=FILE")
        self._file.execute(_TABLE)

    def of(self, mails: Collection[str]) -> dict[str, Here]:
        """Return those of some addresses that the rehearsal has changed."""
        marks = ",".join("?" * len(mails))
        asked = f"SELECT mail, stopped, since, gets FROM here WHERE mail IN ({marks})"  # noqa: S608 - marks alone
        return {mail: _read(*told) for mail, *told in self._file.execute(asked, [*mails])}

    def note(self, changed: Mapping[str, Here]) -> None:
        """Note how some addresses would stand from now on."""
        rows = [
            (mail, one.is_stopped, one.since.isoformat(), json.dumps(sorted(one.gets)))
            for mail, one in changed.items()
        ]
        self._file.execute("BEGIN")
        self._file.executemany("REPLACE INTO here VALUES (?, ?, ?, ?)", rows)
        self._file.execute("COMMIT")

    def close(self) -> None:
        """Forget it all."""
        self._file.close()


def _read(stopped: int, since: str, gets: str) -> Here:
    names = frozenset((subject, edition) for subject, edition in json.loads(gets))
    return Here(bool(stopped), datetime.fromisoformat(since), names)
