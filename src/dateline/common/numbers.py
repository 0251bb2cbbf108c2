"""Whole numbers as strangers write them."""

_LONGEST = 18
"""Digits that every database and browser of ours can hold."""


def whole_number(text: str) -> int | None:
    """Return the number a text of digits is, or None for any other text, and for a longer one."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _LONGEST
    return int(text) if is_number else None
