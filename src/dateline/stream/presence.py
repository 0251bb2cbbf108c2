"""How many read something now: counted now and then, and told with the heartbeat.

Nobody is told when one reader comes or goes: that would be a write to all of them for each.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from dateline.stream import frames
from dateline.stream.roll import Roll

log = logging.getLogger(__name__)

Counts = dict[str, int]
Share = Callable[[Counts], Awaitable[Counts]]
_COUNTED = ("live:", "chat:")


async def alone(counts: Counts) -> Counts:
    """Return the counts of the only process there is."""
    return counts


class Presence:
    """The readers of each live coverage and each chat, as they were when they were counted last.

    Shape: `share` tells the other processes what this one counted and returns what all of them
    count together; `every` is the time between two samples. A reader is a connection: all pages of
    a browser have one.
    """

    def __init__(self, roll: Roll, share: Share, every: timedelta) -> None:
        self._roll, self._share, self._every = roll, share, every
        self.reading: Counts = {}

    async def run(self) -> None:
        """Sample until cancelled."""
        while True:
            await asyncio.sleep(self._every.total_seconds())
            try:
                await self.sample()
            except Exception:  # a number that cannot be had is no reason to tell no news
                log.warning("the readers could not be counted", exc_info=True)

    async def sample(self) -> None:
        """Count, and make what each set of channels is told of it."""
        counts = {name: n for name, n in self._roll.counts().items() if name.startswith(_COUNTED)}
        self.reading = await self._share(counts)
        for group in self._roll.sets():
            group.reading = self.told(group.channels)

    def told(self, channels: frozenset[str]) -> bytes:
        """Return the block that tells of those channels, nothing where none is counted."""
        known = {name: self.reading[name] for name in sorted(channels) if name in self.reading}
        return frames.reading(known) if known else b""
