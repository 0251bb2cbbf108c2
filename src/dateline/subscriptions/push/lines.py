"""Lines to push services that stay open from one notification to the next."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from dateline.common.fetch import Bounds
from dateline.common.posting import Line

MOST_IDLE = 32
"""Lines that are kept; of more, the one that was used longest ago is closed."""


class Lines:
    """Lines that threads borrow, each alone, by the origin of an address."""

    def __init__(self, bounds: Callable[[], Bounds]) -> None:
        self._bounds = bounds
        self._idle: list[tuple[str, Line]] = []
        self._lock = threading.Lock()

    @contextmanager
    def borrowed(self, address: str) -> Iterator[Line]:
        """Lend a line to the origin of an address: the one used last, or else a new one."""
        origin = origin_of(address)
        line = self._found(origin) or Line(address, self._bounds())
        try:
            yield line
        finally:
            self._keep(origin, line)

    def close(self) -> None:
        """Close every line that nobody has borrowed."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, line in idle:
            line.close()

    def _found(self, origin: str) -> Line | None:
        with self._lock:
            for at in reversed(range(len(self._idle))):
                if self._idle[at][0] == origin:
                    return self._idle.pop(at)[1]
        return None

    def _keep(self, origin: str, line: Line) -> None:
        with self._lock:
            self._idle.append((origin, line))
            oldest = self._idle.pop(0)[1] if len(self._idle) > MOST_IDLE else None
        if oldest is not None:
            oldest.close()


def origin_of(address: str) -> str:
    """Return scheme and host of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
