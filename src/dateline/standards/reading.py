"""Read a document of any known format to plain facts: the one door of this room."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import Any

from dateline.standards.copy.plain import read_copy
from dateline.standards.copy.saved_page import page_in, read_page
from dateline.standards.errors import CopyError
from dateline.standards.facts import Facts, Reading
from dateline.standards.feeds.json_feed import is_json_feed
from dateline.standards.feeds.read import read_json_feed, read_xml_feed
from dateline.standards.json_text import parse_json
from dateline.standards.ninjs.read import read_ninjs
from dateline.standards.sniff import feed_root, markup_in, refuse_tags, xml_text
from dateline.standards.text.clean import clean
from dateline.standards.text.decode import Decoded, check_size, decode

MAX_LINES = 10_000
_JSON_START = re.compile(r"[{\[]\s*[\"{\[\]}\d-]|[{\[]\s*(?:true|false|null|NaN|$)")
_KNOWN = "plain-text copy, a page saved as text, ninjs, RSS, Atom and JSON Feed are"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the caller knows of the document besides its bytes."""

    name: str
    document_date: date | None
    zone: tzinfo | None


def read_document(
    data: bytes,
    *,
    name: str = "",
    document_date: date | None = None,
    zone: tzinfo | None = None,
) -> Reading:
    """Read one document of any known format.

    Args:
        data: The bytes of the file.
        name: Its name, for warnings alone; the format is told from the bytes.
        document_date: The day the document is from, for a dateline without a year.
        zone: The zone of the source, for times written without one.

    Raises:
        CopyError: The document cannot be read; nothing of it may be stored.
    """
    check_size(data)
    asked = _Asked(name, document_date, zone)
    looked = xml_text(data)
    markup = markup_in(looked) if looked else None
    if markup:
        format_, items = read_xml_feed(data, root=feed_root(markup), zone=zone)
    else:
        format_, items = _read_text(decode(data), asked)
    return Reading(format=format_, items=tuple(items), digest=hashlib.sha256(data).hexdigest())


def _read_text(decoded: Decoded, asked: _Asked) -> tuple[str, list[Facts]]:
    start = decoded.text[:2000].lstrip("\ufeff \t\r\n")
    if start[:1] in ("{", "[") and _JSON_START.match(start):
        return _read_json(parse_json(decoded.text.lstrip("\ufeff")), asked)
    text = clean(decoded.text)
    _check_lines(text)
    refuse_tags(text)
    format_, facts = _read_copy(text, asked)
    if decoded.guessed:
        warning = f"the file does not say its encoding; it was read as {decoded.encoding}"
        facts = replace(facts, warnings=(*facts.warnings, warning))
    return format_, [facts]


def _check_lines(text: str) -> None:
    lines = text.count("\n")
    if lines > MAX_LINES:
        what = f"the file has {lines} lines, more than any story ({MAX_LINES} at most)"
        raise CopyError("too-large", what, cure="send one story a file")


def _read_copy(text: str, asked: _Asked) -> tuple[str, Facts]:
    page = page_in(text)
    if page:
        return "saved-page", read_page(page, document_date=asked.document_date)
    return "copy", read_copy(text, document_date=asked.document_date)


def _read_json(value: Any, asked: _Asked) -> tuple[str, list[Facts]]:
    if is_json_feed(value):
        return "json-feed", read_json_feed(value, zone=asked.zone)
    if _is_ninjs(value):
        return "ninjs", [read_ninjs(value, zone=asked.zone)]
    if isinstance(value, list) and value and all(map(_is_ninjs, value)):
        return "ninjs", [
            read_ninjs(one, zone=asked.zone, path=f"/{at}") for at, one in enumerate(value)
        ]
    raise CopyError(
        "unknown-json",
        "this JSON is neither ninjs nor JSON Feed",
        cure=f"check the source: {_KNOWN} read",
    )


def _is_ninjs(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("uri"), str)
