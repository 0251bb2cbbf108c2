"""The end of the journal, read once for all lanes of a process."""

import threading
from bisect import bisect_right
from collections.abc import Sequence

from dateline.journal.entries import Recorded, Unreadable
from dateline.journal.queries import lines_after

KEPT = 500
Line = Recorded | Unreadable


class Newest:
    """Gives each lane what follows its place; who is not near the end asks the database.

    Whoever hears that the journal grew calls `look_again()`; until then nobody asks in vain.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_behind = True
        self._begin: int | None = None
        self._lines: list[Line] = []

    def look_again(self) -> None:
        """Have the next lane that asks read on."""
        self._is_behind = True

    def after(self, seq: int, limit: int) -> Sequence[Line]:
        """Return the entries after a number, and what between them cannot be read.

        Order: as committed.
        """
        with self._lock:
            if self._begin is None:
                self._begin = seq
            if seq >= self._begin:
                self._read_on()
            if seq >= self._begin:
                at = bisect_right(self._lines, seq, key=_seq)
                return self._lines[at : at + limit]
        return list(lines_after(seq, limit))

    def _read_on(self) -> None:
        """Read until nothing new is there, and let go of what is far behind."""
        while self._is_behind:
            self._is_behind = False
            try:
                found = list(lines_after(self._end(), KEPT))
            except BaseException:
                self._is_behind = True
                raise
            self._lines += found
            if len(found) == KEPT:  # Never set to False here: it may be heard of more meanwhile.
                self._is_behind = True
            if len(self._lines) > 2 * KEPT:
                self._begin = self._lines[-KEPT - 1].seq
                del self._lines[:-KEPT]

    def _end(self) -> int:
        return self._lines[-1].seq if self._lines else self._begin or 0


def _seq(line: Line) -> int:
    return line.seq
