"""What the stream asks of the journal: announcements in order, and a way to wait for more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Announcement:
    """One journal entry as the stream sees it.

    Shape: `seq` is the journal number; `channels` who hears it (`newsfeed:en`, `chat:12`);
    `event` the name browsers listen for; `data` the encoded payload, one line of JSON as a rule;
    `about` what it tells of (`story:12`, or a part of it as `story:12/live`), if that can be
    recalled; `recalls` says that nothing told before of the same or its parts may be told again: a
    reader who comes later gets only this.
    """

    seq: int
    channels: tuple[str, ...]
    event: str
    data: bytes
    about: str = ""
    recalls: bool = False


class Source(Protocol):
    """A journal that can be read forward from any number.

    Order: what was once answered is final. An entry never appears later below a number up to
    which an answer was complete.
    """

    async def head(self) -> int:
        """Return the newest journal number, 0 for an empty journal."""
        ...

    async def after(self, seq: int, limit: int) -> tuple[Sequence[Announcement], int]:
        """Return at most `limit` announcements after `seq`, and how far that answer is complete.

        Shape: entries without channels are left out of the list but move the number. A journal
        that ends below `seq` (it was restored from a backup) answers with its own, lower head.
        Order: ascending, each number once.
        """
        ...

    async def wait(self) -> None:
        """Return when something may be new; a ring that came before the call counts."""
        ...
