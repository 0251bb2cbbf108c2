"""HTML at the edge: `clean()` before anything is stored, `for_readers()` on the way out."""

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import nh3
from django.utils.safestring import SafeString, mark_safe


class Markup(StrEnum):
    """What a piece of HTML may hold."""

    INLINE = "inline"
    BLOCK = "block"
    TALK = "talk"


_INLINE = {"a", "abbr", "b", "br", "cite", "em", "i", "q", "s", "strong", "sub", "sup"}
_BLOCK = _INLINE | {"p", "ul", "ol", "li", "blockquote", "h3", "h4"}
_TALK = {"a", "b", "blockquote", "br", "code", "em", "p", "strong"}
_TAGS = {Markup.INLINE: _INLINE, Markup.BLOCK: _BLOCK, Markup.TALK: _TALK}
_ATTRIBUTES = {"a": {"href", "linktype", "id"}, "abbr": {"title"}}
_ENDS_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_READERS_ATTRIBUTES = {**_ATTRIBUTES, "a": {"href"}}
_TALK_ATTRIBUTES = {"a": {"href"}, "b": {"data-reader"}}
_TALK_LINKS = "nofollow ugc noopener"
_SCHEMES = {"http", "https", "mailto", "tel"}
NOTHING = SafeString("")
_LEADS_NOWHERE = re.compile(r'<a rel="noopener">(.*?)</a>', re.DOTALL)


def clean(kind: Markup, html: str) -> str:
    """Return the HTML with everything taken out that `kind` does not allow; the text stays.

    Every HTML text passes here before it is stored. `linktype` and `id` on links are the newsroom's
    own way to point at a story and never reach a page.
    """
    return _cleaned(kind, html, _ATTRIBUTES)


def for_readers(kind: Markup, html: str) -> SafeString:
    """Return stored HTML for a template: cleaned again, links that lead nowhere left as text."""
    shown = _cleaned(kind, html, _READERS_ATTRIBUTES)
    return sanitised(_LEADS_NOWHERE.sub(r"\1", shown).strip())


def _cleaned(kind: Markup, html: str, attributes: dict[str, set[str]]) -> str:
    is_talk = kind is Markup.TALK
    return nh3.clean(
        html,
        tags=_TAGS[kind],
        attributes=_TALK_ATTRIBUTES if is_talk else attributes,
        url_schemes=_SCHEMES,
        link_rel=_TALK_LINKS if is_talk else "noopener",
        generic_attribute_prefixes=set(),
    )


def is_web_address(url: str) -> bool:
    """Say whether an address is one of the web, which a reader may be sent to."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def sanitised(html: str) -> SafeString:
    """Mark HTML that `clean()` returned as safe for a template."""
    return mark_safe(html)


def script_json(data: Mapping[str, Any]) -> SafeString:
    """Return data as the text of a script element, which nothing in it can end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ENDS_SCRIPT))
