"""Letters as they are meant, and words found behind every trick that hides them."""

import pytest

from dateline.moderation.letters import fingerprint, plain, words_meant
from dateline.moderation.words import list_of, read_list, word_list

LIST = read_list(
    "[suspect]\nmoron*, shut up, ass\n[banned]\nnincompoop\n[fine]\nmoronia, shut up shop"
)


def found(text, listed=LIST):
    folded = plain(text)
    return [hit.written for hit in listed.hits_in(list(words_meant(folded)), folded)]


@pytest.mark.parametrize(
    "written",
    [
        "moron",
        "MORONS",
        "moronic",
        "M0r0n",
        "m o r o n",
        "m.o.r.o.n",
        "m-o-r-o-n!",
        "mo.ron",
        "m*ron",
        "m#r*n",
        "mooooron",
        "mоrоn",  # two Cyrillic letters
        "мorоn",
        "mórön",
        "m\u200bo\u200bron",
        "ｍｏｒｏｎ",
        "𝐦𝐨𝐫𝐨𝐧",
        "you,moron,there",
        "_moron_",
    ],
)
def test_a_word_is_found_behind_a_trick(written):
    assert set(found(f"What a {written} here")) == {"moron*"}


@pytest.mark.parametrize(
    "text",
    [
        "The oxymoron stands",
        "Moronia is a country",
        "more on that",
        "class, mass and assent",
        "I, a, b and c are letters",
        "They shut up shop on Friday",
        "2 4 6 8 and 10 per cent",
        "",
        "***",
        "a*b = c",
    ],
)
def test_what_only_looks_like_it_is_not_found(text):
    assert found(text) == []


def test_phrases_and_banned_words():
    assert found("Oh, SHUT  up, nincompoop") == ["shut up", "nincompoop"]


@pytest.mark.parametrize(
    ("code", "text", "written"),
    [
        ("ru", "Какие же вы идиоты", "идиот*"),
        ("ru", "и д и о т", "идиот*"),
        ("ru", "ид1от", "идиот*"),
        ("ru", "идиoт", "идиот*"),  # a Latin o
        ("ru", "ИДИОООТАМИ", "идиот*"),
        ("ar", "يا غبيّ", "غبي*"),
        ("ar", "والأحمق هنا", "أحمق"),
        ("ar", "غـــبي", "غبي*"),
        ("ar", "هؤلاء الحمقى", "حمقى"),
        ("en", "you 1d10t", "idiot*"),
    ],
)
def test_the_lists_of_the_room_know_forms(code, text, written):
    assert written in found(text, word_list(code))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ru", "Болванка, лохматый пёс, дурман и уродливый дом"),
        ("ru", "Центробанк поднял ставки, спорт подождёт"),
        ("ar", "الكلب في الحديقة والحمار في الحقل"),
        ("en", "An idiom, a prickly pear and fire retardants"),
        ("fr", "Un imbécile heureux"),
    ],
)
def test_the_lists_of_the_room_leave_alone_what_is_meant_otherwise(code, text):
    assert found(text, word_list(code)) == []


def test_a_newsrooms_own_words():
    own = list_of([("Sproink*", "banned"), ("plain jane", "spam")])
    assert found("sproinking, you plain Jane", own) == ["plain jane", "Sproink*"]


def test_a_fingerprint_is_of_what_is_said():
    said = ("Well said!", "WELL  SAID", "well, said...", "weeell said")
    same = {fingerprint(text) for text in said}
    assert len(same) == 1
    assert fingerprint("Well said") != fingerprint("Wel said")
    assert fingerprint("?!") == ""
    assert fingerprint("Жили-были") == fingerprint("жили были")


def test_a_long_or_odd_text_is_read_in_time():
    for text in ("a." * 20_000, "a*" * 20_000, "!" * 40_000, "х\u0301" * 20_000, "1" * 40_000):
        assert found(text) == []
