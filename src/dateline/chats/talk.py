"""The little markup of messages: `*emphasis*`, `**strong**`, `code`, quotations, links, mentions.

Nothing is fetched for a link and nothing hides behind one: an address is shown as it is, and only
addresses of the web become links.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from dateline.chats.rules import MOST_MENTIONS
from dateline.common.html import Markup, clean, is_web_address

_RULES = ["emphasis", "backticks", "newline", "escape", "blockquote"]
_FOUND = re.compile(r"(?P<url>https?://[^\s<>\"']{3,500})|(?<![\w@/])@(?P<slug>\w[\w-]{0,58}\w)")
_ENDS = ".,;:!?)]}»”’…"


def html_of(text: str) -> str:
    """Return a message's words as clean html, ready to be stored."""
    return clean(Markup.TALK, _parser().render(text)).strip()


def mentions_in(text: str) -> list[str]:
    """Return the readers' slugs that a text mentions, in order, each once."""
    if "@" not in text:
        return []
    found = (token.meta["slug"] for token in _inlines(text) if token.type == "mention")
    return list(dict.fromkeys(found))[:MOST_MENTIONS]


def unnamed(text: str, slug: str, instead: str) -> str:
    """Return a text with other words wherever it mentions a reader, in capitals or not."""

    def plain(found: re.Match[str]) -> str:
        return instead if (found["slug"] or "").casefold() == slug.casefold() else found[0]

    return _FOUND.sub(plain, text)


def links_in(text: str) -> list[str]:
    """Return the addresses of the web in a text."""
    opened = (token for token in _inlines(text) if token.type == "link_open")
    return [str(token.attrs["href"]) for token in opened]


def _inlines(text: str) -> Iterator[Token]:
    for token in _parser().parse(text):
        yield from token.children or ()


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"breaks": True, "html": False, "maxNesting": 20})
    parser.enable(_RULES)
    parser.core.ruler.push("addresses", _find_addresses)
    parser.add_render_rule("mention", _mention)
    return parser


def _find_addresses(state: StateCore) -> None:
    for token in state.tokens:
        if token.children:
            token.children = [made for one in token.children for made in _split(one)]


def _split(token: Token) -> Iterator[Token]:
    """Yield a text with its addresses and mentions as tokens of their own."""
    if token.type != "text":
        yield token
        return
    at = 0
    for found in _FOUND.finditer(token.content):
        url, slug = found["url"], found["slug"]
        end = found.end()
        if url is not None:
            url = url.rstrip(_ENDS)
            end = found.start() + len(url)
            if not is_web_address(url):
                continue
        yield _text(token.content[at : found.start()])
        yield from _link(url) if url is not None else [_named(slug)]
        at = end
    yield _text(token.content[at:])


def _text(words: str) -> Token:
    token = Token("text", "", 0)
    token.content = words
    return token


def _link(url: str) -> list[Token]:
    opening = Token("link_open", "a", 1, attrs={"href": url})
    return [opening, _text(url), Token("link_close", "a", -1)]


def _named(slug: str) -> Token:
    return Token("mention", "b", 0, content=f"@{slug}", meta={"slug": slug})


def _mention(
    _renderer: object, tokens: Sequence[Token], at: int, _options: object, _env: object
) -> str:
    slug = tokens[at].meta["slug"]  # letters, digits and hyphens alone
    return f'<b data-reader="{slug}">@{slug}</b>'
