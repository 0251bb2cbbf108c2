"""One open stream as the hub sees it, whatever carries its bytes."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

    from dateline.stream.roll import ChannelSet


class State(Enum):
    """Where a client stands; only LIVE, BEHIND and RECOVERING are ever written to.

    LIVE hears the waves; BEHIND is to be given what it missed, now or when it is no longer
    paused; RECOVERING has a task that reads the journal for it; LEAVING was sent away and
    finishes its last write; CLOSED is off the roll.
    """

    LIVE = "live"
    BEHIND = "behind"
    RECOVERING = "recovering"
    LEAVING = "leaving"
    CLOSED = "closed"


class Client:
    """A cursor into the shared log with a way to write.

    Shape: `cursor` is the journal number up to which everything it hears was written. While LIVE
    the true number is that or what the hub has settled, whichever is higher: entries for others
    do not touch the client. No bytes are kept here. `ends` is the end of an answer that waits for
    news only so long, None for a stream.
    """

    __slots__ = ("address", "channels", "cursor", "ends", "slot", "state")

    channels: ChannelSet

    def __init__(self, *, address: str | None, cursor: int) -> None:
        self.address = address
        self.cursor = cursor
        self.slot = 0
        self.ends: asyncio.TimerHandle | None = None
        self.state = State.BEHIND

    def write(self, data: bytes) -> None:
        """Send `data`, whole blocks always; may pause the client before it returns."""
        raise NotImplementedError

    def close(self) -> None:
        """End the stream once everything written has gone out."""
        raise NotImplementedError

    def abort(self) -> None:
        """End the stream at once."""
        raise NotImplementedError
