"""XML to a tree, hardened: no DTD, no entities, no network, no repair.

Source: libxml2 refuses more than 256 levels and text nodes above 10 MB without `huge_tree`.
"""

import re
from dataclasses import dataclass
from html.entities import html5
from typing import Any

from lxml import etree

from dateline.standards.errors import CopyError

_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_XML_OWN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})


@dataclass(frozen=True, slots=True)
class IllFormed:
    """Why and where XML is not well-formed. Units: `line` counts from 1."""

    line: int
    column: int
    message: str

    def refusal(self) -> CopyError:
        """Make the error that says so."""
        return CopyError(
            "bad-xml",
            f"the XML is broken: {self.message}",
            cure="ask the source to correct it",
            where=f"line {self.line} column {self.column}",
        )


def parse_xml(data: bytes) -> Any | IllFormed:
    """Parse bytes to an lxml element, or say where they are not well-formed.

    HTML's named entities, which feeds use without declaring them, are written as numbers first when
    the document does not parse with them.
    """
    first = _parse(data)
    if isinstance(first, IllFormed) and _NAMED.search(data):
        second = _parse(_NAMED.sub(_numbered, data))
        return first if isinstance(second, IllFormed) else second
    return first


def _parse(data: bytes) -> Any | IllFormed:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position if error.position else (1, 1)
        message = (error.msg or "it is not XML").rpartition(", line")[0] or error.msg or "not XML"
        return IllFormed(line, column, message[:1].lower() + message[1:200])
    except ValueError as error:
        return IllFormed(1, 1, str(error)[:200])


def _numbered(hit: re.Match[bytes]) -> bytes:
    if hit.group(1) in _XML_OWN:
        return hit.group(0)
    text = html5.get(hit.group(1).decode() + ";")
    return b"".join(b"&#%d;" % ord(char) for char in text) if text else hit.group(0)
