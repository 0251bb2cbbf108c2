"""Plain copy: its parts in their many orders, hard-wrapped or a paragraph to a line."""

from datetime import date

import pytest

from dateline.standards.errors import CopyError
from dateline.standards.reading import read_document

LEAD = "BRDO, February 13, 2008 (Agency) - Ministers met."


def read(text: str, **options):
    return read_document(text.encode(), **options).items[0]


def texts(facts) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in facts.body]


def test_headline_and_paragraphs_alone():
    facts = read("Choir returns\n\nThe choir is back.\n\nIt sang on nine islands.")
    assert (facts.headline, facts.dateline, facts.teaser) == ("Choir returns", None, None)
    assert texts(facts) == [
        ("paragraph", "The choir is back."),
        ("paragraph", "It sang on nine islands."),
    ]


def test_one_paragraph_to_a_line_without_blank_lines():
    facts = read(f"Headline\n{LEAD}\nSecond paragraph of it.\nThird.")
    assert [text for _, text in texts(facts)] == [
        "Ministers met.",
        "Second paragraph of it.",
        "Third.",
    ]


def test_hard_wrapped_lines_are_joined():
    facts = read(
        "Headline that is short\n\n"
        "BRDO, February 13, 2008 (Agency) - Ministers of four neighbouring\n"
        "countries met on Wednesday, and they said that they would meet again\n"
        "on Thursday.\n"
        "A new paragraph starts here although no blank line stands before it,\n"
        "for the line above was short.\n"
    )
    assert [text for _, text in texts(facts)] == [
        "Ministers of four neighbouring countries met on Wednesday, and they said that they "
        "would meet again on Thursday.",
        "A new paragraph starts here although no blank line stands before it, for the line "
        "above was short.",
    ]


def test_hard_wrapped_words_with_hyphens():
    facts = read(
        "Headline\n\nThe minister spoke about the long-\nawaited treaty, and said that the well-"
        "\nknown map would be redrawn before the end of the year, at the\nlatest.\n"
    )
    assert "long-awaited treaty" in facts.body[0].text
    assert "well-known map" in facts.body[0].text


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Ana Kovač", ("Ana Kovač",)),
        ("By Ana Kovač and Ivo Hribar", ("Ana Kovač", "Ivo Hribar")),
        ("By Ana Kovač, Meridian News Agency", ("Ana Kovač",)),
        ("BY ANA KOVAČ", ("ANA KOVAČ",)),
        ("Von Ana Kovač und Ivo Hribar", ("Ana Kovač", "Ivo Hribar")),
        ("Par Anne Leroy", ("Anne Leroy",)),
        ("Por Ana Ruiz y Luis Gil", ("Ana Ruiz", "Luis Gil")),
        ("Автор: Анна Ковач", ("Анна Ковач",)),
        ("بقلم: سلمى حداد", ("سلمى حداد",)),
    ],
)
def test_bylines(byline, authors):
    facts = read(f"Headline\n\n{byline}\n\n{LEAD}\n\nMore.")
    assert (facts.byline, facts.authors) == (byline, authors)
    assert len(facts.body) == 2


@pytest.mark.parametrize(
    "sentence",
    ["By Friday nobody had come.", "By the lake, the ferry waited", "Von der Leyen trifft Novak."],
)
def test_sentences_that_are_no_byline(sentence):
    facts = read(f"Headline\n\n{sentence}\n\nThe story goes on here.")
    assert facts.byline is None
    assert facts.body[0].text == sentence


@pytest.mark.parametrize("mark", ["-30-", "ENDS", "(ENDS)", "###", "# # #", "--30--", "/ENDE/"])
def test_what_follows_an_end_mark_is_a_note(mark):
    facts = read(f"Headline\n\n{LEAD}\n\n{mark}\n\nNotes to the desk")
    assert [text for _, text in texts(facts)] == ["Ministers met."]
    assert [(note.text, note.public) for note in facts.notes] == [("Notes to the desk", False)]


@pytest.mark.parametrize("word", ["More", "Ende", "Fin", "The end of it"])
def test_a_subhead_is_no_end_mark(word):
    facts = read(f"Headline\n\n{LEAD}\n\n{word}\n\nThe talks go on on Thursday in the capital.")
    assert texts(facts)[1] == ("subhead", word)


@pytest.mark.parametrize(
    ("line", "slugline"),
    [
        ("brdo-talks", "brdo-talks"),
        ("slug: brdo-talks", "brdo-talks"),
        ("BC-BRDO-TALKS", "BC-BRDO-TALKS"),
    ],
)
def test_slug_lines(line, slugline):
    facts = read(f"{line}\nHeadline of it\n\n{LEAD}")
    assert (facts.slugline, facts.headline) == (slugline, "Headline of it")


def test_marks_for_the_desk_are_dropped():
    facts = read(f"Headline\n\n{LEAD}\n\n(more)\n\ntake 2\n\n***\n\nThe end of it.")
    assert [text for _, text in texts(facts)] == ["Ministers met.", "The end of it."]


def test_header_lines():
    facts = read(
        f"Slug: talks\nHeadline: Ministers meet\nSection: World\nKeywords: border, ferry\n\n{LEAD}"
    )
    assert (facts.headline, facts.section_name) == ("Ministers meet", "World")
    assert (facts.slugline, facts.keywords) == ("talks", ("border", "ferry"))


def test_date_line_gives_the_year():
    facts = read("Headline\n14 February 2008\n\nBRDO, February 13 (Agency) - Ministers met.")
    assert facts.dateline is not None
    assert facts.dateline.date == date(2008, 2, 13)
    assert facts.version_created_local == "2008-02-14"


def test_wrong_weekday_is_said():
    facts = read("Headline\n\nBRDO, Friday, February 13, 2008 (Agency) - Ministers met.")
    assert len(facts.warnings) == 1
    assert "weekday" in facts.warnings[0]


def test_missing_year_names_the_option():
    facts = read("Headline\n\nBRDO, February 13 (Agency) - Ministers met.")
    assert facts.dateline is not None
    assert (facts.dateline.year, facts.dateline.date) == (None, None)
    assert "--date" in facts.warnings[0]


def test_quotations_stay_paragraphs_and_pull_quotes_become_quotes():
    facts = read(
        f"Headline\n\n{LEAD}\n\n“We will see,” she said.\n\n“Nobody has left the room.”\n\n"
        "“A border is a line that people stop arguing about.” — Mira Zore, mayor\n\nThe end."
    )
    assert [kind for kind, _ in texts(facts)] == [
        "paragraph",
        "paragraph",
        "paragraph",
        "quote",
        "paragraph",
    ]
    assert facts.body[3].attribution == "Mira Zore, mayor"


def test_tags_in_copy_are_shown_as_they_stand():
    facts = read(f"Headline\n\n{LEAD}\n\nHe typed <b>bold & loud</b>.")
    assert facts.body[1].html == "He typed &lt;b&gt;bold &amp; loud&lt;/b&gt;."


def test_a_second_story_in_the_body_is_not_taken_for_the_dateline():
    prose = "A long paragraph that ends as sentences do, and that goes on for more than ninety "
    text = "\n\n".join(["Headline", *[prose + "characters."] * 4, LEAD])
    assert read(text).dateline is None


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("\n\nOnly a headline\n", "no-body", "line 3"),
        (f"\n{LEAD}\n\nMore.", "no-headline", "line 2"),
        ("word " * 80 + ".\n\nMore text.", "no-headline", "line 1"),
        ("Headline\n\nBRDO, February 13 (Agency) -", "no-body", "line 3"),
        ("Headline\n\n-30-\n", "no-body", "line 1"),
        ("Headline\n<p>One</p>\n<p>Two</p>", "html", "line 2"),
        ("<!DOCTYPE html><html><body>x</body></html>", "html", "line 1"),
        ("<p>One</p>", "html", "line 1"),
        ("<newsMessage/>", "unknown-xml", "line 1"),
        ("<?xml version='1.0'?>\n<!DOCTYPE rss [<!ENTITY a 'b'>]>\n<rss/>", "dtd", "line 3"),
    ],
)
def test_refusals_name_the_place(text, code, where):
    with pytest.raises(CopyError) as caught:
        read(text)
    assert (caught.value.code, caught.value.where) == (code, where)
