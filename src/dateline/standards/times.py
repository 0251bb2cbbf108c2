"""Instants as machines write them: ISO 8601 and RFC 822, with the trap of a missing zone."""

import re
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from email.utils import parsedate_to_datetime

_ISO_HEAD = re.compile(r"^\d{4}-?\d{2}-?\d{2}")
_DAY_ONLY = re.compile(r"^\d{4}-\d{2}(?:-\d{2})?$|^\d{4}$")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as read: `instant` when its zone is known, `local` as written when it is not."""

    instant: datetime | None = None
    local: str | None = None

    @property
    def day(self) -> date | None:
        """The day it names, in its own zone."""
        if self.instant:
            return self.instant.date()
        try:
            return date.fromisoformat((self.local or "")[:10])
        except ValueError:
            return None


NEVER = Moment()


def moment_in(text: str | None, *, zone: tzinfo | None = None) -> Moment:
    """Read a machine's time.

    Args:
        text: ISO 8601 or RFC 822, with or without a zone.
        zone: The source's zone, for a time written without one.

    Returns:
        `NEVER` when there is no text or it cannot be read.
    """
    text = (text or "").strip()
    made = _iso(text) if _ISO_HEAD.match(text) else _mail(text)
    if made is None:
        return NEVER
    if made.tzinfo is None and zone is not None:
        made = made.replace(tzinfo=zone)
    if made.tzinfo is not None:
        return Moment(instant=made)
    return Moment(local=text if _DAY_ONLY.match(text) else made.isoformat())


def _iso(text: str) -> datetime | None:
    if text[10:11] in ("t", "T", " "):
        text = text[:10] + "T" + text[11:].replace(" ", "")
    text = re.sub(r"(\.\d{6})\d+", r"\1", text)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    if not text or len(text) > 80:
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
