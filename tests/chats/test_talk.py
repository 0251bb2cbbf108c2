"""The markup of messages: little, and nothing that runs."""

import pytest

from dateline.chats.talk import html_of, links_in, mentions_in

LINK = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("One line.", "<p>One line.</p>"),
        ("Two\nlines", "<p>Two<br>\nlines</p>"),
        ("Two\n\nparagraphs", "<p>Two</p>\n<p>paragraphs</p>"),
        ("*so* **so** `so`", "<p><em>so</em> <strong>so</strong> <code>so</code></p>"),
        ("> quoted\n\nanswer", "<blockquote>\n<p>quoted</p>\n</blockquote>\n<p>answer</p>"),
        ("# no heading\n- no list", "<p># no heading<br>\n- no list</p>"),
        ("![no](picture.png) [no](https://hidden.example)", None),
        ("<b>no</b>", "<p>&lt;b&gt;no&lt;/b&gt;</p>"),
    ],
)
def test_what_is_typed_is_shown(typed, html):
    made = html_of(typed)
    assert made == html if html else ("<img" not in made and "](" in made)


def test_an_address_is_a_link_as_it_stands():
    made = html_of("See https://example.org/a_b_c?x=1&y=2, it says.")
    shown = "https://example.org/a_b_c?x=1&amp;y=2"
    assert made == f'<p>See <a href="{shown}" {LINK}>{shown}</a>, it says.</p>'
    assert links_in("https://one.example and http://two.example.") == [
        "https://one.example",
        "http://two.example",
    ]


def test_somebody_is_mentioned_by_a_slug_in_any_script():
    assert mentions_in("@ada-lind and @агния, not mail@ada.example or `@nobody`.") == [
        "ada-lind",
        "агния",
    ]
    assert html_of("So @ada-lind.") == '<p>So <b data-reader="ada-lind">@ada-lind</b>.</p>'


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "javascript:alert(1)",
        'https://x.example/"onmouseover=alert(1)',
        "<img src=x onerror=alert(1)>",
        "`<svg onload=alert(1)>`",
        '@ada"onclick=alert(1)',
        "https://x.example/<svg/onload=alert(1)>",
    ],
)
def test_nothing_that_runs_comes_through(typed):
    made = html_of(typed)
    for armed in ("<script", "<img", "<svg", 'href="javascript', 'onclick="', 'onmouseover="'):
        assert armed not in made.lower()
