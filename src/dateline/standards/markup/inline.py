"""Inline HTML of a block: the allow-list, and the one place it is enforced."""

import re
from html import escape, unescape

import nh3

from dateline.standards.text.words import words

INLINE_TAGS = words("a abbr b br cite em i q strong sub sup")
SCHEMES = frozenset({"http", "https", "mailto"})
_ATTRIBUTES = {"a": {"href"}, "abbr": {"title"}}
_EMPTY = re.compile(r"<(abbr|b|cite|em|i|q|strong|sub|sup)>\s*</\1>|<a(?:\s[^<>]*)?>\s*</a>")
_ABSOLUTE = re.compile(r"(?:https?://[^\s/]|mailto:[^\s])", re.IGNORECASE)
_LONGEST = 100_000
_TAG = re.compile(r"<[^<>]*>|<")
_PLAIN_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)


def _address_filter(tag: str, attribute: str, value: str) -> str | None:
    """Keep an address only when it is absolute: a relative one leads nowhere on our pages."""
    return value if attribute != "href" or _ABSOLUTE.match(value) else None


_cleaner = nh3.Cleaner(
    attribute_filter=_address_filter,
    tags=set(INLINE_TAGS),
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    url_schemes=set(SCHEMES),
    link_rel=None,
    strip_comments=True,
)


def inline(markup: str) -> str:
    """Sanitise inline HTML.

    Only the tags of `INLINE_TAGS` remain; a link keeps an http, https or mailto address and
    nothing else; empty elements and links that lost their address are unwrapped. Markup beyond
    100 kB in one block loses its tags, for the sanitiser's time grows with the square of it.
    """
    if "<" in markup and len(markup) > _LONGEST:
        markup = _TAG.sub("", markup)
    if "<" not in markup:
        return escape(unescape(markup), quote=False)
    cleaned = _cleaner.clean(markup)
    return _PLAIN_LINK.sub(r"\1", _EMPTY.sub("", _EMPTY.sub("", cleaned)))


def is_web_address(address: str) -> bool:
    """Say whether an address is http or https and free of white space and controls."""
    return bool(re.match(r"^https?://[^\s\x00-\x20\x7f-\x9f<>\"'`\\]+$", address, re.IGNORECASE))
