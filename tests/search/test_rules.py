"""Words, questions, places, ranks, spelling and extracts: values in, answer out."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.search.rules.asking import LONGEST_TEXT, MOST_TERMS, take_apart
from dateline.search.rules.copy import plain, texts_of
from dateline.search.rules.extract import extract, marked
from dateline.search.rules.places import moment_of, place_of, span_of
from dateline.search.rules.rank import Part, relevance, score
from dateline.search.rules.spell import best_guess, distance, one_off
from dateline.search.rules.words import LONGEST, fold, stems_of, words_of

LANGUAGES = ["en", "ru", "ar", "fr", "tr", "de-AT", "xx", ""]
ALIKE = {
    "en": ["talk talks talking TALKED", "minister ministers ministers' minister's", "café cafe"],
    "ru": ["переговоры переговоров переговорах", "чёрный черный чёрного", "Сёла села"],
    "ar": [
        "المفاوضات مفاوضات مفاوضة والمفاوضات",
        "الحكومة حكومة حكومات",
        "أحمد احمد",
        "مُحَمَّد محمد",
        "إلى الى",
        "القرار قرارات قرار",
    ],
    "fr": ["l'accord d’accord accord"],
}


def stems(text, language):
    return {stem for _, stem in stems_of(text, language)}


@pytest.mark.parametrize(
    ("language", "words"), [(code, row) for code, rows in ALIKE.items() for row in rows]
)
def test_words_that_readers_take_for_the_same_have_one_stem(language, words):
    assert len(stems(words, language) - stems("l d", language)) == 1


def test_words_that_differ_keep_apart():
    assert stems("край кран", "ru") == {"кра", "кран"}
    assert stems("harbour harvest", "en") == {"harbour", "harvest"}


def test_digits_and_signs():
    assert [fold(word) for word in ("٢٠٢٦", "२०", "ﬁne", "İstanbul", "STRASSE")] == [
        "2026",
        "20",
        "fine",
        "istanbul",
        "strasse",
    ]
    assert [stem for _, stem in stems_of("東京 kabuki", "ja")] == ["東", "京", "kabuki"]


@given(st.text(), st.sampled_from(LANGUAGES))
def test_a_word_is_letters_only_and_stands_where_it_says(text, language):
    for word in words_of(text, language):
        assert 0 <= word.start < word.end <= len(text)
        assert 0 < len(word.stem) <= LONGEST
        assert not set(word.stem) & set("\"'*:(){}[]^-+_ \0\\&|!<>")


@given(st.text(max_size=400), st.sampled_from(LANGUAGES), st.booleans())
def test_any_question_is_read(text, language, is_typing):
    asked = take_apart(text, language, is_typing=is_typing)
    assert len(asked.must) <= MOST_TERMS
    assert len(asked.without) <= MOST_TERMS
    assert all(term.stems for term in (*asked.must, *asked.without))


def read(text, **more):
    asked = take_apart(text, "en", **more)
    return (
        [(term.stems, term.start) for term in asked.must],
        [term.stems for term in asked.without],
        asked.is_cut,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ([], [], False)),
        ('  - " * ( ', ([], [], False)),
        ("talks fail", ([(("talk",), ""), (("fail",), "")], [], False)),
        ('"talks fail" brenn', ([(("talk", "fail"), ""), (("brenn",), "")], [], False)),
        ("“talks fail", ([(("talk", "fail"), "")], [], False)),
        ("talks -brenn", ([(("talk",), "")], [("brenn",)], False)),
        ('talks -"city of brenn"', ([(("talk",), "")], [("citi", "of", "brenn")], False)),
        ("-brenn", ([], [("brenn",)], False)),
        ("e-mail", ([(("e", "mail"), "")], [], False)),
        ("harb*", ([(("harb",), "harb")], [], False)),
        ("talk AND NOT NEAR(x)", None),
        ("talks talks", ([(("talk",), "")], [], False)),
    ],
)
def test_questions(text, expected):
    if expected is None:
        expected = ([((w,), "") for w in ("talk", "and", "not")], [], False)
        expected[0].append((("near", "x"), ""))
    assert read(text) == expected


def test_the_last_word_is_begun_while_typing():
    assert read("talks bren", is_typing=True)[0] == [(("talk",), ""), (("bren",), "bren")]
    assert read("talks bren ", is_typing=True)[0] == [(("talk",), ""), (("bren",), "")]


def test_a_question_that_is_too_long_is_cut():
    assert read("a" * 10_000)[2] is True
    assert read("x" * LONGEST_TEXT)[2] is False
    assert read(" ".join(f"w{n}" for n in range(MOST_TERMS + 1)))[2] is True


@given(st.datetimes(timezones=st.just(UTC)), st.integers(1, 1000))
def test_a_place_grows_with_age_and_leads_back(at, edition):
    at = at.replace(microsecond=0)
    assert moment_of(place_of(edition, at)) == at
    if at > datetime.min.replace(tzinfo=UTC):
        assert place_of(edition, at - timedelta(seconds=1)) == place_of(edition, at) + 1
    first, last = span_of(edition)
    assert first <= place_of(edition, at) <= last < span_of(edition + 1)[0]


def test_a_span_is_from_a_moment_up_to_before_another():
    at, second = datetime(2026, 1, 1, tzinfo=UTC), timedelta(seconds=1)
    first, last = span_of(3, since=at, until=at + 2 * second)
    inside = [first <= place_of(3, at + n * second) <= last for n in (-1, 0, 1, 2)]
    assert inside == [False, True, True, False]


def test_headline_before_sign_before_standfirst_before_body_before_names():
    worth = [relevance([{part}]) for part in Part]
    assert worth == sorted(worth, reverse=True)
    assert len(set(worth)) == len(worth)
    assert relevance([{Part.BODY}, {Part.HEADLINE}]) < relevance([{Part.HEADLINE}] * 2)
    assert relevance([{Part.BODY}] * 2) < relevance([{Part.BODY}] * 2, is_together=True)


def test_newer_before_older_and_a_headline_before_a_somewhat_newer_body():
    assert score(2, 1) > score(2, 2) > score(2, 4000)
    assert score(8, 100) > score(2, 1)
    assert score(8, 4000) < score(2, 1)


def test_spelling():
    assert {"talk", "tlak", "tak", "tlask"} - one_off("tlak") == {"tlak"}
    assert distance("kosovo", "kosvoo", 2) == 1
    assert distance("abc", "xyz", 2) == 3
    assert best_guess("habour", {"harbour": 3, "labour": 900, "arbour": 1}) == "harbour"
    assert best_guess("переговры", {"переговоры": 5, "приговоры": 9}) == "переговоры"
    assert best_guess("zzz", {"harbour": 3}) is None


def test_an_extract_shows_the_words_escaped_and_marked():
    long = "Nothing here. " * 30 + "The <b>talks</b> of Brenn & others failed." + " More." * 60
    found = extract(["No word.", long], {"talk", "brenn"}, "en")
    assert "&lt;b&gt;<mark>talks</mark>&lt;/b&gt; of <mark>Brenn</mark> &amp; others" in found
    assert (found[:2], found[-2:]) == ("… ", " …")
    assert extract(["Nothing"], {"talk"}, "en") == ""
    assert marked("Talks <1>", {"talk"}, "en") == "<mark>Talks</mark> &lt;1&gt;"


@given(st.lists(st.text(max_size=80), max_size=4), st.sampled_from(LANGUAGES))
def test_an_extract_never_holds_markup_but_marks(texts, language):
    wanted = {stem for text in texts for _, stem in list(stems_of(text, language))[:2]}
    bare = extract(texts, wanted, language).replace("<mark>", "").replace("</mark>", "")
    assert not set(bare) & {"<", ">"}


def test_the_texts_of_a_body():
    body = [
        {"type": "paragraph", "value": "<p>One <b>t</b>wo &amp; three</p><p>four</p>"},
        {"type": "quote", "value": {"text": "<p>Said</p>", "speaker": "Ann", "role": ""}},
        {"type": "embed", "value": {"url": "https://example.org/x", "title": "Film"}},
        {
            "type": "gallery",
            "value": {"pictures": [{"value": {"picture": 1, "caption": "A lake"}}]},
        },
    ]
    assert list(texts_of(body)) == ["One two & three four", "Said", "Ann", "Film", "A lake"]
    assert plain("a  b") == "a b"
