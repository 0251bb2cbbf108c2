"""Where a reader puts what other items point at: on disk, so that memory stays bounded."""

import json
import re
import sqlite3
from typing import Any
from urllib.parse import unquote, urlsplit

_SIZED = re.compile(r"(?:-\d{1,5}x\d{1,5}|-scaled|-e\d{9,})+(?=\.\w{2,5}$)")
_SIZE_FOLDER = re.compile(r"/size/w\d{1,5}(?:h\d{1,5})?/")


def plain_path(address: str) -> str:
    """Return the path of a picture's address without the marks of a size made from it."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return ""
    return _SIZED.sub("", _SIZE_FOLDER.sub("/", path))


class Shelf:
    """Rows by table and key, and pictures by their path, in a database of its own on disk."""

    def __init__(self) -> None:
        # The empty name makes a private file that the system removes with the connection.
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute(
            "CREATE TABLE kept (shelf TEXT, key TEXT, n INTEGER, value TEXT,"
            " PRIMARY KEY (shelf, key, n)) WITHOUT ROWID"
        )

    def put(self, shelf: str, key: str, value: Any, *, number: int = 0) -> None:
        """Keep a JSON value; the same shelf, key and number again replaces it."""
        row = (shelf, key, number, json.dumps(value, ensure_ascii=True))
        self._db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", row)

    def get(self, shelf: str, key: str) -> Any:
        """Return the first value kept under a key, or None."""
        rows = self.every(shelf, key, limit=1)
        return rows[0] if rows else None

    def every(self, shelf: str, key: str, *, limit: int = 500) -> list[Any]:
        """Return the values kept under a key in order of their numbers."""
        found = self._db.execute(
            "SELECT value FROM kept WHERE shelf = ? AND key = ? ORDER BY n LIMIT ?",
            (shelf, key, limit),
        )
        return [json.loads(value) for (value,) in found]

    def has(self, shelf: str, key: str, number: int) -> bool:
        """Say whether something is kept under a key and number."""
        found = self._db.execute(
            "SELECT 1 FROM kept WHERE shelf = ? AND key = ? AND n = ?", (shelf, key, number)
        )
        return found.fetchone() is not None

    def __del__(self) -> None:
        self._db.close()
