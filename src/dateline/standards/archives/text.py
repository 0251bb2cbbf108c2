"""Small pieces of text as archives hold them."""

from html import unescape
from urllib.parse import urljoin, urlsplit

from dateline.standards.markup.blocks import blocks_from_html, text_of
from dateline.standards.markup.inline import is_web_address
from dateline.standards.text.clean import clean, fold

MOST_MARKUP = 2_000_000
"""Characters of the longest text that is taken for a story."""


def one_line(markup: str) -> str:
    """Return the words of a piece of HTML on one line."""
    if "<" in markup:
        return text_of(blocks_from_html(markup[:20_000]))
    return fold(unescape(markup))


def absolute(base: str, address: str) -> str:
    """Resolve an address; one that is empty or no web address is empty."""
    address = clean(address).strip()
    if not address:
        return ""
    if address.startswith("//"):
        address = f"https:{address}"
    try:
        made = urljoin(base, address) if base else address
    except ValueError:
        return ""
    made = made.replace(" ", "%20")
    return made if is_web_address(made) else ""


def host_of(address: str) -> str:
    """Return the host of an address without `www.`, in lower case; empty when there is none."""
    try:
        return (urlsplit(address).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""
