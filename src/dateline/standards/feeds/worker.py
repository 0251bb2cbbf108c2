"""The child process that reads ill-formed feeds: `python -m dateline.standards.feeds.worker`.

Bytes of a feed on standard input, JSON on standard output. It limits its own memory and processor
time before it looks at the bytes. Source: feedparser took 20 s and 149 MB on one hostile tag.
"""

import io
import json
import resource
import sys
from importlib import import_module
from typing import Any

from dateline.standards.feeds.entry import Entry, Media, Text, entry_to_json

MAX_SECONDS = 5
MAX_MEMORY = 400_000_000
_MAX_OUTPUT = 20_000_000


def main() -> int:
    """Read a feed from standard input and write its entries; exit 3 when it is none."""
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MAX_OUTPUT, _MAX_OUTPUT))
    entries = read_loosely(sys.stdin.buffer.read())
    if entries is None:
        return 3
    sys.stdout.write(json.dumps([entry_to_json(entry) for entry in entries]))
    return 0


def read_loosely(data: bytes) -> list[Entry] | None:
    """Read a feed of any quality with feedparser; None when it finds no feed at all."""
    feedparser: Any = import_module("feedparser")  # here, for only the child pays for it

    parsed = feedparser.parse(io.BytesIO(data))
    if not parsed.entries and not parsed.get("version"):
        return None
    language = str(parsed.feed.get("language", ""))
    return [_entry(one, language) for one in parsed.entries]


def _entry(one: Any, language: str) -> Entry:
    contents = [part for part in one.get("content", []) if part.get("value")]
    content = _text(contents[0]) if contents else Text()
    summary = _text(one.get("summary_detail") or {})
    people = [person.get("name", "") for person in one.get("authors", [])]
    return Entry(
        guid=str(one.get("id", "")),
        link=str(one.get("link", "")),
        title=_text(one.get("title_detail") or {}),
        content=content,
        summary=Text() if content.value == summary.value else summary,
        published=str(one.get("published", "")),
        updated=str(dict.get(one, "updated", "")),
        authors=tuple(filter(None, people)),
        categories=tuple(
            str(tag.get("term") or tag.get("label") or "") for tag in one.get("tags", [])
        ),
        language=str((one.get("title_detail") or {}).get("language") or language or ""),
        rights=str(one.get("rights", "")),
        source=str(one.get("source", {}).get("title", "")),
        media=_media(one),
    )


def _text(detail: Any) -> Text:
    html = "html" in str(detail.get("type", "")).lower()
    base = str(detail.get("base", "") or "")
    return Text(value=str(detail.get("value") or ""), kind="html" if html else "unsure", base=base)


def _media(one: Any) -> tuple[Media, ...]:
    found = [*one.get("enclosures", []), *one.get("media_content", [])]
    return tuple(
        Media(
            href=str(part.get("href") or part.get("url") or ""),
            mime=str(part.get("type", "")).lower(),
            medium=str(part.get("medium", "")).lower(),
            width=str(part.get("width", "")),
            height=str(part.get("height", "")),
        )
        for part in found
    )


if __name__ == "__main__":
    sys.exit(main())
