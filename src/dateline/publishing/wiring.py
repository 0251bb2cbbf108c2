"""What every process that can commit an entry does right after the commit."""

from dateline.common import house
from dateline.journal.doorbell import Doorbell
from dateline.journal.entries import Entry
from dateline.journal.record import call_after_commit
from dateline.publishing.pages import drop_now

_doorbell: list[Doorbell] = []


def connect() -> None:
    """Have pages dropped first and the other processes woken then; called once at start."""
    _doorbell[:] = [Doorbell(house.bells_folder())]
    call_after_commit(drop_now)
    call_after_commit(_ring_doorbell)


def _ring_doorbell(seq: int, entry: Entry) -> None:
    _doorbell[0].ring()
