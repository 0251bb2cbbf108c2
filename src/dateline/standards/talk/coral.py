"""Coral exports: the stories, users and comments of its database, as JSON.

One file with all three (`{"stories": [...], "users": [...], "comments": [...]}`), or the lines of a
database export, a document a line, of all three after one another.
"""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from dateline.standards.errors import CopyError
from dateline.standards.talk.facts import Said, Standing, Talk, Thread
from dateline.standards.talk.plain import plain_of
from dateline.standards.text.clean import fold
from dateline.standards.times import moment_in

_STANDING = {
    "NONE": Standing.SHOWN,
    "APPROVED": Standing.SHOWN,
    "REJECTED": Standing.REJECTED,
    "PREMOD": Standing.HELD,
    "SYSTEM_WITHHELD": Standing.HELD,
}
_MOST_BYTES = 1 << 30
Row = dict[str, Any]


def read_coral(path: Path) -> Talk:
    """Look through a Coral export.

    Raises:
        CopyError: it is no JSON, too large, or holds no comment.
    """
    threads, users, total = {}, {}, 0
    for kind, row in _documents(path):
        if kind == "stories":
            thread = _thread(row)
            threads[thread.key] = thread
        elif kind == "users":
            users[str(row.get("id", ""))] = fold(str(row.get("username") or ""))
        else:
            total += 1
    if not total:
        raise CopyError("empty", "the export has no comment in it", cure="export it again")
    return Talk("coral", threads, total, partial(_comments, path, users))


def _comments(path: Path, users: dict[str, str]) -> Iterator[Said]:
    for kind, row in _documents(path):
        if kind == "comments":
            yield _said(row, users)


def _documents(path: Path) -> Iterator[tuple[str, Row]]:
    """Yield each document with what it is: stories, users or comments."""
    if path.stat().st_size > _MOST_BYTES:
        raise CopyError("too-large", "it holds more than 1 GB", cure="export it in parts")
    with path.open(encoding="utf-8-sig") as file:
        first = file.readline().strip()
        file.seek(0)
        if first.startswith("{") and first.endswith("}") and _json(first, 1).get("id"):
            yield from _lines(file)
            return
        whole = _json(file.read(), 1)
    for kind in ("stories", "users", "comments"):
        rows = whole.get(kind, [])
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict):
                yield kind, row


def _lines(file: Any) -> Iterator[tuple[str, Row]]:
    for number, line in enumerate(file, 1):
        if line.strip():
            row = _json(line, number)
            yield _kind_of(row), row


def _json(text: str, line: int) -> Row:
    try:
        made = json.loads(text)
    except (ValueError, RecursionError) as error:
        what = "it is no JSON"
        raise CopyError("bad-json", what, cure="export it again", where=f"line {line}") from error
    return made if isinstance(made, dict) else {}


def _kind_of(row: Row) -> str:
    if "storyID" in row or "revisions" in row:
        return "comments"
    return "stories" if "url" in row else "users"


def _thread(row: Row) -> Thread:
    about = row.get("metadata") if isinstance(row.get("metadata"), dict) else {}
    return Thread(
        key=str(row.get("id", "")),
        address=str(row.get("url") or "").strip(),
        title=fold(str((about or {}).get("title") or "")),
        is_closed=bool(row.get("closedAt")),
    )


def _said(row: Row, users: dict[str, str]) -> Said:
    revisions = [one for one in row.get("revisions") or [] if isinstance(one, dict)]
    last = revisions[-1] if revisions else {}
    author = str(row.get("authorID") or "")
    deleted = row.get("deletedAt")
    return Said(
        key=str(row.get("id", "")),
        thread=str(row.get("storyID") or ""),
        answers=str(row.get("parentID") or ""),
        text=plain_of(str(last.get("body") or row.get("body") or "")),
        at=moment_in(_time(row.get("createdAt"))).instant,
        author=users.get(author, ""),
        author_key=author,
        standing=Standing.DELETED
        if deleted
        else _STANDING.get(str(row.get("status", "NONE")), Standing.HELD),
        edited_at=moment_in(_time(last.get("createdAt"))).instant if len(revisions) > 1 else None,
        is_featured=any(
            isinstance(tag, dict) and tag.get("type") == "FEATURED" for tag in row.get("tags") or []
        ),
    )


def _time(value: object) -> str:
    """Return a time as text: ISO 8601, as it is or in the database export's own wrapping."""
    if isinstance(value, dict):
        value = value.get("$date")
    return str(value or "")
