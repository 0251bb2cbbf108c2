"""Rules of stories: values in, answer out."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.stories.rules import (
    SHORT_HEADLINE_LENGTH,
    SLUG_LENGTH,
    address_slug,
    number_in_path,
    reading_minutes,
    repeats,
    short_headline,
    story_path,
)

EARLIEST = datetime.fromisoformat("1900-01-01")


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Talks fail in Brenn", "talks-fail-in-brenn"),
        ("  “Never again”, says O'Neil — at 5:30 ", "never-again-says-oneil-at-5-30"),
        ("Präsident öffnet Straße", "prasident-offnet-strasse"),
        ("L’été à Évian", "lete-a-evian"),
        ("Переговоры в Бренне сорваны", "peregovory-v-brenne-sorvany"),
        ("محادثات", "mhdtht"),
        ("東京で会談", "dongjingdehuitan"),
        ("Διαπραγματεύσεις", "diapragmateyseis"),
        ("!!! ???", "story"),
        ("", "story"),
    ],
)
def test_an_address_is_made_of_the_headlines_words(headline, slug):
    assert address_slug(headline) == slug


def test_a_long_headline_is_cut_at_a_word():
    slug = address_slug("word " * 40)
    assert slug == "-".join(["word"] * 14)
    assert address_slug("x" * 200) == "x" * SLUG_LENGTH


@given(
    st.text(max_size=120), st.integers(1, 10**17), st.datetimes(EARLIEST, timezones=st.just(UTC))
)
def test_every_address_names_its_story(headline, number, at):
    path = story_path(published_at=at, slug=address_slug(headline), number=number)
    assert path.isascii()
    assert len(path) <= 9 + SLUG_LENGTH + 25
    assert number_in_path(path) == number


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("20081113/talks-fail-12.html", 12),
        ("20081113/12.html", 12),
        ("20081113/-12.html", 12),
        ("20081113/2008-2009-7.html", 7),
        ("20081113/talks.html", None),
        ("2008111/talks-12.html", None),
        ("20081113/a/b-12.html", None),
        ("20081113/talks-12.html/", None),
        ("20081113/talks-12.htm", None),
        ("ru/20081113/talks-12.html", None),
        ("20081113/x-" + "9" * 18 + ".html", int("9" * 18)),
        ("20081113/x-" + "9" * 40 + ".html", int("9" * 18)),
        ("20081113/talks-12.html\n", None),
        ("", None),
    ],
)
def test_only_a_storys_address_names_a_number(path, number):
    assert number_in_path(path) == number


@pytest.mark.parametrize(
    ("given_text", "headline", "short"),
    [
        ("", "Talks fail", "Talks fail"),
        ("Short", "Talks fail", "Short"),
        ("", "a" * 60, "a" * 60),
        ("", "a" * 61, "a" * 59 + "…"),
        ("", "Ministers agree on everything, – but the date of the next round", None),
    ],
)
def test_the_short_headline_is_given_or_cut(given_text, headline, short):
    made = short_headline(given_text, headline)
    assert made == (short or "Ministers agree on everything, – but the date of the next…")


@given(st.text(max_size=255))
def test_a_short_headline_is_short(headline):
    assert len(short_headline("", headline)) <= SHORT_HEADLINE_LENGTH


@pytest.mark.parametrize(
    ("standfirst", "paragraph", "does"),
    [
        ("The talks ended.", "The talks ended.", True),
        ("The talks ended", "The  talks — ended. Then more came.", True),
        ("THE TALKS", "The talks ended.", True),
        ("“Straße” ends", "Strasse ends here", True),
        ("The talks ended.", "Yesterday the talks ended.", False),
        ("", "Anything", False),
        ("…", "Anything", False),
        ("Text", "", False),
    ],
)
def test_a_paragraph_repeats_the_standfirst(standfirst, paragraph, does):
    assert repeats(standfirst, paragraph) is does


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (220, 1), (331, 2), (2200, 10)])
def test_reading_takes_at_least_a_minute(words, minutes):
    assert reading_minutes(words) == minutes
