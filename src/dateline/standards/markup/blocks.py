"""Foreign HTML to blocks.

libxml2 reads the markup, linear in time and at most 256 elements deep (an HTML5 parser rebuilds
open formatting in each paragraph: 54 KB made 1.2 GB of it). One walk without recursion fills the
blocks, and each block's HTML passes `inline` on its way out. What is not understood keeps its text.
"""

from lxml import etree

from dateline.standards.errors import CopyError
from dateline.standards.facts import Block
from dateline.standards.markup.inline import is_web_address
from dateline.standards.markup.walk import Walk
from dateline.standards.text.clean import clean, fold, is_blank

_EVENTS = ("start", "end", "comment", "pi")


def blocks_from_html(markup: str, *, base: str = "", where: str = "the body") -> tuple[Block, ...]:
    """Turn foreign HTML into blocks, in document order.

    Args:
        markup: HTML of any quality.
        base: Absolute address that relative links and pictures are resolved against.
        where: How an error names the place, such as `/body_html`.

    Raises:
        CopyError: `too-deep` when elements nest deeper than 250.
    """
    markup = clean(markup)
    if is_blank(markup):
        return ()
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(f"<html><body>{markup}</body></html>".encode(), parser)
    except etree.XMLSyntaxError:
        return ()
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        what = "the elements of the HTML nest too deep to be a story"
        raise CopyError("too-deep", what, cure="send simpler markup", where=where)
    walk = Walk(base if is_web_address(base) else "")
    for event, element in etree.iterwalk(root, events=_EVENTS):
        if event == "start":
            walk.start(element)
        elif event == "end":
            walk.end(element)
        else:
            walk.say(element.tail)
    walk.flush()
    return tuple(walk.blocks)


def blocks_from_text(text: str) -> tuple[Block, ...]:
    """Make one paragraph of each line of plain text that has something on it."""
    lines = (fold(line) for line in clean(text).split("\n"))
    return tuple(
        Block(kind="paragraph", text=line, html=line.translate(_ESCAPES))
        for line in lines
        if not is_blank(line)
    )


def text_of(blocks: tuple[Block, ...]) -> str:
    """Join the text of blocks to one line."""
    return " ".join(block.text for block in blocks if block.text)


_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
