"""Rules of the runner: values in, answer out."""

from datetime import timedelta

FIRST_DELAY = timedelta(seconds=0.5)
LONGEST_DELAY = timedelta(seconds=60)


def retry_delay(*, tries: int, chance: float) -> timedelta:
    """Return how long to wait after the n-th failed try.

    Doubles from half a second to a minute. `chance` in [0, 1) spreads it over the upper half, so
    that what failed together does not come back together.
    """
    full: timedelta = min(FIRST_DELAY * 2 ** min(tries - 1, 10), LONGEST_DELAY)
    return full * (0.5 + chance / 2)
