"""The ring of keys: how every process of one machine learns which pages are out of date.

A mapped file holds four words of head and then the digests of the latest keys. Word 0 counts keys
for ever, so a reader needs one memory read to know that nothing has changed.
"""

import fcntl
import mmap
import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

FORGET = 1
"""The bit that a digest carries when no copy of the page may be kept, not even a stale one."""

_HEAD = 4
_MAGIC = int.from_bytes(b"DLRING01", "little")
_COUNT, _MARK, _SLOTS, _FOLLOWED = 0, 1, 2, 3
_READ_PATIENCE = 0.05
_WRITE_PATIENCE = 5.0


class RingBusyError(TimeoutError):
    """Another process has held the ring for seconds: nothing was added, try again."""


@lru_cache(maxsize=65536)
def digest(key: str) -> int:
    """Return the 64-bit digest of a key, with the bit `FORGET` clear."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little") & ~FORGET


class _ProcessLock:
    """A lock among the threads of this process, new in every forked child.

    POSIX file locks belong to the process, so they do not keep its own threads apart.
    """

    def __init__(self) -> None:
        self.renew()
        os.register_at_fork(after_in_child=self.renew)

    def renew(self) -> None:
        self.lock = threading.Lock()


_threads = _ProcessLock()
_refreshes = _ProcessLock()


class KeyRing:
    """A memory-mapped count and ring of key digests, shared by the processes of one machine.

    Shape: little words of 64 bits: count, mark, slots, followed, then `slots` digests; the digest
        of key number n (from 0) is in slot n mod slots.
    Order: a digest is written before the count that covers it. A process killed in between has
        overwritten one slot that nobody may read any more (`since` never reaches back that far).
    """

    def __init__(self, path: Path, slots: int = 16384) -> None:
        if slots < 2:
            msg = f"a ring needs at least 2 slots, not {slots}"
            raise ValueError(msg)
        self.path = path
        self._wanted = slots
        self._open()

    def _open(self) -> None:
        self._fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with self._locked(patience=_WRITE_PATIENCE, exclusive=True):
            self._map()

    def _map(self) -> None:
        """Map the file, and mend it in place where it is new, short or spoilt.

        Never replaced nor shortened: another process may have it mapped. The file's own number of
        slots wins over ours, since a ring has one modulus for all.
        """
        size = os.fstat(self._fd).st_size
        head = os.pread(self._fd, 8 * _HEAD, 0).ljust(8 * _HEAD, b"\0")
        words = memoryview(head).cast("Q")
        good = words[_MARK] == _MAGIC and words[_SLOTS] >= 2 and size >= _bytes(words[_SLOTS])
        slots = words[_SLOTS] if good else self._wanted
        if size < _bytes(slots):
            _allocate(self._fd, _bytes(slots))
        self.words = memoryview(mmap.mmap(self._fd, _bytes(slots))).cast("Q")
        if not good:
            self.words[_SLOTS], self.words[_MARK] = slots, _MAGIC
            self._jump()
        self.slots = slots

    def _jump(self) -> None:
        """Move the count so far that every reader has fallen behind and drops everything."""
        self.words[_COUNT] = (self.words[_COUNT] + time.time_ns()) % 2**62

    @contextmanager
    def _locked(self, *, patience: float, exclusive: bool) -> Iterator[None]:
        how = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
        until = time.monotonic() + patience
        lock, fd = _threads.lock, self._fd
        if not lock.acquire(timeout=patience):
            raise RingBusyError
        try:
            while not _try_lock(fd, how):
                if time.monotonic() > until:
                    raise RingBusyError
                time.sleep(0.0005)
            try:
                yield
            finally:
                fcntl.lockf(fd, fcntl.LOCK_UN)
        finally:
            lock.release()

    @property
    def position(self) -> int:
        """The number of keys ever added."""
        return self.words[_COUNT]

    def add(self, keys: Iterable[str], *, forget: bool = False) -> int:
        """Ring for keys: every page read from one of them is out of date from now on.

        Returns when every process can see it, so call it before acknowledging the change. Safe to
        repeat. With `forget` no process keeps a stale copy either (kills and withdrawals).

        Raises: RingBusyError when another process has held the ring for five seconds.
        """
        digests = [digest(key) for key in keys]
        self.refresh()
        with self._locked(patience=_WRITE_PATIENCE, exclusive=True):
            words = self.words
            for value in digests:
                if forget:
                    self._put(words, value | FORGET)
                self._put(words, value)
            return words[_COUNT]

    def _put(self, words: "memoryview[int]", value: int) -> None:
        count = words[_COUNT]
        words[_HEAD + count % self.slots] = value
        words[_COUNT] = count + 1

    @property
    def followed(self) -> int:
        """The journal number up to which this machine's pages were dropped; 0 for a new file."""
        return self.words[_FOLLOWED]

    def follow(self, seq: int) -> None:
        """Note that everything up to a journal number was rung here."""
        with self._locked(patience=_WRITE_PATIENCE, exclusive=True):
            self.words[_FOLLOWED] = seq

    def drop_all(self) -> None:
        """Have every reader fall behind, and so drop everything."""
        with self._locked(patience=_WRITE_PATIENCE, exclusive=True):
            self._jump()

    def since(self, position: int) -> tuple[int, frozenset[int] | None]:
        """Return the present position and the digests rung since the given one.

        The set is None when the reader fell behind further than the ring, or the ring could not be
        read within 50 ms: drop everything, which is always safe.
        """
        try:
            with self._locked(patience=_READ_PATIENCE, exclusive=False):
                return self._read(position)
        except RingBusyError:
            return self.words[_COUNT], None

    def _read(self, position: int) -> tuple[int, frozenset[int] | None]:
        words, slots = self.words, self.slots
        count = words[_COUNT]
        if not 0 <= count - position < slots:
            return count, None
        slot = _HEAD + position % slots
        run = words[slot : min(slot + count - position, _HEAD + slots)].tolist()
        run += words[_HEAD : _HEAD + count - position - len(run)].tolist()
        return count, frozenset(run)

    def refresh(self) -> bool:
        """Map the file anew if it was removed or replaced under its name; say whether it was.

        The new ring jumps, so that everybody drops everything: keys may have gone to either file.
        """
        if self._is_there():
            return False
        with _refreshes.lock:
            if self._is_there():
                return False  # Another thread has done it.
            old = self._fd
            self._open()
            with self._locked(patience=_WRITE_PATIENCE, exclusive=True):
                self._jump()
            os.close(old)
        return True

    def _is_there(self) -> bool:
        mine = os.fstat(self._fd)
        try:
            there = os.stat(self.path)
        except FileNotFoundError:
            return False
        return (there.st_ino, there.st_dev) == (mine.st_ino, mine.st_dev)

    def close(self) -> None:
        """Give the file back; the ring is not usable afterwards."""
        with _threads.lock:
            os.close(self._fd)


def _allocate(fd: int, size: int) -> None:
    """Make a file longer with its blocks: writing to a hole on a full disk would end the process.

    Raises: OSError when the disk is full.
    """
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(fd, 0, size)
    else:
        os.ftruncate(fd, size)


def _bytes(slots: int) -> int:
    return 8 * (_HEAD + slots)


def _try_lock(fd: int, how: int) -> bool:
    try:
        fcntl.lockf(fd, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
