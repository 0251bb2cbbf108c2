"""Our own open format of a discussion, out and in; docs/contracts/chat-export.md is its paper."""

import json
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from dateline.standards.errors import CopyError
from dateline.standards.talk.facts import Said, Standing, Talk, Thread
from dateline.standards.text.clean import clean, fold
from dateline.standards.times import moment_in

FORMAT = "dateline-chat"
VERSION = 1


def written(thread: Thread, messages: Iterable[Said], **more: Any) -> Iterator[str]:
    """Yield the pieces of a JSON document with a discussion and its messages, one a line.

    Args:
        thread: What it is about.
        messages: What was said, in order.
        more: What else is told of the discussion, as JSON values.
    """
    about = {"key": thread.key, "address": thread.address, "title": thread.title, **more}
    head = {"format": FORMAT, "version": VERSION, "chat": about}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "messages": ['
    for number, message in enumerate(messages):
        yield (",\n" if number else "\n") + json.dumps(as_row(message), ensure_ascii=False)
    yield "\n]}\n"


def as_row(said: Said) -> dict[str, Any]:
    """Return a message as JSON values; what is empty is left out."""
    row = {
        "key": said.key,
        "answers": said.answers,
        "author": said.author,
        "author_key": said.author_key,
        "text": said.text,
        "posted": said.at.isoformat() if said.at else "",
        "edited": said.edited_at.isoformat() if said.edited_at else "",
        "standing": said.standing.value,
        "featured": said.is_featured,
        "guest": said.is_guest,
    }
    return {name: value for name, value in row.items() if value not in {"", False}}


def read_open(path: Path) -> Talk:
    """Look through a discussion in our open format.

    Raises:
        CopyError: it is no JSON, of another format, or of a newer version.
    """
    try:
        made = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise CopyError("bad-json", "it is no JSON", cure="export it again") from error
    if not isinstance(made, dict) or made.get("format") != FORMAT:
        raise CopyError("unknown", f"it is no {FORMAT} file", cure="say the system with --from")
    if not isinstance(made.get("version"), int) or made["version"] > VERSION:
        what = f"it is of version {made.get('version')}, newer than {VERSION}"
        raise CopyError("too-new", what, cure="use a newer Dateline")
    about = made.get("chat") if isinstance(made.get("chat"), dict) else {}
    thread = _thread(about or {})
    rows = [row for row in made.get("messages", []) if isinstance(row, dict)]
    return Talk("dateline", {thread.key: thread}, len(rows), partial(_messages, thread.key, rows))


def _messages(thread: str, rows: list[dict[str, Any]]) -> Iterator[Said]:
    for row in rows:
        yield _said(thread, row)


def _thread(about: dict[str, Any]) -> Thread:
    return Thread(
        key=str(about.get("key", "")),
        address=str(about.get("address", "")),
        title=fold(str(about.get("title", ""))),
        is_closed=bool(about.get("closed")),
    )


def _said(thread: str, row: dict[str, Any]) -> Said:
    standing = str(row.get("standing", Standing.SHOWN))
    return Said(
        key=str(row.get("key", "")),
        thread=thread,
        answers=str(row.get("answers", "")),
        author=fold(str(row.get("author", ""))),
        author_key=str(row.get("author_key", "")),
        text=clean(str(row.get("text", ""))).strip(),
        at=moment_in(str(row.get("posted", ""))).instant,
        edited_at=moment_in(str(row.get("edited", ""))).instant,
        standing=Standing(standing) if standing in set(Standing) else Standing.HELD,
        is_featured=row.get("featured") is True,
        is_guest=row.get("guest") is True,
    )
