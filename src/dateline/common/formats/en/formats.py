"""Dates in English: hours of a day of twenty-four, as on a wire."""

DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "N j, Y, H:i"
SHORT_DATE_FORMAT = "N j, Y"
TIME_FORMAT = "H:i"
