"""What can happen to a reader's account. Numbers alone: the journal keeps nobody's name."""

from dataclasses import dataclass
from typing import ClassVar

from dateline.journal.entries import Audience, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderEntry(Entry):
    """Base of what happens to one reader."""

    audience: ClassVar[Audience] = Audience.STAFF

    reader: int

    @property
    def subject(self) -> str:
        return f"reader:{self.reader}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderJoined(ReaderEntry):
    """Somebody registered, and from now on has a name in chats."""

    kind: ClassVar[str] = "reader-joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderChanged(ReaderEntry):
    """A reader's name, avatar, preferences or address changed; `has_new_mail` says the last."""

    kind: ClassVar[str] = "reader-changed"

    has_new_mail: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderLeaving(ReaderEntry):
    """A reader asked for their account to be deleted."""

    kind: ClassVar[str] = "reader-leaving"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderStayed(ReaderEntry):
    """A reader who had asked for deletion stays."""

    kind: ClassVar[str] = "reader-stayed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderRemoved(ReaderEntry):
    """A reader's account and all that was theirs is gone."""

    kind: ClassVar[str] = "reader-removed"
