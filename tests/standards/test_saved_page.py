"""A page saved as text: none of the site's chrome in the story, all of the story in it."""

import random
from datetime import date

import pytest

from dateline.standards.errors import CopyError
from dateline.standards.reading import read_document

HEADLINE = "Neighbours agree to keep talking about the border"
LEAD = "Ministers of four countries agreed on Wednesday to keep talking about the border."
QUOTE = "“We have not moved a stone, but nobody has left the room,” the host said."
LAST = "A declaration is expected on Sunday."
STORY = [f"BRDO, February 13 (Agency) - {LEAD}", QUOTE, LAST]

ABOVE = [
    "Home > World > Neighbours agree to keep talking about the border",
    "World",
    "What happens beyond our borders",
    "Subscribe",
    "Newsfeed (0)",
    "Chats",
    "Log in",
    "Register",
    "https://meridian.example/20080213/talks-12.html",
    "/html/head/meta[@name='og:title']/@content",
    "feedback@meridian.example",
    "+7 495 000-00-00",
    "en_EN",
    "1920",
    "Tuesday, 24 November 2026",
    "Search",
    "Menu",
    "Введите текст",
    "Your text here",
]
BELOW = [
    "Share",
    "Newsfeed",
    "0",
    "To participate in the discussion, log in or register",
    "To participate in the discussion",
    "log in or register",
    "loader",
    "Loading…",
    "Chats",
    "Comments (3)",
    "Заголовок открываемого материала",
    "Загрузка",
    "Введите сообщение",
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
    "Related news",
    "Choir returns from a tour of the islands",
    "Fish market to open an hour earlier",
    "The fish market at the harbour opens at five from Monday, its manager said.",
    "PARIS, February 12 (Agency) - Another story begins with a dateline of its own.",
    "We use cookies to improve this site.",
    "By continuing you agree to our terms, which you can read on a page of their own.",
    "© 2008 Meridian News Agency. All rights reserved.",
    "About us",
    "12+",
]


def read(lines: list[str], **options):
    reading = read_document("\n".join(lines).encode(), **options)
    return reading.format, reading.items[0]


def story_of(facts) -> list[str]:
    return [block.text for block in facts.body]


# A sentence of another story right under the last paragraph cannot be told from the story.
SENTENCES = [line for line in BELOW if line.startswith(("The fish", "By continuing"))]


@pytest.mark.parametrize("chrome", [line for line in ABOVE + BELOW if line not in SENTENCES])
def test_one_more_line_of_chrome_changes_nothing(chrome):
    before = [ABOVE[0], ABOVE[3], chrome] if chrome in ABOVE else [ABOVE[0], ABOVE[3]]
    after = [chrome] if chrome in BELOW else []
    format_, facts = read([*before, HEADLINE, *STORY, *after, *BELOW[:3]])
    assert format_ == "saved-page"
    assert facts.headline == HEADLINE
    assert story_of(facts) == [LEAD, QUOTE, LAST]


@pytest.mark.parametrize("seed", range(40))
def test_chrome_in_any_order(seed):
    chance = random.Random(seed)
    above = [ABOVE[0], *chance.sample(ABOVE[3:], chance.randint(2, 12))]
    end = ["To participate in the discussion, log in or register"]
    below = end + chance.sample(BELOW, chance.randint(3, len(BELOW)))
    blank = [""] * chance.randint(0, 1)
    lines = [*above, *blank, HEADLINE, *blank, *STORY, *blank, *below]
    _, facts = read(lines, document_date=date(2008, 2, 14))
    assert facts.headline == HEADLINE
    assert story_of(facts) == [LEAD, QUOTE, LAST]
    assert facts.section_name == "World"
    assert facts.dateline is not None
    assert (facts.dateline.place, facts.dateline.date) == ("BRDO", date(2008, 2, 13))


@pytest.mark.parametrize(
    "crumb",
    [
        f"Home > World > {HEADLINE}",
        f"Meridian › World › {HEADLINE}",
        f"Home » World » {HEADLINE}",
        f"Home / World / {HEADLINE}",
        f"Home | World | {HEADLINE}",
        f"meridian.example → World → {HEADLINE[:30]}",
        "Home > World",
        f"World > {HEADLINE}",
    ],
)
def test_breadcrumbs_name_the_section(crumb):
    _, facts = read(
        [crumb, "World", "What happens beyond our borders", "Subscribe", HEADLINE, *STORY]
    )
    assert (facts.section_name, facts.section_tagline) == (
        "World",
        "What happens beyond our borders",
    )
    assert facts.headline == HEADLINE


def test_section_and_tagline_without_a_breadcrumb():
    _, facts = read(["World", "What happens beyond our borders", HEADLINE, *STORY, *BELOW[:5]])
    assert (facts.section_name, facts.section_tagline, facts.headline) == (
        "World",
        "What happens beyond our borders",
        HEADLINE,
    )


def test_a_tagline_that_is_a_sentence():
    tagline = "News, live coverage, off-beat stories, features and analysis from around the world."
    _, facts = read(["Home > World", "World", tagline, "Subscribe", HEADLINE, *STORY, *BELOW[:5]])
    assert (facts.section_tagline, facts.headline) == (tagline, HEADLINE)
    assert story_of(facts) == [LEAD, QUOTE, LAST]


def test_a_repeated_standfirst_is_shown_once():
    _, facts = read([ABOVE[0], HEADLINE, LEAD, "Subscribe", *STORY, *BELOW[:5]])
    assert facts.teaser == LEAD
    assert facts.standfirst is None
    assert story_of(facts) == [LEAD, QUOTE, LAST]


def test_a_standfirst_of_its_own_is_kept():
    own = "Ministers leave the border talks without a signature, but with a date"
    _, facts = read([ABOVE[0], HEADLINE, own, "Subscribe", *STORY, *BELOW[:5]])
    assert (facts.teaser, facts.standfirst) == (own, own)


def test_a_truncated_description_with_the_dateline_is_no_paragraph():
    cut = "BRDO, February 13 (Agency) - Ministers of four countries agreed on Wednesday to keep..."
    _, facts = read([HEADLINE, cut, "en_EN", HEADLINE, "Subscribe", *STORY, *BELOW[:5]])
    assert story_of(facts) == [LEAD, QUOTE, LAST]
    assert facts.standfirst is None


def test_subheads_and_lists_of_the_story_stay():
    more = ["What comes next", "The draft has two parts:", "• a ferry", "• a school", LAST]
    _, facts = read([ABOVE[0], "Subscribe", HEADLINE, *STORY[:2], *more, *BELOW[:5]])
    assert [block.kind for block in facts.body] == [
        "paragraph",
        "paragraph",
        "subhead",
        "paragraph",
        "list",
        "paragraph",
    ]


def test_chrome_between_paragraphs_is_passed_over():
    _, facts = read(
        [
            ABOVE[0],
            HEADLINE,
            STORY[0],
            "Advertisement",
            "Loading…",
            QUOTE,
            "Share",
            LAST,
            *BELOW[1:5],
        ]
    )
    assert story_of(facts) == [LEAD, QUOTE, LAST]


@pytest.mark.parametrize(
    ("stamp", "local", "instant"),
    [
        ("17:31 GMT 13.02.2008 (Updated: 20:11 GMT 19.10.2022)", None, "2008-02-13T17:31:00+00:00"),
        ("2008-02-13T17:31+0000", None, "2008-02-13T17:31:00+00:00"),
        ("17:31 | 13/ 02/ 2008", "2008-02-13T17:31", None),
        ("Published: February 13, 2008 5:31 p.m.", "2008-02-13T17:31", None),
        ("13 February 2008", "2008-02-13", None),
        ("Опубликовано 13 февраля 2008 в 17:31", "2008-02-13T17:31", None),
        ("Publié le 13 février 2008 à 17h31", "2008-02-13T17:31", None),
        ("13.02.2008, 17:31 Uhr", "2008-02-13T17:31", None),
    ],
)
def test_publication_times(stamp, local, instant):
    _, facts = read([ABOVE[0], "Subscribe", HEADLINE, stamp, *STORY, *BELOW[:5]])
    assert facts.version_created_local == local
    assert (facts.version_created.isoformat() if facts.version_created else None) == instant
    assert facts.dateline is not None
    assert facts.dateline.date == date(2008, 2, 13)


def test_the_day_of_saving_is_not_the_day_of_the_story():
    today = ["Tuesday, 24 November 2026", ABOVE[0], "Subscribe"]
    _, facts = read([*today, HEADLINE, "13 February 2008", *STORY, *BELOW[:5]])
    assert facts.dateline is not None
    assert facts.dateline.date == date(2008, 2, 13)


def test_the_address_gives_the_day():
    address = "https://meridian.example/20080213/talks-12.html"
    _, facts = read([address, ABOVE[0], "Subscribe", HEADLINE, *STORY, *BELOW[:5]])
    assert facts.guid == facts.link == address
    assert facts.dateline is not None
    assert facts.dateline.date == date(2008, 2, 13)


def test_a_hard_wrapped_page():
    wrapped = [
        "BRDO, February 13 (Agency) - Ministers of four countries agreed on",
        "Wednesday to keep talking about the border.",
        "",
        "“We have not moved a stone, but nobody has left the room,” the host",
        "said.",
        "",
        LAST,
    ]
    _, facts = read([ABOVE[0], "Subscribe", "", HEADLINE, "", *wrapped, "", *BELOW[:6]])
    assert story_of(facts) == [LEAD, QUOTE, LAST]


def test_plain_copy_with_one_ordinary_word_is_no_page():
    format_, facts = read([HEADLINE, *STORY[:2], "Background", LAST * 3])
    assert format_ == "copy"
    assert len(facts.body) == 4


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["Subscribe", "Newsfeed (0)", "Chats", "Loading…"], "no-body"),
        (["Home > World", "World", "Politics", "Sport", "© 2008 Meridian"], "no-body"),
        (["Subscribe", "Share", *STORY], "no-headline"),
    ],
)
def test_pages_without_a_story(lines, code):
    with pytest.raises(CopyError) as caught:
        read(lines)
    assert caught.value.code == code
