"""What can happen to an alert, as the journal tells it.

Pages that show the alert in force touch `alert:{edition}`; all others ask for it when they are
open, so an alert drops hardly any page. Whatever carries alerts out of the house, push and mail,
hears `AlertRaised`: it is told once of each, and of nothing that readers may not see.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dateline.journal.entries import Entry


def alert_subject(alert: int) -> str:
    """Return what the journal calls an alert."""
    return f"alert:{alert}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertEntry(Entry):
    """What every entry about an alert carries."""

    alert: int

    @property
    def subject(self) -> str:
        return alert_subject(self.alert)

    @property
    def keys(self) -> tuple[str, ...]:
        return (f"alert:{self.edition}",)

    @property
    def channels(self) -> tuple[str, ...]:
        return (f"newsfeed:{self.edition}",)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertShown(AlertEntry):
    """What an alert says. Story and address are None and empty while readers may not see it."""

    urgency: int
    headline: str
    until: datetime
    story: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRaised(AlertShown):
    """Readers are alerted: a banner stands on every open page."""

    kind: ClassVar[str] = "alert-raised"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertChanged(AlertShown):
    """An alert in force says something else, or leads to another story or to none."""

    kind: ClassVar[str] = "alert-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertEnded(AlertEntry):
    """An alert is over: its time has passed, it was withdrawn, or another took its place."""

    kind: ClassVar[str] = "alert-ended"

    ended_as: str
