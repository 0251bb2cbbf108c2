"""Posts as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.live.blocks import PostBlock
from dateline.live.typed import to_parts, to_text, with_ids

CASES = [
    ("The doors are open.", "paragraph", "<p>The doors are open.</p>"),
    ("One line\nand another", "paragraph", "<p>One line<br>and another</p>"),
    (
        "**Bold** and *italic* of 5 * 3",
        "paragraph",
        "<p><b>Bold</b> and <i>italic</i> of 5 * 3</p>",
    ),
    (
        "See [the text](https://example.org/a) now",
        "paragraph",
        '<p>See <a href="https://example.org/a" rel="noopener">the text</a> now</p>',
    ),
    (
        "At https://example.org/b.",
        "paragraph",
        '<p>At <a href="https://example.org/b" rel="noopener">https://example.org/b</a>.</p>',
    ),
    ("a < b & <b>c</b>", "paragraph", "<p>a &lt; b &amp; &lt;b&gt;c&lt;/b&gt;</p>"),
    ("H<sub>2</sub>O", "paragraph", "<p>H<sub>2</sub>O</p>"),
    (r"\- no list \*at all\*", "paragraph", "<p>- no list *at all*</p>"),
    ("- one\n- two", "list", "<ul><li>one</li><li>two</li></ul>"),
    ("1. one\n2. two", "list", "<ol><li>one</li><li>two</li></ol>"),
    ("[picture 12 | The hall]", "picture", {"picture": 12, "caption": "The hall"}),
    ("[picture 12]", "picture", {"picture": 12, "caption": ""}),
    (
        "[embed https://example.org/v | The vote | Example]",
        "embed",
        {"url": "https://example.org/v", "title": "The vote", "provider": "Example"},
    ),
    (
        "> We are done.\n> All of us.\n-- Anna Vell, mediator",
        "quote",
        {
            "text": "<p>We are done.<br>All of us.</p>",
            "speaker": "Anna Vell",
            "role": "mediator",
            "is_pull": False,
        },
    ),
    (">> Done.", "quote", {"text": "<p>Done.</p>", "speaker": "", "role": "", "is_pull": True}),
]


def stored(text):
    block = PostBlock()
    parts = [{"type": one["type"], "value": one["value"]} for one in to_parts(text)]
    cleaned = []
    for part in parts:
        child = block.child_blocks[part["type"]]
        value = part["value"]
        if part["type"] in {"paragraph", "list"}:
            value = child.get_prep_value(value)
        elif part["type"] == "quote":
            value = {**value, "text": child.child_blocks["text"].get_prep_value(value["text"])}
        cleaned.append({"type": part["type"], "value": value})
    return cleaned


@pytest.mark.parametrize(("text", "kind", "value"), CASES)
def test_what_is_typed_is_a_part_and_comes_back(text, kind, value):
    parts = stored(text)
    assert parts == [{"type": kind, "value": value}]
    assert stored(to_text(parts)) == parts


def test_an_empty_line_ends_a_part():
    text = "One.\r\n\r\n> Two.\n-- Three\n\n \n- four\n\n\n"
    assert [part["type"] for part in to_parts(text)] == ["paragraph", "quote", "list"]
    assert to_text(to_parts(text)) == "One.\n\n> Two.\n-- Three\n\n- four"
    assert to_parts(" \n\n ") == []


@given(st.text(st.sampled_from("ab *\\[]()<>/-.1|&\n:htps,"), max_size=60))
def test_whatever_is_typed_means_the_same_when_it_comes_back(text):
    parts = stored(text)
    once = stored(to_text(parts))
    assert stored(to_text(once)) == once


@given(st.text(st.sampled_from("aбج *[]()<>/-|&>\n"), max_size=80))
def test_no_letter_is_lost(text):
    words = "".join(str(part["value"]) for part in stored(text))
    assert [words.count(c) >= text.count(c) for c in "aбج"] == [True] * 3


def test_parts_that_stood_there_keep_their_ids():
    known = [{"id": "a", "type": "paragraph", "value": "<p>One</p>"}]
    parts = [{"type": "paragraph", "value": "<p>New</p>"}, {**known[0], "id": "x"}]
    del parts[1]["id"]
    assert with_ids(parts, known) == [parts[0], known[0]]
