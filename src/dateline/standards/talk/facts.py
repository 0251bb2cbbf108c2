"""What a discussion is, whichever system it comes from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """Whether readers saw a message there."""

    SHOWN = "shown"
    HELD = "held"
    REJECTED = "rejected"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What a discussion was about: a page of the old site."""

    key: str
    address: str = ""
    title: str = ""
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message; `is_guest` says that its author answered questions as a guest.

    Shape: `key` names it in its export, `thread` the discussion and `answers` the message it
        replies to, by their keys. `text` is plain, paragraphs parted by an empty line.
    """

    key: str
    thread: str
    text: str
    at: datetime | None
    author: str = ""
    author_key: str = ""
    answers: str = ""
    standing: Standing = Standing.SHOWN
    edited_at: datetime | None = None
    is_featured: bool = False
    is_guest: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """An export that was looked through.

    Shape: `threads` by key; `read` yields the messages in the order of the files, again with each
        call; `total` of them.
    """

    system: str
    threads: dict[str, Thread]
    total: int
    read: Callable[[], Iterator[Said]]
