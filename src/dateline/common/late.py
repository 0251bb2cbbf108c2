"""Ending connections that take too long, whatever they are doing.

A socket's own limit starts anew with each byte, so a server that sends one now and then holds its
client for ever. One thread looks at all connections of a process, four times a second.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from time import monotonic
from typing import Protocol

_LOOKS_EVERY = 0.25


class Cuttable(Protocol):
    """A connection that another thread can end; who reads from it reads the end."""

    def cut(self) -> None:
        """End it."""


@contextmanager
def cut_late(connection: Cuttable, until: float) -> Iterator[None]:
    """Cut a connection at a time of the monotonic clock, unless the block has ended by then."""
    watch = _watch()
    watch.begin(connection, until)
    try:
        yield
    finally:
        watch.end(connection)


class _Watch:
    def __init__(self) -> None:
        self._until: dict[Cuttable, float] = {}
        self._lock = threading.Lock()
        threading.Thread(target=self._look, name="late-watch", daemon=True).start()

    def begin(self, connection: Cuttable, until: float) -> None:
        with self._lock:
            self._until[connection] = until

    def end(self, connection: Cuttable) -> None:
        with self._lock:
            self._until.pop(connection, None)

    def _look(self) -> None:
        pause = threading.Event()
        while not pause.wait(_LOOKS_EVERY):
            now = monotonic()
            with self._lock:
                late = [one for one, until in self._until.items() if until <= now]
            for connection in late:
                with suppress(OSError):
                    connection.cut()


@cache
def _watch() -> _Watch:
    return _Watch()
