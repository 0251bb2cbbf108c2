import pytest

from dateline.sample.errors import SampleError
from dateline.sample.markup import (
    Drawing,
    Embed,
    FactBox,
    Gallery,
    Items,
    Paragraph,
    Quote,
    Subhead,
    Table,
    blocks_of,
    inline_html,
    plain_text,
)

BODY = """
First line
of a paragraph.

## A subhead

> Words said
over two lines.
-- Ada Venn, harbour master, Brannock

- one
- two

[fact] In figures
- 1.9 million
- 41,000
[/fact]

[table] Turnout
| Place | Per cent |
| Brenn | 81 |
[source] Returning office

[embed] https://example.org/v | A recording | Example

[picture] dam | 4 | A dam. | The dam at Zorva. | Somebody

[gallery] Two winters
| lake | 1 | A lake. | Frozen. | Somebody
| valley | 2 | A valley. | Thawed. | Nobody
"""


def test_every_kind_of_block_is_read_in_order():
    assert blocks_of(BODY, where="a story") == (
        Paragraph("First line of a paragraph."),
        Subhead("A subhead"),
        Quote("Words said over two lines.", "Ada Venn", "harbour master, Brannock"),
        Items(("one", "two")),
        FactBox("In figures", ("1.9 million", "41,000")),
        Table("Turnout", ("Place", "Per cent"), (("Brenn", "81"),), "Returning office"),
        Embed("https://example.org/v", "A recording", "Example"),
        Drawing("dam", 4, "A dam.", "The dam at Zorva.", "Somebody"),
        Gallery(
            "Two winters",
            (
                Drawing("lake", 1, "A lake.", "Frozen.", "Somebody"),
                Drawing("valley", 2, "A valley.", "Thawed.", "Nobody"),
            ),
        ),
    )


def test_the_speaker_ends_at_the_comma_of_either_script():
    [quote] = blocks_of("> كلام\n-- ستيبان فروك، معلم بناء", where="ar/x.toml")
    assert quote == Quote("كلام", "ستيبان فروك", "معلم بناء")


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("[picture] dam | x | A dam.", "a picture is scene | seed | alt | caption | credit"),
        ("> Words alone", "no speaker for the quote 'Words alone'"),
        ("[fact] Never closed\n- one", "a fact box needs a title, items and [/fact]"),
        ("[table] T\n| a | b |\n| c |", "a table needs a header and rows of the same length"),
    ],
)
def test_a_broken_block_is_named(body, what):
    with pytest.raises(SampleError) as caught:
        blocks_of(body, where="en/x.toml")
    assert str(caught.value) == f"en/x.toml: {what}"


def test_inline_marks_become_html_and_everything_else_is_text():
    text = "*slow* and **sure** & <b>not bold</b>"
    assert inline_html(text) == (
        "<em>slow</em> and <strong>sure</strong> &amp; &lt;b&gt;not bold&lt;/b&gt;"
    )
    assert plain_text(text) == "slow and sure & <b>not bold</b>"
