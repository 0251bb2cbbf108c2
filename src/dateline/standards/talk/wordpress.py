"""Comments in WordPress exports (WXR 1.0 to 1.2)."""

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

_CHANNEL = frozenset({"channel"})
_SPOKEN = {"", "comment"}
_STANDING = {"1": Standing.SHOWN, "approved": Standing.SHOWN, "0": Standing.HELD}


def read_wordpress(path: Path) -> Talk:
    """Look through the comments of a WordPress export; pings of other sites are left out.

    Raises:
        CopyError: it is broken, or holds no comment.
    """
    threads: dict[str, Thread] = {}
    total = 0
    for thread, comments in _items(path):
        if comments:
            threads[thread.key] = thread
            total += len(comments)
    if not total:
        raise CopyError("empty", "the export has no comment in it", cure="export all content")
    return Talk("wordpress", threads, total, partial(_comments, path))


def _comments(path: Path) -> Iterator[Said]:
    for thread, comments in _items(path):
        for comment in comments:
            yield _said(thread.key, comment)


def _items(path: Path) -> Iterator[tuple[Thread, list[dict[str, str]]]]:
    for element in children_of(path, parents=_CHANNEL):
        if local_name(element.tag) == "item":
            fields = _texts(element)
            comments = [_texts(child) for child in element if local_name(child.tag) == "comment"]
            spoken = [one for one in comments if one.get("comment_type", "") in _SPOKEN]
            yield _thread(fields), spoken


def _texts(element: Any) -> dict[str, str]:
    return {local_name(child.tag): child.text or "" for child in element}


def _thread(fields: dict[str, str]) -> Thread:
    return Thread(
        key=fields.get("post_id", "") or fields.get("guid", ""),
        address=fields.get("link", "").strip(),
        title=fold(fields.get("title", "")),
        is_closed=fields.get("comment_status") == "closed",
    )


def _said(thread: str, fields: dict[str, str]) -> Said:
    parent, user = fields.get("comment_parent", "0"), fields.get("comment_user_id", "0")
    return Said(
        key=fields.get("comment_id", ""),
        thread=thread,
        answers="" if parent.strip() in {"", "0"} else parent.strip(),
        text=plain_of(fields.get("comment_content", "")),
        at=moment_in(fields.get("comment_date_gmt", ""), zone=UTC).instant,
        author=fold(fields.get("comment_author", "")),
        author_key="" if user.strip() in {"", "0"} else user.strip(),
        standing=_STANDING.get(fields.get("comment_approved", "1"), Standing.REJECTED),
    )
