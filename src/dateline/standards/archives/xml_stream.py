"""The children of an XML document's channel one by one: hardened, and never the whole tree.

Source: libxml2 refuses more than 256 levels and text nodes above 10 MB without `huge_tree`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from dateline.standards.archives.opening import BoundedFile, head_of
from dateline.standards.errors import CopyError

_MOST_ELEMENTS = 500_000
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


def children_of(path: Path, *, parents: frozenset[str]) -> Iterator[Any]:
    """Yield each element whose parent has one of the local names; it is emptied afterwards.

    Raises:
        CopyError: `dtd`, `bad-xml` or `too-large`, with the line.
    """
    file = BoundedFile(path, drop_controls=not head_of(path).startswith(_WIDE))
    try:
        yield from _children(file, parents)
    except etree.XMLSyntaxError as error:
        line, column = error.position if error.position else (1, 1)
        message = (error.msg or "it is not XML").rpartition(", line")[0] or error.msg or "not XML"
        raise CopyError(
            "bad-xml",
            f"the XML is broken: {message[:1].lower()}{message[1:200]}",
            cure="make the export again, or have the broken line mended",
            where=f"{path.name} line {line} column {column}",
        ) from error
    finally:
        file.close()


def _children(file: BoundedFile, parents: frozenset[str]) -> Iterator[Any]:
    events = etree.iterparse(
        file,
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    since = 0
    for _, element in events:
        since += 1
        parent = element.getparent()
        if since == 1:
            _refuse_doctype(element, file.name)
        if since > _MOST_ELEMENTS:
            what = f"one item holds more than {_MOST_ELEMENTS} elements"
            raise CopyError("too-large", what, cure="look at it first", where=file.name)
        if parent is None or local_name(parent.tag) not in parents:
            continue
        yield element
        since = 1
        element.clear(keep_tail=False)
        while element.getprevious() is not None:
            del parent[0]


def _refuse_doctype(element: Any, name: str) -> None:
    if element.getroottree().docinfo.doctype:
        what = "the XML has a document type (DTD), which can hide entities and other files"
        raise CopyError("dtd", what, cure="take <!DOCTYPE …> out", where=name)


def local_name(tag: Any) -> str:
    """Return an element's name without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
