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
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


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
def test_a_digest_is_planned_once_when_its_hour_comes(time_machine):
    time_machine.move_to(at(2026, 11, 28, 12))
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
    assert sending.title == "Digest of Nov. 29, 2026"


@pytest.mark.django_db
@pytest.mark.database
def test_what_was_missed_comes_once_and_with_all_that_was_missed(time_machine):
    time_machine.move_to(at(2026, 11, 1, 12))
    room = a_newsroom()
    room.edition.timezone = "Europe/Vienna"
    room.edition.language = "ru"
    save_edition(by=None, edition=room.edition)
    a_follower(room, "daily@news.example", "front:en", pace="daily")
    a_follower(room, "weekly@news.example", "front:en", pace="weekly")
    monday = at(2026, 11, 23, 7)
    run_due(since=monday - 7 * DAY - SECOND, now=monday - 7 * DAY)
    back = at(2026, 11, 26, 9)  # A Thursday, after ten days away.
    for _ in range(2):
        run_due(since=back - DAY, now=back)
    weekly = Sending.objects.filter(pace="weekly").order_by("due_at")
    assert [(one.due_at, one.since) for one in weekly] == [
        (monday - 7 * DAY, monday - 14 * DAY),
        (monday, monday - 7 * DAY),
    ]
    assert weekly[1].title == "Дайджест за 23 ноября 2026 г."
    daily = Sending.objects.filter(pace="daily").latest("due_at")
    assert (daily.due_at, daily.since) == (at(2026, 11, 26, 7), at(2026, 11, 22, 7))
    assert Sending.objects.count() == 4


@pytest.mark.django_db
def test_who_came_after_the_hour_gets_no_late_digest(time_machine):
    now = at(2026, 11, 26, 9)
    time_machine.move_to(now)
    room = a_newsroom()
    a_follower(room, "weekly@news.example", "front:en", pace="weekly")
    run_due(since=now - DAY, now=now)
    assert not Sending.objects.exists()
