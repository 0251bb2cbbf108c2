"""What an entry is: a frozen line of plain values that says what happened and who may hear it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Self

from pydantic import ConfigDict, TypeAdapter, ValidationError

from dateline.journal.errors import EntryRefused


class Audience(StrEnum):
    """Who may learn of an entry; only `PUBLIC` ones can have channels."""

    PUBLIC = "public"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened. A subclass names its fields, subject, keys and channels.

    `keys` are what the entry touches (`story:12`, `section:3`), for the press; `channels` are who
    hears it (`newsfeed:en`). Subclasses are found by their `kind`, which is stored and so never
    changes once an entry was written.
    """

    kind: ClassVar[str]
    audience: ClassVar[Audience] = Audience.PUBLIC
    types: ClassVar[dict[str, type["Entry"]]] = {}
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    edition: str

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # With slots=True the decorator makes each class twice; the second, final one stays.
        # A class without a kind of its own is a base for others and is never written.
        if "kind" in cls.__dict__:
            Entry.types[cls.kind] = cls

    @property
    def subject(self) -> str:
        """Return the one thing the entry is about, as `story:12`."""
        raise NotImplementedError

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the page keys the entry touches."""
        return (self.subject,)

    @property
    def channels(self) -> tuple[str, ...]:
        """Return the stream channels that hear of it."""
        return ()

    def payload(self) -> dict[str, Any]:
        """Return the fields as JSON values."""
        dumped: dict[str, Any] = _adapter(type(self)).dump_python(self, mode="json")
        return dumped

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """Rebuild an entry from its stored fields.

        Raises:
            EntryRefused: a field is missing, unknown or of the wrong type.
        """
        try:
            entry: Self = _adapter(cls).validate_python(payload)
        except ValidationError as error:
            raise EntryRefused(kind=cls.kind, why=str(error.errors()[0]["msg"])) from error
        return entry


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry with its place in the journal.

    Order: `seq` is the order of commits, so a reader at `seq` has missed nothing below it.
    """

    seq: int
    at: datetime
    entry: Entry
    channels: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line of the journal that this house cannot read: of an unknown kind, or spoilt.

    `type` is None where no room knows its kind.
    """

    seq: int
    kind: str
    type: type[Entry] | None
    error: EntryRefused


def entry_type(kind: str) -> type[Entry]:
    """Return the class of a stored kind.

    Raises:
        EntryRefused: no room knows it.
    """
    try:
        return Entry.types[kind]
    except KeyError:
        raise EntryRefused(kind=kind, why="no room knows this kind") from None


_adapters: dict[type[Entry], TypeAdapter[Any]] = {}


def _adapter(kind: type[Entry]) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]
