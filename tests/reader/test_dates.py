"""Days in the languages of the editions."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from dateline.reader.dates import day_of_month, day_with_weekday, short_weekday

DAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("language", "whole", "of_month"),
    [
        ("en", "Thursday, Nov. 5, 2026", "November 5"),
        ("ru", "Четверг, 5 ноября 2026 г.", "5 ноября"),
        ("ar", "الخميس، 5 نوفمبر 2026", "5 نوفمبر"),
        ("fr", "jeudi, 5 novembre 2026", "5 novembre"),
    ],
)
def test_a_day_is_written_as_its_language_writes_it(language, whole, of_month):
    with override(language):
        assert (day_with_weekday(DAY), day_of_month(DAY)) == (whole, of_month)


WEEKS = [("en", "MonTueWedThuFriSatSun"), ("ar", "نثرخجسح")]


@pytest.mark.parametrize(("language", "names"), WEEKS)
def test_the_columns_of_a_calendar_have_short_names(language, names):
    with override(language):
        week = [date(2024, 1, 1) + timedelta(days=n) for n in range(7)]
        assert "".join(short_weekday(day) for day in week) == names
