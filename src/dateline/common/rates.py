"""Counting how often something was tried, for all processes of one machine, in one small file.

No row is written and no server asked: a login page under attack must hold up neither the database
nor a writer. The file never grows; where it is full, the try that is forgotten soonest makes room.
"""

import fcntl
import mmap
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path

_SLOT = struct.Struct("<Qd")
_WAYS = 8


@dataclass(frozen=True, slots=True)
class Rate:
    """So many tries at once, and as many again spread over a window."""

    tries: int
    window: timedelta

    @property
    def interval(self) -> float:
        """Return the seconds after which one more try is free."""
        return self.window.total_seconds() / self.tries


class RateFile:
    """Counters in a file, each named by a text that is kept only as a keyed digest.

    Shape: sets of eight slots, each a digest and the second at which all its tries are free again
        (the generic cell rate algorithm: one number says how many were used and when).
    Order: safe among threads and processes; a forked child may go on using it.
    """

    def __init__(self, path: Path, *, secret: str, sets: int = 4096) -> None:
        self._path = path
        self._secret = blake2b(secret.encode(), digest_size=32).digest()
        self._sets = sets
        self._lock = threading.Lock()
        self._file = -1
        self._map: mmap.mmap | None = None
        os.register_at_fork(after_in_child=self._reopen)

    def _reopen(self) -> None:
        """Forget the parent's open file: a lock on it would be the parent's as well."""
        self._lock = threading.Lock()
        if self._map is not None:
            os.close(self._file)
            self._map = None

    def take(self, name: str, rate: Rate, now: datetime) -> timedelta:
        """Use one try and return no time; or use none and return how long to wait for one."""
        with self._slot(name) as slot:
            free_at = self._free_at(slot, rate, now)
            wait = free_at + rate.interval - now.timestamp() - rate.window.total_seconds()
            # A try's share is a fraction that a float may miss by a little.
            if wait > 1e-3:
                return timedelta(seconds=wait)
            self._write(slot, free_at + rate.interval)
        return timedelta(0)

    def give_back(self, name: str, rate: Rate, now: datetime) -> None:
        """Make one try unused: it was none of those that are counted."""
        with self._slot(name) as slot:
            free_at = self._free_at(slot, rate, now)
            self._write(slot, max(free_at - rate.interval, now.timestamp()))

    def forget(self, name: str) -> None:
        """Make every try of a name free again."""
        with self._slot(name) as slot:
            self._write(slot, 0.0)

    def _free_at(self, slot: "_Slot", rate: Rate, now: datetime) -> float:
        """Return when all is free; a clock that was set back must not lock anybody out for long."""
        at = now.timestamp()
        return min(max(slot.free_at, at), at + rate.window.total_seconds())

    def _write(self, slot: "_Slot", free_at: float) -> None:
        assert self._map is not None, "a slot comes from an open file"  # noqa: S101
        _SLOT.pack_into(self._map, slot.offset, slot.digest, free_at)

    @contextmanager
    def _slot(self, name: str) -> Iterator["_Slot"]:
        """Hold the file and find a name's slot, or the one of its set that is free soonest."""
        made = blake2b(name.encode(), key=self._secret, digest_size=16).digest()
        digest = int.from_bytes(made[:8], "little")
        first = int.from_bytes(made[8:], "little") % self._sets * _WAYS * _SLOT.size
        with self._held() as table:
            slots = [
                _Slot(offset, *_SLOT.unpack_from(table, offset))
                for offset in range(first, first + _WAYS * _SLOT.size, _SLOT.size)
            ]
            mine = next((slot for slot in slots if slot.digest == digest), None)
            if mine is None:
                mine = _Slot(min(slots, key=lambda slot: slot.free_at).offset, digest, 0.0)
            yield mine

    @contextmanager
    def _held(self) -> Iterator[mmap.mmap]:
        with self._lock:
            table = self._map or self._open()
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                yield table
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)

    def _open(self) -> mmap.mmap:
        size = self._sets * _WAYS * _SLOT.size
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if os.fstat(self._file).st_size < size:
            # With its blocks: writing to a hole on a full disk would end the process.
            os.posix_fallocate(self._file, 0, size)
        self._map = mmap.mmap(self._file, size)
        return self._map

    def close(self) -> None:
        """Give the file back; the next use opens it again."""
        with self._lock:
            if self._map is not None:
                self._map.close()
                os.close(self._file)
                self._map = None


@dataclass(frozen=True, slots=True)
class _Slot:
    offset: int
    digest: int
    free_at: float
