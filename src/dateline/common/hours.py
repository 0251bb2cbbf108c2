"""Hours of the day, written as 08:00-22:00: when somebody is there."""

from datetime import datetime

HOURS = r"^(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$"


def is_within(hours: str, local: datetime) -> bool:
    """Say whether a local time lies in some hours; without hours it always does.

    The end is out. Hours that end before they begin go over midnight.
    """
    if not hours:
        return True
    begin, end = ends_of(hours)
    now = f"{local:%H:%M}"
    return begin <= now < end if begin <= end else now >= begin or now < end


def ends_of(hours: str) -> tuple[str, str]:
    """Return the two ends of some hours, each as `HH:MM`."""
    begin, _dash, end = hours.partition("-")
    return begin, end
