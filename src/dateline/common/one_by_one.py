"""Processes of one machine that do something one after the other."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def one_by_one(path: Path) -> Iterator[None]:
    """Do what follows while no other process or thread does it by the same file; wait for them.

    Whoever ends in any way has ended its turn too: the system gives it up with the process.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
