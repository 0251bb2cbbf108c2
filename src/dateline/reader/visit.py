"""One reader's request for one page."""

from dataclasses import dataclass
from datetime import datetime

from dateline.reader.present.furniture import Furniture


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a page is made for: address, moment, and the place in a list.

    `journal` was read before anything else of the page, so that a browser asking the stream for
    everything after it misses nothing. `before` and `after` are places in a list that is read from
    its newest or, `from_start`, in the order of time. `query` is the one asked for, as it came; the
    newsfeed and addresses of earlier systems mean something by it.
    """

    furniture: Furniture
    path: str
    journal: int
    now: datetime
    query: str = ""
    before: tuple[datetime, int] | None = None
    after: tuple[datetime, int] | None = None
    from_start: bool = False
    kind: str = ""
    letter: str = ""
