"""Disqus exports (XML, disqus.xsd): threads and posts."""

from collections.abc import Iterator
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import Any

from dateline.standards.archives.xml_stream import children_of, local_name
from dateline.standards.errors import CopyError
from dateline.standards.talk.facts import Said, Standing, Talk, Thread
from dateline.standards.talk.plain import plain_of
from dateline.standards.text.clean import fold
from dateline.standards.times import moment_in

_ROOT = frozenset({"disqus"})
_ID = "{http://disqus.com/disqus-internals}id"


def read_disqus(path: Path) -> Talk:
    """Look through a Disqus export.

    Raises:
        CopyError: it is broken, or holds no message.
    """
    threads: dict[str, Thread] = {}
    total = 0
    for element in children_of(path, parents=_ROOT):
        name = local_name(element.tag)
        if name == "thread":
            made = _thread(element)
            threads[made.key] = made
        elif name == "post":
            total += 1
    if not total:
        raise CopyError("empty", "the export has no message in it", cure="export it again")
    return Talk("disqus", threads, total, partial(_posts, path))


def _posts(path: Path) -> Iterator[Said]:
    for element in children_of(path, parents=_ROOT):
        if local_name(element.tag) == "post":
            yield _post(element)


def _children(element: Any) -> dict[str, Any]:
    return {local_name(child.tag): child for child in element}


def _text(children: dict[str, Any], name: str) -> str:
    found = children.get(name)
    return (found.text or "") if found is not None else ""


def _thread(element: Any) -> Thread:
    children = _children(element)
    return Thread(
        key=element.get(_ID) or "",
        address=_text(children, "link").strip(),
        title=fold(_text(children, "title")),
        is_closed=_text(children, "isClosed") == "true",
    )


def _post(element: Any) -> Said:
    children = _children(element)
    author = _children(children["author"]) if "author" in children else {}
    parent, thread = children.get("parent"), children.get("thread")
    return Said(
        key=element.get(_ID) or "",
        thread=thread.get(_ID) or "" if thread is not None else "",
        answers=parent.get(_ID) or "" if parent is not None else "",
        text=plain_of(_text(children, "message")),
        at=moment_in(_text(children, "createdAt"), zone=UTC).instant,
        author=fold(_text(author, "name")),
        author_key=_text(author, "username").strip(),
        standing=_standing(children),
    )


def _standing(children: dict[str, Any]) -> Standing:
    if _text(children, "isSpam") == "true":
        return Standing.REJECTED
    return Standing.DELETED if _text(children, "isDeleted") == "true" else Standing.SHOWN
