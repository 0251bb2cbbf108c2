"""The plain text of a message that was kept as HTML."""

import re
from html import unescape

from lxml import etree
from lxml import html as markup

from dateline.standards.text.clean import clean

MOST_LETTERS = 20_000
_BREAK = re.compile(r"(?i)<br\s*/?>|</(?:li|div)>")
_END = re.compile(r"(?i)</(?:p|blockquote|h\d)>")
_BLANK = re.compile(r"\n\s*\n\s*")


def plain_of(html: str) -> str:
    """Return the text of a message: links as their addresses, quotations with `>`, no tag left.

    Shape: paragraphs parted by an empty line; cut at `MOST_LETTERS`.
    """
    html = html[: 4 * MOST_LETTERS]
    if "<" not in html:
        return clean(unescape(html)).strip()[:MOST_LETTERS]
    broken = _BREAK.sub(lambda found: f"{found[0]}\n", html.replace("\r\n", "\n"))
    broken = _END.sub(lambda found: f"{found[0]}\n\n", broken)
    try:
        tree = markup.fragment_fromstring(f"<div>{broken}</div>")
    except (etree.ParserError, etree.XMLSyntaxError):
        return clean(re.sub(r"<[^>]*>", "", html)).strip()[:MOST_LETTERS]
    for dead in tree.xpath("//script|//style"):
        dead.drop_tree()
    for link in tree.xpath("//a[@href]"):
        _spell_out(link)
    text = clean(tree.text_content())
    lines = "\n".join(line.strip() for line in text.split("\n"))
    return _BLANK.sub("\n\n", lines).strip()[:MOST_LETTERS]


def _spell_out(link: etree._Element) -> None:
    """Write a link's address after its words, where the words are others."""
    href, words = link.get("href", ""), "".join(map(str, link.itertext())).strip()
    if href.startswith(("http://", "https://")) and words.rstrip("/….") not in href:
        link.tail = f" {href}{link.tail or ''}"
