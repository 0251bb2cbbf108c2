"""Time zones by their names in the IANA database, such as `Europe/Vienna`."""

from functools import cache
from zoneinfo import available_timezones


@cache  # walks a folder of six hundred files
def time_zones() -> frozenset[str]:
    """Return the names of all time zones there are, former names too."""
    return frozenset(available_timezones())


_REGIONS = (
    *("Africa", "America", "Antarctica", "Asia", "Atlantic"),
    *("Australia", "Europe", "Indian", "Pacific"),
)


@cache
def time_zones_by_region() -> dict[str, tuple[str, ...]]:
    """Return the names of places people live at, in order, by the part of the world."""
    names = sorted(time_zones())
    return {
        region: tuple(name for name in names if name.startswith(f"{region}/"))
        for region in _REGIONS
    }
