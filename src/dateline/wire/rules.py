"""Rules of the wire: values in, answer out."""

from datetime import datetime, timedelta

from dateline.wire.enums import Told

_TRIES_AFTER = tuple(
    timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 7200, 21_600, 43_200)
)
_GONE = 410
DEAD_AFTER = timedelta(days=7)
"""A callback that took nothing for so long is dead."""


def told_by(status: int) -> Told:
    """Say what a subscriber's answer means: any 2xx is yes, 410 ends it, the rest has failed."""
    if 200 <= status < 300:
        return Told.YES
    return Told.GONE if status == _GONE else Told.FAILED


def next_try_after(tries: int) -> timedelta | None:
    """Return how long to wait after the n-th try that failed; None to wait for the next change."""
    return _TRIES_AFTER[tries - 1] if tries <= len(_TRIES_AFTER) else None


def is_dead(failing_since: datetime, now: datetime) -> bool:
    """Say whether a callback has failed for so long that it is told no more."""
    return now - failing_since >= DEAD_AFTER
