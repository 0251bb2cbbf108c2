from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dateline.sample.dating import Calendar, Teller, age
from dateline.sample.errors import SampleError

TALKS = date(2026, 11, 18)
MOVES = date(2025, 5, 18)


def calendar(*now):
    return Calendar(datetime(*now, tzinfo=UTC), MOVES, TALKS)


@pytest.mark.parametrize(
    ("now", "weeks"),
    [
        ((2026, 11, 24, 12), 0),
        ((2026, 11, 25, 23), 0),
        ((2026, 11, 26, 0), 1),
        ((2026, 11, 18), -1),
    ],
)
def test_the_running_weeks_move_by_whole_weeks(now, weeks):
    assert calendar(*now).shift == timedelta(weeks=weeks)
    assert calendar(*now).day(TALKS) == TALKS + timedelta(weeks=weeks)
    assert calendar(*now).day(date(2019, 9, 28)) == date(2019, 9, 28)


@pytest.mark.parametrize(
    ("text", "minutes"), [("40m", 40), ("3h", 180), ("1d 4h 20m", 1700), ("2d", 2880)]
)
def test_an_age_is_days_hours_and_minutes(text, minutes):
    assert age(text, "x") == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "soon", "3 hours"])
def test_what_is_no_age_is_refused(text):
    with pytest.raises(SampleError):
        age(text, "x")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Tuesday Tuesday Monday November 26 December 3 13:40"),
        ("ru", "во вторник Во вторник в понедельник 26 ноября 3 декабря 13:40"),
        ("ar", "الثلاثاء الثلاثاء الاثنين 26 نوفمبر 3 ديسمبر 13:40"),
    ],
)
def test_days_are_told_in_the_language_of_the_edition(language, told):
    teller = Teller(calendar(2026, 11, 24, 12), date(2026, 11, 24), language, ZoneInfo("EET"), "x")
    assert teller.told("{day} {Day} {day-1} {2026-11-26} {date+9} {time-20}") == told


def test_an_unknown_token_is_named():
    teller = Teller(calendar(2026, 11, 24), TALKS, "en", ZoneInfo("UTC"), "en/x.toml")
    with pytest.raises(SampleError) as caught:
        teller.told("{week}")
    assert str(caught.value) == "en/x.toml: nothing is known of {week}"
