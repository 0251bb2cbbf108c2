"""Reading a list of subscribers line by line: nothing is held but the line at hand."""

import codecs
import csv
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import IO

from dateline.standards.errors import CopyError
from dateline.standards.subscribers.facts import Listed, ListedAs, Unreadable
from dateline.standards.subscribers.layouts import OURS, Layout, layout_named, layout_of
from dateline.standards.subscribers.writing import unguarded
from dateline.standards.text.clean import fold
from dateline.standards.times import moment_in

_HEAD = 65_536
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_DAY = re.compile(r"\d{4}-?\d\d-?\d\d", re.ASCII)
_MOST_LOCAL, _MOST_DOMAIN = 64, 253
_MOST_TEXT, _MOST_ADDRESS = 500, 45
_MOST_CHOICES = 100
_STANDS_IN_NAME = (
    ("unsubscribed_", ListedAs.LEFT),
    ("cleaned_", ListedAs.BOUNCED),
    ("nonsubscribed_", ListedAs.UNCONFIRMED),
)
_EACH = re.compile(r'"([^"]*)"|([^,;]+)')


def read_subscribers(path: Path, *, system: str = "") -> Iterator[Listed | Unreadable]:
    """Yield each line of a list; without a system it is told by the file's head.

    Raises:
        CopyError: `empty`, `packed`, `encoding`, `bad-csv`, or `unknown`: no column of addresses.
    """
    encoding, mark = _look_at(path)
    try:
        with path.open(encoding=encoding, newline="") as file:
            yield from _rows(file, mark, path.name.lower(), system)
    except UnicodeError as error:
        what = "its letters are not UTF-8"
        raise CopyError("encoding", what, cure="save it as CSV UTF-8", where=path.name) from error
    except csv.Error as error:
        what = f"it is no table ({error})"
        raise CopyError("bad-csv", what, cure="export it again", where=path.name) from error


def _look_at(path: Path) -> tuple[str, str]:
    """Return the encoding of a file, and what parts its columns."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK\x03\x04"):
        what = "it is a zip archive"
        raise CopyError("packed", what, cure="unpack it and give each file", where=path.name)
    if not head.strip():
        raise CopyError("empty", "it is empty", cure="export it again", where=path.name)
    is_wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if is_wide else "utf-8-sig"
    first = head.decode(encoding, "replace").lstrip().splitlines()[0]
    return encoding, max(",;\t", key=first.count)


def _rows(file: IO[str], mark: str, name: str, system: str) -> Iterator[Listed | Unreadable]:
    rows = csv.reader(file, delimiter=mark)
    head = [_plain(cell) for cell in next(rows, [])]
    layout = layout_named(system) if system else layout_of(head)
    if layout is None or not set(head) & set(layout.address):
        what = "no column of its first line holds mail addresses"
        raise CopyError("unknown", what, cure="call one “email”", where="line 1")
    usual = next((stands for word, stands in _STANDS_IN_NAME if name.startswith(word)), None)
    for row in rows:
        if any(cell.strip() for cell in row):
            texts = map(unguarded, row) if layout is OURS else row
            cells = dict(zip(head, texts, strict=False))
            yield _listed(cells, layout, rows.line_num, usual or ListedAs.ACTIVE)


def _listed(
    cells: dict[str, str], layout: Layout, line: int, usual: ListedAs
) -> Listed | Unreadable:
    told = _first(cells, layout.address)
    address = plain_address(told)
    if address is None:
        return Unreadable(line, f"“{told[:80]}” is no mail address")
    standing = _standing(cells, layout, usual)
    if standing is None:
        word = _first(cells, layout.standing)
        return Unreadable(line, f"“{word[:80]}” says nothing of whether they subscribe")
    name = " ".join(filter(None, (fold(cells.get(column, "")) for column in layout.name)))
    agreed, left = _first(cells, layout.agreed_at), _first(cells, layout.left_at)
    agreed_at, left_at = _instant(agreed, time.min), _instant(left, time.max)
    dates = ((agreed, agreed_at), (left, left_at))
    return Listed(
        address=address,
        line=line,
        name=name[:_MOST_TEXT],
        listed_as=standing,
        language=_first(cells, layout.language)[:20],
        choices=_choices(_first(cells, layout.choices)),
        agreed_at=agreed_at,
        agreed_from=_first(cells, layout.agreed_from)[:_MOST_TEXT],
        agreed_ip=_first(cells, layout.agreed_ip)[:_MOST_ADDRESS],
        words=_first(cells, layout.words),
        left_at=left_at,
        odd_dates=tuple(text[:80] for text, at in dates if text and at is None),
    )


def _instant(text: str, of_day: time) -> datetime | None:
    """Return the instant in a cell, in UTC unless it says otherwise; of a day alone, one in it.

    Whoever left on a day agreed before its end: in doubt nobody is written to.
    """
    if not _DAY.fullmatch(text):
        return moment_in(text, zone=UTC).instant
    try:
        return datetime.combine(date.fromisoformat(text), of_day, UTC)
    except ValueError:
        return None


def _standing(cells: dict[str, str], layout: Layout, usual: ListedAs) -> ListedAs | None:
    if _first(cells, layout.bounced_when):
        return ListedAs.BOUNCED
    if _first(cells, layout.left_when):
        return ListedAs.LEFT
    if not any(column in cells for column in layout.standing):
        return usual
    word = _first(cells, layout.standing).lower()
    return layout.standings.get(word, None if word else usual)


def _choices(text: str) -> tuple[str, ...]:
    found = (fold(quoted or plain) for quoted, plain in _EACH.findall(text))
    return tuple(dict.fromkeys(filter(None, found)))[:_MOST_CHOICES]


def _first(cells: dict[str, str], columns: tuple[str, ...]) -> str:
    return next((text for column in columns if (text := fold(cells.get(column, "")))), "")


def _plain(head: str) -> str:
    """Return a column's head as heads are compared."""
    return re.sub(r"[\W_]+", "_", fold(head).lower()).strip("_")


def plain_address(text: str) -> str | None:
    """Return a mail address with its domain in lower-case ASCII; None if it is none.

    Quoted names and numbers for domains are addresses too, but nobody subscribes with them.
    """
    local, _, domain = text.strip().rpartition("@")
    if len(local) > _MOST_LOCAL or not _LOCAL.fullmatch(local):
        return None
    try:
        ascii_domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    labels = ascii_domain.split(".")
    is_name = len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) and not labels[-1].isdigit()
    return f"{local}@{ascii_domain}" if is_name and len(ascii_domain) <= _MOST_DOMAIN else None
