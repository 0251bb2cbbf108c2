"""How many files a server process may hold open: each reader's connection is one."""

import resource
from contextlib import suppress

LEAST_FILES = 4096


def allow_files() -> None:
    """Take as many open files as the system grants this process; shells begin with 1,024."""
    granted = files_granted()
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (granted, granted))


def files_granted() -> int:
    """Return how many files a process of this account may hold open, if it asks for them."""
    return resource.getrlimit(resource.RLIMIT_NOFILE)[1]
