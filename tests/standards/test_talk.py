"""Discussions of other systems, and our open format out and in again."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dateline.standards.errors import CopyError
from dateline.standards.talk.facts import Said, Standing, Thread
from dateline.standards.talk.open_json import written
from dateline.standards.talk.plain import plain_of
from dateline.standards.talk.reading import read_talk

EXPORTS = Path(__file__).with_name("talk")
DISQUS = (EXPORTS / "disqus.xml").read_text()
WORDPRESS = (EXPORTS / "wordpress.xml").read_text()

STORY = {"id": "s1", "url": "https://old.example/a/", "metadata": {"title": "A"}}
USER = {"id": "u1", "username": "Dana"}
COMMENTS = [
    {
        "id": "c1",
        "storyID": "s1",
        "authorID": "u1",
        "status": "APPROVED",
        "createdAt": {"$date": "2021-01-02T03:04:05Z"},
        "tags": [{"type": "FEATURED"}],
        "revisions": [
            {"id": "r1", "body": "Old", "createdAt": "2021-01-02T03:04:05Z"},
            {"id": "r2", "body": "New <i>words</i>", "createdAt": "2021-01-02T03:06:00Z"},
        ],
    },
    {
        "id": "c2",
        "storyID": "s1",
        "authorID": "gone",
        "parentID": "c1",
        "status": "REJECTED",
        "createdAt": "2021-01-03T00:00:00Z",
        "revisions": [{"body": "Rude", "createdAt": "2021-01-03T00:00:00Z"}],
    },
]


@pytest.fixture
def kept(tmp_path):
    def keep(text):
        path = tmp_path / "export"
        path.write_text(text, encoding="utf-8")
        return path

    return keep


def test_disqus(kept):
    talk = read_talk(kept(DISQUS))
    assert (talk.system, talk.total) == ("disqus", 2)
    assert talk.threads["7"] == Thread(
        key="7", address="https://old.example/talks/", title="Talks & fail", is_closed=True
    )
    first, spam = talk.read()
    assert first == Said(
        key="71",
        thread="7",
        text="First word.\n\nSee this https://x.example/a",
        at=datetime(2019, 3, 1, 10, tzinfo=UTC),
        author="Anna V",
        author_key="annav",
    )
    assert (spam.answers, spam.standing) == ("71", Standing.REJECTED)
    assert list(talk.read()) == [first, spam]


def test_wordpress(kept):
    talk = read_talk(kept(WORDPRESS))
    assert (talk.system, talk.total, list(talk.threads)) == ("wordpress", 2, ["5"])
    first, second = talk.read()
    assert first.text == "One line.\nSecond & last."
    assert (first.author, first.author_key, first.standing) == ("Ben", "", Standing.SHOWN)
    assert (second.answers, second.author_key, second.standing) == ("51", "3", Standing.HELD)


@pytest.mark.parametrize("form", ["whole", "lines"])
def test_coral(kept, form):
    if form == "whole":
        text = json.dumps({"stories": [STORY], "users": [USER], "comments": COMMENTS}, indent=1)
    else:
        text = "\n".join(map(json.dumps, [STORY, USER, *COMMENTS]))
    talk = read_talk(kept(text))
    assert (talk.system, talk.total) == ("coral", 2)
    first, second = talk.read()
    assert (first.text, first.author, first.is_featured) == ("New words", "Dana", True)
    assert first.at == datetime(2021, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert first.edited_at == datetime(2021, 1, 2, 3, 6, tzinfo=UTC)
    assert (second.answers, second.author, second.standing) == ("c1", "", Standing.REJECTED)


def test_our_format_goes_out_and_comes_in_again(kept):
    thread = Thread(key="12", address="https://news.example/s/12", title="Talks «fail»")
    said = [
        Said(key="a", thread="12", text="Hi\n\n</script>", at=datetime(2026, 1, 1, tzinfo=UTC)),
        Said(
            key="b",
            thread="12",
            text="نعم",
            at=datetime(2026, 1, 2, tzinfo=UTC),
            author="Лина",
            author_key="lina",
            answers="a",
            standing=Standing.HELD,
            edited_at=datetime(2026, 1, 3, tzinfo=UTC),
            is_featured=True,
        ),
    ]
    text = "".join(written(thread, said, language="en"))
    assert json.loads(text)["chat"]["language"] == "en"
    assert len(text.splitlines()) == 4
    talk = read_talk(kept(text))
    assert (talk.threads["12"], list(talk.read())) == (thread, said)
    assert json.loads("".join(written(thread, [])))["messages"] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unknown"),
        ("hello", "unknown"),
        ('{"stories": []}', "empty"),
        ('{"format": "dateline-chat", "version": 99}', "too-new"),
        ('{"format": "dateline-chat"', "bad-json"),
        ("<disqus xmlns='http://disqus.com'></disqus>", "empty"),
        ("<disqus xmlns='http://disqus.com'><post>", "bad-xml"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><disqus><post/></disqus>", "dtd"),
        ("<rss><channel><item/></channel></rss>", "empty"),
        ("{" * 100_000, "bad-json"),
    ],
)
def test_what_cannot_be_read_says_why(kept, text, code):
    with pytest.raises(CopyError) as refused:
        list(read_talk(kept(text)).read())
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a &amp; b", "a & b"),
        ("<p>a</p><script>x()</script><p>b<br>c</p>", "a\n\nb\nc"),
        ("<a href='javascript:x()'>y</a>", "y"),
        ("<a href='https://a.example/long/way'>a.example/long/…</a>", "a.example/long/…"),
        ("\u202ea<b>b", "ab"),
        ("", ""),
    ],
)
def test_html_becomes_plain_text(html, text):
    assert plain_of(html) == text
