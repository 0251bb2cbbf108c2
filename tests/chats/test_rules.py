from datetime import UTC, datetime, timedelta

import pytest

from dateline.chats.enums import Mode
from dateline.chats.rules import may_edit, opening_of, quoted, takes_messages, wait_for

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("kind", "urgency", "mode", "days"),
    [("news", 5, Mode.OPEN, 7), ("news", 2, Mode.SLOW, 7), ("analysis", 5, Mode.OPEN, 30)],
)
def test_a_chat_opens_by_kind_and_urgency(kind, urgency, mode, days):
    opening = opening_of(kind=kind, urgency=urgency, published_at=NOON)
    assert (opening.mode, opening.closes_at) == (mode, NOON + timedelta(days=days))


@pytest.mark.parametrize(
    ("mode", "closed_at", "closes_at", "takes"),
    [
        (Mode.OPEN, None, None, True),
        (Mode.SLOW, None, NOON + SECOND, True),
        (Mode.OPEN, None, NOON, False),
        (Mode.OPEN, NOON - HOUR, None, False),
        (Mode.READ_ONLY, None, None, False),
    ],
)
def test_whether_a_chat_takes_messages(mode, closed_at, closes_at, takes):
    given = {"mode": mode, "closed_at": closed_at, "closes_at": closes_at}
    assert takes_messages(**given, now=NOON) is takes


@pytest.mark.parametrize(("ago", "may"), [(0, True), (300, True), (301, False), (-301, False)])
def test_five_minutes_for_second_thoughts(ago, may):
    assert may_edit(posted_at=NOON - ago * SECOND, now=NOON) is may


@pytest.mark.parametrize(("ago", "seconds"), [(0, 30), (12, 18), (30, 0), (-5, 0)])
def test_how_long_to_wait_in_a_slow_chat(ago, seconds):
    last_at = NOON - ago * SECOND
    assert wait_for(last_at=last_at, pace=30 * SECOND, now=NOON) == seconds
    assert wait_for(last_at=None, pace=30 * SECOND, now=NOON) == 0


def test_a_quotation_is_one_line_cut_at_a_word():
    assert quoted("Two\n lines ") == "Two lines"
    long = quoted("word " * 100)
    assert (len(long) <= 202, long.endswith("word …")) == (True, True)
