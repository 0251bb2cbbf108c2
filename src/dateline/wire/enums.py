"""Words of the wire."""

from enum import StrEnum


class Told(StrEnum):
    """What became of telling a subscriber of the hub."""

    YES = "yes"
    FAILED = "failed"
    GONE = "gone"
