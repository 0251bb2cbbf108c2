"""Years, months and days as spans of time, on any edition's clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reader.periods import (
    Period,
    months_between,
    period_of,
    read_period,
    span_of,
    weeks_of,
)

ZONES = ["UTC", "Asia/Tokyo", "America/Sao_Paulo", "Africa/Cairo", "Pacific/Apia", "Europe/Moscow"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2008/", Period(2008)),
        ("2008/11/", Period(2008, 11)),
        ("2008/02/29/", Period(2008, 2, 29)),
        ("2009/02/29/", None),
        ("2008/13/", None),
        ("2008/00/", None),
        ("0000/", None),
        ("", None),
    ],
)
def test_only_days_that_exist_are_read(text, period):
    assert read_period(text) == period


@pytest.mark.parametrize("depth", [1, 2, 3])
@given(
    at=st.integers(-(70 * 365 * 86400), 130 * 365 * 86400).map(
        lambda seconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    ),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)
def test_an_instant_lies_in_its_period_and_the_next_begins_at_its_end(depth, at, zone):
    period = period_of(at, zone, depth)
    since, until = span_of(period, zone)
    assert since <= at < until
    assert period_of(until, zone, depth) > period
    assert period_of(since, zone, depth) == period
    assert period_of(since - timedelta(microseconds=1), zone, depth) < period


def test_a_period_knows_its_address_and_parts():
    assert (Period(2008, 11, 3).path, Period(2008, 11, 3).key) == ("2008/11/03/", "20081103")
    assert [len(one.parts()) for one in (Period(2008), Period(2008, 2))] == [12, 29]
    assert Period(2008, 11, 3).up(2) == Period(2008, 11)
    months = months_between(Period(2008, 11, 30), Period(2009, 1))
    assert [month.key for month in months] == ["200811", "200812", "200901"]


def test_weeks_begin_where_the_language_says():
    november = weeks_of(Period(2026, 11), 0)
    assert [len(week) for week in november] == [7] * 6
    assert november[0] == [None] * 6 + [Period(2026, 11, 1)]
    assert weeks_of(Period(2026, 11), 6)[0][0] == Period(2026, 11, 1)
