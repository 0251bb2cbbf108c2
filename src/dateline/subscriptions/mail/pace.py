"""How many letters a minute go to one domain: large houses of mail turn away who sends faster."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_AT_ONCE = 1.0
"""Seconds whose letters may leave in one go after a pause."""
_MOST_DOMAINS = 10_000


@dataclass(slots=True)
class Pace:
    """When each domain may have its next letter, as one process keeps it.

    Shape: `a_minute` returns the letters of a minute for one domain, 0 for as many as there are;
        `_free` is when the next may leave, `_later` when those may that were told to wait.
    Units: seconds of the monotonic clock.
    """

    a_minute: Callable[[], int]
    now: Callable[[], float] = time.monotonic
    _free: dict[str, float] = field(default_factory=dict)
    _later: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, domain: str) -> float:
        """Count a letter that may leave now and return 0, or the seconds until it may be tried.

        Who waits is told different moments, so that not all come back at once.
        """
        a_minute = self.a_minute()
        if not a_minute:
            return 0.0
        now, apart = self.now(), 60.0 / a_minute
        with self._lock:
            free = max(self._free.get(domain, 0.0), now - _AT_ONCE)
            if free <= now:
                self._free[domain] = free + apart
                self._forget(now)
                return 0.0
            later = self._later[domain] = max(self._later.get(domain, 0.0), free) + apart
            return later - now

    def _forget(self, now: float) -> None:
        if len(self._free) > _MOST_DOMAINS:
            self._free = {name: free for name, free in self._free.items() if free > now}
            self._later = {name: at for name, at in self._later.items() if at > now}
