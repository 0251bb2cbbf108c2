"""The newest part of the journal in memory, framed and indexed by channel."""

import logging
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from dateline.stream.errors import EventNameError, SourceOrderError
from dateline.stream.frames import beat, frame
from dateline.stream.source import Announcement

log = logging.getLogger(__name__)


def framed(announcement: Announcement) -> bytes:
    """Return the block of an announcement, or nothing, with a line in the log, if it has none.

    What cannot be framed could never be sent, and must not hold up the others.
    """
    try:
        return frame(announcement.seq, announcement.event, announcement.data, announcement.channels)
    except EventNameError as error:
        log.warning("entry %d is not announced: %s", announcement.seq, error)
        return b""


def _wholes(about: str) -> Iterator[str]:
    """Yield a thing and what it is part of: `story:12/live`, then `story:12`."""
    while about:
        yield about
        about = about.rpartition("/")[0]


class Ring:
    """A window on the journal, complete for each channel from its own floor up to `head`.

    Shape: at least `size` announcements are kept once so many came; a quarter more may wait to be
    let go together. A number is in the list of each of its channels, so that reading a set of
    channels costs what it returns, not what the window holds. The floor of a channel is the
    newest number let go for it: a quiet channel is never out of reach because others are busy.
    """

    __slots__ = ("_about", "_by_channel", "_frames", "_gone", "_order", "_origin", "head", "size")

    def __init__(self, size: int) -> None:
        self.size = size
        self.restart(0)

    def __len__(self) -> int:
        return len(self._order)

    def restart(self, at: int) -> None:
        """Forget everything and stand at the number `at`."""
        self._origin = self.head = at
        self._frames: dict[int, bytes] = {}
        self._order: deque[tuple[int, tuple[str, ...], str]] = deque()
        self._about: dict[str, list[int]] = {}
        self._by_channel: dict[str, list[int]] = {}
        self._gone: dict[str, int] = {}

    def floor(self, channels: Iterable[str]) -> int:
        """Return the number after which everything these channels hear is here."""
        return max(self._gone.get(channel, self._origin) for channel in channels)

    def extend(self, announcements: Sequence[Announcement], upto: int) -> set[str]:
        """Take in what follows `head`, move it to `upto`, and return the channels touched.

        Raises: SourceOrderError, with nothing taken in, unless numbers rise within (head, upto].
        """
        self._check(announcements, upto)
        touched: set[str] = set()
        for announcement in announcements:
            if announcement.recalls:
                self._recall(announcement.about)
            block = framed(announcement)
            if block:
                self._keep(announcement, block)
                touched.update(announcement.channels)
        self.head = upto
        if len(self._order) > self.size + self.size // 4:
            self._trim()
        return touched

    def numbers(self, channels: Iterable[str], after: int) -> list[int]:
        """Return the numbers after `after` that one or more of the channels hear, ascending."""
        parts = []
        for channel in channels:
            known = self._by_channel.get(channel)
            if known and known[-1] > after:
                parts.append(known[bisect_right(known, after) :])
        if len(parts) == 1:
            return parts[0]
        return sorted(set().union(*parts))

    def join(self, numbers: Sequence[int], max_bytes: int | None = None) -> tuple[bytes, int]:
        """Return the blocks of `numbers` in one piece, and the number up to which that reaches.

        Shape: with `max_bytes` it stops after the block that reaches it; without, or when all
        fitted, the number is `head`.
        """
        if len(numbers) == 1:
            return self._frames[numbers[0]], self.head
        if max_bytes is None:
            return b"".join([self._frames[number] for number in numbers]), self.head
        size, blocks = 0, []
        for number in numbers:
            blocks.append(self._frames[number])
            size += len(blocks[-1])
            if size >= max_bytes and number != numbers[-1]:
                return b"".join(blocks), number
        return b"".join(blocks), self.head

    def _check(self, announcements: Sequence[Announcement], upto: int) -> None:
        last = self.head
        for announcement in announcements:
            if not last < announcement.seq <= upto:
                raise SourceOrderError(seq=announcement.seq, after=last, upto=upto)
            last = announcement.seq

    def _keep(self, announcement: Announcement, block: bytes) -> None:
        channels = tuple(dict.fromkeys(announcement.channels))
        self._frames[announcement.seq] = block
        self._order.append((announcement.seq, channels, announcement.about))
        for thing in _wholes(announcement.about):
            self._about.setdefault(thing, []).append(announcement.seq)
        for channel in channels:
            self._by_channel.setdefault(channel, []).append(announcement.seq)

    def _recall(self, about: str) -> None:
        """Leave just the numbers of what was told of a thing and its parts: its words are gone."""
        for number in self._about.get(about, ()):
            self._frames[number] = beat(number)

    def _trim(self) -> None:
        stale: dict[str, int] = {}
        while len(self._order) > self.size:
            number, channels, about = self._order.popleft()
            del self._frames[number]
            for thing in _wholes(about):
                self._forget_oldest(thing)
            stale.update(dict.fromkeys(channels, number))
        for channel, number in stale.items():
            known = self._by_channel[channel]
            del known[: bisect_right(known, number)]
            if not known:
                del self._by_channel[channel]
        self._gone |= stale

    def _forget_oldest(self, about: str) -> None:
        told = self._about[about]
        del told[0]
        if not told:
            del self._about[about]
