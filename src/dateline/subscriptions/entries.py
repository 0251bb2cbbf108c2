"""What happens to subscribers and sendings. Numbers alone: the journal keeps nobody's address.

Single deliveries are no entries: their ledger is a table of its own (docs/decisions/0017).
"""

from dataclasses import dataclass
from typing import ClassVar

from dateline.journal.entries import Audience, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberEntry(Entry):
    """Base of what happens to one subscriber."""

    audience: ClassVar[Audience] = Audience.STAFF

    subscriber: int

    @property
    def subject(self) -> str:
        return f"subscriber:{self.subscriber}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberChanged(SubscriberEntry):
    """Somebody follows something else, paused, or has another address."""

    kind: ClassVar[str] = "subscriber-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberStopped(SubscriberEntry):
    """Somebody left, or their address takes no mail: they are not written to any more."""

    kind: ClassVar[str] = "subscriber-stopped"

    stopped_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingEntry(Entry):
    """Base of what happens to one sending."""

    audience: ClassVar[Audience] = Audience.STAFF

    sending: int

    @property
    def subject(self) -> str:
        return f"sending:{self.sending}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingPlanned(SendingEntry):
    """Something goes out to those who follow it."""

    kind: ClassVar[str] = "sending-planned"

    thing: str
    story: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingStopped(SendingEntry):
    """What has not left yet stays here."""

    kind: ClassVar[str] = "sending-stopped"

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingDone(SendingEntry):
    """Every recipient of a sending is settled, one way or another."""

    kind: ClassVar[str] = "sending-done"
