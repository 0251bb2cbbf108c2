"""What every room uses: errors, the clock, and HTML at the edge."""

from datetime import UTC, timedelta
from http import HTTPStatus

import pytest

from dateline.common import clock
from dateline.common.errors import DatelineError
from dateline.common.html import Markup, clean, for_readers, is_web_address

LINK = '<a href="https://x.example" rel="noopener">a</a>'


def every_error(above=DatelineError):
    for kind in above.__subclasses__():
        yield kind
        yield from every_error(kind)


def test_the_clock_is_aware_and_in_utc():
    now = clock.now()
    assert (now.tzinfo, now.utcoffset()) == (UTC, timedelta(0))


def test_an_error_says_what_it_was_given():
    class NoInk(DatelineError):
        code = "no-ink"
        sentence = "The {colour} ink is out."

    error = NoInk(colour="red")
    assert (str(error), error.data) == ("The red ink is out.", {"colour": "red"})


def test_every_error_has_a_code_of_its_own_and_a_status():
    ours = [kind for kind in every_error() if kind.__module__.startswith("dateline.")]
    stated = [kind.code for kind in ours if "code" in kind.__dict__]
    assert len(stated) == len(set(stated))
    assert all(isinstance(kind.status, HTTPStatus) for kind in ours)
    assert all(kind.sentence and kind.__doc__ for kind in ours)


@pytest.mark.parametrize(
    ("kind", "html", "cleaned"),
    [
        (Markup.INLINE, "a <b>b</b> &amp; c", "a <b>b</b> &amp; c"),
        (Markup.INLINE, "a < b", "a &lt; b"),
        (Markup.INLINE, "<p>a</p>", "a"),
        (Markup.BLOCK, "<p style='x'>a</p>", "<p>a</p>"),
        (Markup.BLOCK, "<h1>a</h1><h3>b</h3>", "a<h3>b</h3>"),
        (Markup.BLOCK, "<iframe src=x>a</iframe>", "a"),
        (Markup.BLOCK, '<img src=x onerror="x()">', ""),
        (Markup.BLOCK, '<a href="data:text/html,x">a</a>', '<a rel="noopener">a</a>'),
        (Markup.BLOCK, '<a href="//x.example">a</a>', '<a href="//x.example" rel="noopener">a</a>'),
        (Markup.BLOCK, "", ""),
    ],
)
def test_cleaning(kind, html, cleaned):
    assert clean(kind, html) == cleaned


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<a id="7" linktype="story">a</a> b', "a b"),
        ('<a id="7" href="https://x.example">a</a>', LINK),
        ('<a linktype="x" id="1" href="javascript:x()"><b>a</b></a>', "<b>a</b>"),
        ('<a href="https://x.example">a</a><a>b</a>', LINK + "b"),
        ("<a id=1><a id=2>a</a></a>", "a"),
    ],
)
def test_readers_get_no_marks_of_the_newsroom_and_no_link_to_nowhere(html, shown):
    assert for_readers(Markup.INLINE, html) == shown
    assert for_readers(Markup.INLINE, clean(Markup.INLINE, html)) == shown


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://x.example/a", True),
        ("HTTP://x.example", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("ftp://x.example/a", False),
        ("//x.example", False),
        ("https:", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_what_a_web_address_is(url, is_one):
    assert is_web_address(url) is is_one
