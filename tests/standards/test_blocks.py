"""Foreign HTML to blocks, and the dateline cut off the front of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.standards.errors import CopyError
from dateline.standards.lead import take_dateline
from dateline.standards.markup.blocks import blocks_from_html
from dateline.standards.markup.cut import without_first
from dateline.standards.markup.inline import inline


def shape(markup: str, **options) -> list[tuple[str, str]]:
    return [(block.kind, block.html or block.text) for block in blocks_from_html(markup, **options)]


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<p>One</p><p>Two</p>", [("paragraph", "One"), ("paragraph", "Two")]),
        ("One<br><br>Two<br/>more", [("paragraph", "One"), ("paragraph", "Two<br>more")]),
        (
            "<div>One<div>Two</div>Three</div>",
            [("paragraph", word) for word in ("One", "Two", "Three")],
        ),
        ("<h1>Head</h1><p>x</p>", [("subhead", "Head"), ("paragraph", "x")]),
        ("<p> \u00a0 </p><p></p>", []),
        ("<b><p>One</p><p>Two</p></b>", [("paragraph", "One"), ("paragraph", "Two")]),
        ("<ol><li>a<li><p>b</p></ol>", [("list", "a<br>b")]),
        ("<table><tr><td>alone</td></tr></table>", [("paragraph", "alone")]),
        ("<script>x</script><style>y</style><p>z</p>", [("paragraph", "z")]),
        ("<p>AT&amp;T &lt;b&gt;</p>", [("paragraph", "AT&amp;T &lt;b&gt;")]),
        ("<o:p>kept</o:p> <font>text</font>", [("paragraph", "kept text")]),
        ("<p><a href='javascript:x'>no</a> <a href='/rel'>rel</a></p>", [("paragraph", "no rel")]),
        (
            "<p><a href='mailto:a@b.example'>m</a></p>",
            [("paragraph", '<a href="mailto:a@b.example">m</a>')],
        ),
        ("<p class='signature'>dpa koe</p><p>x</p>", [("paragraph", "x")]),
        ("<pre>one\n two</pre>", [("paragraph", "one two")]),
        ("plain &amp; simple", [("paragraph", "plain &amp; simple")]),
    ],
)
def test_markup_gives_blocks(markup, blocks):
    assert shape(markup) == blocks


def test_relative_links_need_a_base():
    (block,) = blocks_from_html("<p><a href='/map'>map</a></p>", base="https://x.example/a/b")
    assert (block.html, block.links) == ('<a href="https://x.example/map">map</a>', 1)


def test_quote_with_its_speaker():
    for markup in (
        "<blockquote><p>Nobody left.</p><cite>Mira Zore</cite></blockquote>",
        "<blockquote><p>Nobody left.</p><footer>— Mira Zore</footer></blockquote>",
        "<blockquote><p>Nobody left.</p><p>— Mira Zore</p></blockquote>",
    ):
        (block,) = blocks_from_html(markup)
        assert (block.kind, block.text, block.attribution) == ("quote", "Nobody left.", "Mira Zore")


def test_figure_and_embed():
    picture, embed = blocks_from_html(
        "<figure><img src='https://x.example/a.jpg' width=600 height=400 alt='Room'>"
        "<figcaption>The <b>room</b></figcaption></figure><iframe src='//v.example/1'></iframe>"
    )
    assert picture.picture is not None
    assert picture.picture.caption == "The room"
    assert picture.picture.renditions[0].width == 600
    assert (embed.kind, embed.url) == ("embed", "https://v.example/1")


@pytest.mark.parametrize(
    "markup",
    [
        "<img src='x'>",
        "<img src='data:image/png;base64,x'>",
        "<img width=1 height=1 src='https://x.example/p.gif'>",
        "<iframe src='javascript:x'></iframe>",
    ],
)
def test_pictures_and_embeds_without_a_web_address(markup):
    assert blocks_from_html(markup) == ()


def test_nesting_beyond_measure_is_refused():
    with pytest.raises(CopyError) as caught:
        blocks_from_html("<div>" * 300 + "x", where="/body_html")
    assert (caught.value.code, caught.value.where) == ("too-deep", "/body_html")


@pytest.mark.parametrize(
    ("markup", "rest"),
    [
        ("BRDO (AP) - Text", "Text"),
        ("<b>BRDO</b> (AP) - Text", "Text"),
        ("<b>BRDO (AP) - Text</b> more", "<b>Text</b> more"),
        ("BRDO (AP) - <em>Text</em> &amp; more", "<em>Text</em> &amp; more"),
        ("BRDO (AT&amp;T) - Text", "Text"),
    ],
)
def test_dateline_is_cut_off_markup(markup, rest):
    led = take_dateline(blocks_from_html(f"<p>{markup}</p><p>End.</p>"), None)
    assert led.dateline is not None
    assert led.dateline.place == "BRDO"
    assert led.body[0].html == rest


@given(st.text(max_size=60), st.integers(0, 70))
@settings(max_examples=100)
def test_cutting_counts_characters(text, count):
    markup = inline(text.replace("<", "").replace("&", ""))
    plain = markup.replace("&gt;", ">")
    assert without_first(markup, count).replace("&gt;", ">") == plain[count:].lstrip()


@given(st.text(alphabet="<>/ab\"'= &;ip!-", max_size=80))
@settings(max_examples=150, deadline=None)
def test_sanitising_twice_changes_nothing(markup):
    assert inline(inline(markup)) == inline(markup)
