"""The one clock of the house: aware and UTC, and easy to set in a test."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant, aware and in UTC."""
    return datetime.now(UTC)
