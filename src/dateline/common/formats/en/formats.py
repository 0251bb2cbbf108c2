"""Dates in English: hours of a day of twenty-four, as on a wire."""

DATETIME_FORMAT = "N j, Y, H:i"
TIME_FORMAT = "H:i"
