"""One line of a list of subscribers, whichever system wrote it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ListedAs(StrEnum):
    """How somebody stands in a list."""

    ACTIVE = "active"
    UNCONFIRMED = "unconfirmed"
    LEFT = "left"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One subscriber.

    Shape: `address` with its domain in lower case; `choices` in the words of the system that wrote
        them: ours are `channel pace subject`, those of others are labels. `agreed_from` is the
        page at which they agreed or another word for where, `agreed_ip` their network address then,
        `language` that of the `words` they agreed to. `line` is that of the file, 1 the head.
        `odd_dates` are those that cannot be read, as they are written.
    """

    address: str
    line: int = 0
    name: str = ""
    listed_as: ListedAs = ListedAs.ACTIVE
    language: str = ""
    choices: tuple[str, ...] = ()
    agreed_at: datetime | None = None
    agreed_from: str = ""
    agreed_ip: str = ""
    words: str = ""
    left_at: datetime | None = None
    odd_dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that names nobody: where, and why."""

    line: int
    why: str
