"""What is a name, and when two of them look the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.readers import errors
from dateline.readers.rules import check_name, name_key, plain_name, refusal_of

GOOD = [
    "Ada Venn",
    "ilse_m",
    "J. O'Neill",
    "Jean-Luc",
    "Ёлка 2",
    "Марина Ж.",
    "Ólafur",
    "ليلى حسن",
    "Σοφία",
    "李小龍",
    "Zoë",
    "Editha",
    "Stafford",
]
HOUSE = ["Meridian", "Meridian News Agency", "Ilse Marek", "Ana"]


@pytest.mark.parametrize("name", GOOD)
def test_ordinary_names_pass(name):
    assert refusal_of(plain_name(name), reserved=HOUSE) is None


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", errors.NameTooShort),
        ("a", errors.NameTooShort),
        ("...", errors.NameTooShort),
        ("x" * 41, errors.NameTooLong),
        ("Ada\u202eVenn", errors.NameUnreadable),
        ("Ada\u200bVenn", errors.NameUnreadable),
        ("Ada\u2066x\u2069", errors.NameUnreadable),
        ("A\u0301\u0302\u0303\u0304da", errors.NameUnreadable),
        ("Ada\u0007x", errors.NameUnreadable),
        ("Ada <b>", errors.NameUnreadable),
        ("Ada 🦉", errors.NameUnreadable),
        ("Аda Venn", errors.NameMixed),
        ("Νικ0laos", errors.NameMixed),
        ("www.example", errors.NameIsAddress),
        ("ada.com", errors.NameIsAddress),
        ("Moderator", errors.NameReserved),
        ("M0derat0r", errors.NameReserved),
        ("mod erator", errors.NameReserved),
        ("The Editor", errors.NameReserved),
        ("Редакция", errors.NameReserved),
        ("Meridian Desk", errors.NameReserved),
        ("MERlDlAN", errors.NameReserved),
        ("Меrіdіаn", errors.NameMixed),
        ("Real Meridian", errors.NameReserved),
        ("llse Marek", errors.NameReserved),
        ("Ana", errors.NameReserved),
    ],
)
def test_what_is_no_name_says_why(name, error):
    refused = refusal_of(plain_name(name), reserved=HOUSE)
    assert type(refused) is error, refused
    assert str(refused)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Venn", "ADA VENN"),
        ("Ada Venn", "Ada-Venn"),
        ("Paul", "Раul"),
        ("Alina", "AIina"),
        ("Oscar", "0scar"),
        ("Jose", "José"),
        ("Marn", "Mam"),
        ("Борис", "Бoриc"),
        ("أحمد", "احمد"),
    ],
)
def test_names_that_look_alike_are_one_name(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Ada", "Eda"), ("Анна", "Инна"), ("ليلى", "سلمى")])
def test_other_names_are_other_names(one, other):
    assert name_key(one) != name_key(other)


@given(st.text(max_size=60))
def test_any_text_is_a_name_or_refused_and_a_name_stays_as_it_is(typed):
    name = plain_name(typed)
    assert plain_name(name) == name
    if refusal_of(name) is None:
        check_name(name)
        assert name_key(name)
        assert not set(name) & set(
            "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200f"
        )
