"""When digests are due; what they hold is the reader's own affair."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from dateline.subscriptions.actions import Plan
from dateline.subscriptions.enums import Pace, Thing
from dateline.subscriptions.queries import has_readers_at
from dateline.subscriptions.rules import digest_moment, digest_span
from dateline.topics.models import Edition
from dateline.topics.queries import editions


def due_digests(since: datetime, now: datetime) -> Iterator[Plan]:
    """Yield a plan for each digest that became due; planned twice, it goes out once.

    Asked every second, it asks for readers only when an hour has come.
    """
    for edition in editions():
        for pace in (Pace.DAILY, Pace.WEEKLY):
            moment = _moment(edition, pace, now)
            if since < moment <= now and has_readers_at(pace, edition):
                yield _plan(edition, pace, moment)


def _moment(edition: Edition, pace: Pace, now: datetime) -> datetime:
    zone = ZoneInfo(edition.timezone)
    return digest_moment(now, pace=pace, zone=zone, hour=settings.DATELINE.digest_hour)


def _plan(edition: Edition, pace: Pace, moment: datetime) -> Plan:
    return Plan(
        key=f"digest:{edition.code}:{pace}:{moment:%Y-%m-%d}",
        thing=Thing.DIGEST,
        edition=edition,
        pace=pace,
        title=f"{Thing.DIGEST.label} {moment:%Y-%m-%d}",
        since=moment - digest_span(pace),
        due_at=moment,
    )
