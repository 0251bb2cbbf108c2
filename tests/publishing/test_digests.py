"""Digests leave at their hour, in their edition's time zone, once."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dateline.publishing.scheduler import run_due
from dateline.subscriptions.enums import Pace
from dateline.subscriptions.models import Sending
from dateline.subscriptions.rules import digest_moment
from dateline.topics.actions import save_edition
from tests.factories import a_newsroom
from tests.subscriptions.following import a_follower

VIENNA = ZoneInfo("Europe/Vienna")
SECOND = timedelta(seconds=1)


def at(*when):
    return datetime(*when, tzinfo=VIENNA)


@pytest.mark.parametrize(
    ("now", "pace", "due"),
    [
        (at(2026, 11, 29, 7, 0), Pace.DAILY, at(2026, 11, 29, 7)),
        (at(2026, 11, 29, 6, 59), Pace.DAILY, at(2026, 11, 28, 7)),
        (at(2026, 11, 29, 12), Pace.WEEKLY, at(2026, 11, 23, 7)),
        (at(2026, 11, 30, 6), Pace.WEEKLY, at(2026, 11, 23, 7)),
        (at(2026, 11, 30, 7), Pace.WEEKLY, at(2026, 11, 30, 7)),
        (at(2026, 3, 29, 8), Pace.DAILY, at(2026, 3, 29, 7)),  # The clock went forward.
    ],
)
def test_the_last_hour_that_has_come(now, pace, due):
    assert digest_moment(now.astimezone(UTC), pace=pace, zone=VIENNA, hour=7) == due


@pytest.mark.django_db
def test_a_digest_is_planned_once_when_its_hour_comes():
    room = a_newsroom()
    room.edition.timezone = "Europe/Vienna"
    save_edition(by=None, edition=room.edition)
    a_follower(room, "reader@news.example", "front:en", pace="daily")
    hour = at(2026, 11, 29, 7).astimezone(UTC)
    run_due(since=hour - 2 * SECOND, now=hour - SECOND)
    assert not Sending.objects.exists()
    run_due(since=hour - SECOND, now=hour)
    run_due(since=hour - timedelta(hours=20), now=hour + timedelta(hours=1))  # It was restarted.
    sending = Sending.objects.get()
    assert sending.key == "digest:en:daily:2026-11-29"
    assert (sending.due_at, sending.since) == (hour, hour - timedelta(days=1))
