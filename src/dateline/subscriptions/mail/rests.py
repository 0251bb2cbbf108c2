"""Whom letters leave alone for a while: a domain, or the mail server itself."""

import threading
import time
from dataclasses import dataclass, field

import structlog

from dateline.subscriptions.rules import pause_after, slow_down

log = structlog.get_logger(__name__)
_FIRST_REST, _LONGEST_REST = 2.0, 60.0
_IN_A_ROW = 20
_ONE_ASKS = 10.0
"""Seconds for which one letter may ask, after a pause, whether its domain takes letters again."""


@dataclass(slots=True)
class Rests:
    """Domains that asked for patience, and the server itself when it is away or asks for it.

    A domain that was told to be slowed down gets one letter at a time once its pause is over, until
    it took as many as it had refused.

    Units: seconds of the monotonic clock. One process knows them; a new one finds out again.
    """

    until: dict[str, float] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    slowed: dict[str, int] = field(default_factory=dict)
    server_until: float = 0.0
    server_times: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def left(self, domain: str) -> float:
        """Return how long a domain is still to be left alone; whoever need not wait is to ask."""
        with self._lock:
            now = time.monotonic()
            left = max(self.until.get(domain, 0.0), self.server_until) - now
            if left <= 0 and domain in self.slowed:
                self.until[domain] = now + _ONE_ASKS
            return max(left, 0.0)

    def is_server_left(self) -> bool:
        """Say whether the server itself is left alone now."""
        return self.server_until > time.monotonic()

    def domain_asked(self, domain: str) -> None:
        """Leave a domain alone after many refusals in a row, longer each time.

        Not after one: a server that greylists refuses each recipient once.
        """
        with self._lock:
            times = self.times[domain] = self.times.get(domain, 0) + 1
            if times % _IN_A_ROW == 0:
                pause = pause_after(times // _IN_A_ROW).total_seconds()
                self.until[domain] = time.monotonic() + pause

    def domain_slowed(self, domain: str) -> None:
        """Leave a domain alone at once: what was refused was no recipient, but one more letter.

        What several lines hear at the same moment counts once.
        """
        with self._lock:
            now, times = time.monotonic(), self.slowed.get(domain, 0)
            if times and self.until.get(domain, 0.0) > now + _ONE_ASKS:
                return
            self.slowed[domain] = times + 1
            pause = slow_down(times + 1).total_seconds()
            self.until[domain] = now + pause
        log.warning("mail slowed down", domain=domain, rests_seconds=pause)

    def server_gone(self, *, is_busy: bool = False) -> None:
        """Leave the server alone, longer each time; one that asks for it, much longer."""
        with self._lock:
            now = time.monotonic()
            if now < self.server_until:
                return
            self.server_times += 1
            rest = min(_LONGEST_REST, _FIRST_REST * 2 ** min(self.server_times - 1, 6))
            if is_busy:
                rest = slow_down(self.server_times).total_seconds()
            self.server_until = now + rest
        log.warning("mail server away", rests_seconds=rest, is_busy=is_busy)

    def went_well(self, domain: str) -> None:
        """Note that both take letters."""
        with self._lock:
            self.times.pop(domain, None)
            self.server_times = 0
            slowed = self.slowed.pop(domain, 0)
            if slowed:
                self.until.pop(domain, None)
            if slowed > 1:
                self.slowed[domain] = slowed - 1
