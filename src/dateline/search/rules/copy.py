"""The texts of a story that are searched, and shown in extracts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"</?(?:p|li|br|ul|ol|h3|h4|blockquote)\b[^>]*>")
# What of a block that has several values is text, in the order it is read.
_TEXTS = ("title", "text", "speaker", "role", "caption", "header", "rows", "source")


def texts_of(body: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the running text of a stored body, block by block, without markup.

    A gallery's pictures carry captions of their own; addresses are no text.
    """
    for part in body:
        value = part.get("value")
        if isinstance(value, str):
            yield plain(value)
        elif isinstance(value, Mapping):
            yield from (plain(str(value[name])) for name in _TEXTS if value.get(name))
            for picture in value.get("pictures") or ():
                inner = picture.get("value", picture) if isinstance(picture, Mapping) else {}
                if inner.get("caption"):
                    yield plain(str(inner["caption"]))


def plain(html: str) -> str:
    """Return the words of a piece of HTML on one line."""
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    return " ".join(unescape(_TAG.sub("", _BREAK.sub(" ", html))).split())
