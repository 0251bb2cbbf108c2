"""When digests are due; what they hold is the reader's own affair."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from dateline.subscriptions.actions import Plan
from dateline.subscriptions.enums import Pace, Thing
from dateline.subscriptions.queries import has_readers_at, last_digest
from dateline.subscriptions.rules import digest_moment, digest_span
from dateline.topics.models import Edition
from dateline.topics.queries import editions

_FEWEST_LOOKED_BACK = timedelta(hours=1)
"""A look that goes back further than a second is a runner's first: it may have been away."""
_MOST_DIGESTS = 4
"""How many digests one stands for, at most, if the others were missed."""


def due_digests(since: datetime, now: datetime) -> Iterator[Plan]:
    """Yield a plan for each digest that became due; planned twice, it goes out once.

    After a pause the last one that was missed comes late, however long ago its hour was, and
    begins where the one before it ended. Asked every second, it asks for readers only when an hour
    has come, or when it begins.
    """
    is_first = now - since > _FEWEST_LOOKED_BACK
    for edition in editions():
        for pace in (Pace.DAILY, Pace.WEEKLY):
            moment = _moment(edition, pace, now)
            is_due = since < moment <= now or is_first
            if is_due and has_readers_at(pace, edition, by=moment):
                yield _plan(edition, pace, moment)


def _moment(edition: Edition, pace: Pace, now: datetime) -> datetime:
    zone = ZoneInfo(edition.timezone)
    return digest_moment(now, pace=pace, zone=zone, hour=settings.DATELINE.digest_hour)


def _plan(edition: Edition, pace: Pace, moment: datetime) -> Plan:
    span, before = digest_span(pace), last_digest(edition, pace, before=moment)
    begins = max(before.due_at, moment - _MOST_DIGESTS * span) if before else moment - span
    return Plan(
        key=f"digest:{edition.code}:{pace}:{moment:%Y-%m-%d}",
        thing=Thing.DIGEST,
        edition=edition,
        pace=pace,
        title=_title(edition, moment),
        since=begins,
        due_at=moment,
    )


def _title(edition: Edition, moment: datetime) -> str:
    """Return what a digest is called, in the language of those who get it."""
    with translation.override(edition.language):
        return gettext("Digest of %(day)s") % {"day": date_format(moment.date(), "DATE_FORMAT")}
