"""Under which letter of an index a name stands."""

import pytest

from dateline.topics.rules import initial_of


@pytest.mark.parametrize(
    ("name", "initial"),
    [
        ("anna", "A"),
        ("élan", "É"),
        ("“Quoted”", "Q"),
        ("42 days", "#"),
        ("ёлка", "Е"),
        ("أوستريل", "ا"),
        ("البحر", "ا"),
        ("straße", "S"),
        ("ßeta", "S"),
        ("—", "#"),
        ("", "#"),
    ],
)
def test_a_name_stands_under_its_first_letter(name, initial):
    assert initial_of(name) == initial
