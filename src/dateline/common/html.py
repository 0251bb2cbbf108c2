"""HTML at the edge: `clean()` before anything is stored, `sanitised()` on the way out."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe


class Markup(StrEnum):
    """What a piece of HTML may hold."""

    INLINE = "inline"
    BLOCK = "block"


_INLINE = {"a", "abbr", "b", "br", "cite", "em", "i", "q", "s", "strong", "sub", "sup"}
_BLOCK = _INLINE | {"p", "ul", "ol", "li", "blockquote", "h3", "h4"}
_TAGS = {Markup.INLINE: _INLINE, Markup.BLOCK: _BLOCK}
_ATTRIBUTES = {"a": {"href", "linktype", "id"}, "abbr": {"title"}}
_ENDS_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_SCHEMES = {"http", "https", "mailto", "tel"}


def clean(kind: Markup, html: str) -> str:
    """Return the HTML with everything taken out that `kind` does not allow; the text stays.

    Every HTML text passes here before it is stored. `linktype` and `id` on links are the newsroom's
    own way to point at a story and never reach a page.
    """
    return nh3.clean(
        html,
        tags=_TAGS[kind],
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener",
        generic_attribute_prefixes=set(),
    )


def sanitised(html: str) -> SafeString:
    """Mark HTML that `clean()` returned as safe for a template."""
    return mark_safe(html)


def script_json(data: Mapping[str, Any]) -> SafeString:
    """Return data as the text of a script element, which nothing in it can end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ENDS_SCRIPT))
