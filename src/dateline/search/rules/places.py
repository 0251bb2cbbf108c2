"""Where a story stands in the index: a number that grows with age, so that the newest come first.

Stories are walked in ascending order of their places: descending walks lose rows in the FTS5 of
SQLite before 3.42 when the numbers are large. A span of time in an edition is a span of places.
"""

from datetime import UTC, datetime, timedelta

_BITS = 39
_MIDDLE = 1 << (_BITS - 1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def place_of(edition: int, at: datetime) -> int:
    """Return the place of a second in an edition."""
    return (edition << _BITS) + _MIDDLE - (at - _EPOCH) // _SECOND


def moment_of(place: int) -> datetime:
    """Return the second that a place stands for."""
    return _EPOCH + (_MIDDLE - place % (1 << _BITS)) * _SECOND


def span_of(
    edition: int, *, since: datetime | None = None, until: datetime | None = None
) -> tuple[int, int]:
    """Return the first and the last place of an edition from one moment up to before another."""
    first = (edition << _BITS) if until is None else place_of(edition, until) + 1
    last = ((edition + 1) << _BITS) - 1 if since is None else place_of(edition, since)
    return first, last
