"""Times as machines write them, with and without a zone, an hour or dashes."""

from datetime import UTC, date, datetime

import pytest

from dateline.standards.times import NEVER, Moment, moment_in

NOON = Moment(instant=datetime(2024, 3, 1, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2024-03-01T12:00:00Z", NOON),
        ("2024-03-01 13:00:00 +01:00", NOON),
        ("20240301T120000Z", NOON),
        ("Fri, 01 Mar 2024 12:00:00 GMT", NOON),
        ("2024-03-01 12:00:00", Moment(local="2024-03-01T12:00:00")),
        ("2024-03-01", Moment(local="2024-03-01")),
        ("20240301", Moment(local="2024-03-01T00:00:00")),
        ("2024-13-40", NEVER),
        ("yesterday", NEVER),
        ("", NEVER),
    ],
)
def test_a_time_is_read_as_it_was_meant_or_not_at_all(text, read):
    assert moment_in(text) == read


@pytest.mark.parametrize("text", ["2024-03-01", "20240301"])
def test_a_day_alone_is_that_day(text):
    assert moment_in(text).day == date(2024, 3, 1)
    assert moment_in(text, zone=UTC).instant == datetime(2024, 3, 1, tzinfo=UTC)
