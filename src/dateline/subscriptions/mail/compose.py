"""A letter's bytes: made once for all who get the same, with gaps for what is each recipient's own.

Rendering, encoding and folding cost a hundred times what it takes to fill the gaps, and most
recipients of a thing get it for one of a few reasons.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.quoprimime import body_encode
from email.utils import format_datetime, formataddr, parseaddr
from hashlib import blake2b
from typing import Final

TOKEN: Final = "@@dateline-token@@"  # noqa: S105 - a gap
"""Stands in a letter's text where its recipient's signed key belongs."""
TO: Final = "@@dateline-to@@"
OPENING: Final = "@@dateline-opening@@"
"""Stands where the name of a letter's own picture belongs, if it is counted when opened."""
MESSAGE_ID: Final = "@@dateline-message@@"
LEAVE: Final = "@@dateline-leave@@"
_IN_TEXTS = re.compile(f"({TOKEN}|{OPENING})")
_GAP = re.compile(rb"(@@dateline-[a-z]+@@)")
_SOFT = "=\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a letter says, to everybody who gets it for one reason.

    Shape: `unsubscribe_url` and both texts hold `TOKEN` where the recipient's own belongs;
        `list_id` is such as `topic-88.news.example`, and `list_name` what people call it. One that
        `is_left_by_mail` too names its leave address beside `unsubscribe_url`.
    """

    sender: str
    subject: str
    text: str
    html: str
    list_id: str
    list_name: str
    unsubscribe_url: str
    at: datetime
    is_left_by_mail: bool = False


class Form:
    """A letter with gaps, ready to be filled for each recipient."""

    def __init__(self, letter: Letter) -> None:
        self._parts = _GAP.split(_bytes_of(letter).encode("ascii"))

    def filled(self, values: Mapping[str, str]) -> bytes:
        """Return the letter for one recipient; its lines end in CR LF.

        Shape: `values` are those of `TO`, `MESSAGE_ID`, `TOKEN`, `LEAVE` and, in what is counted,
            `OPENING`, in ASCII without line ends.
        """
        given = {name.encode(): value.encode("ascii") for name, value in values.items()}
        return b"".join(given.get(part, part) for part in self._parts)

    def __len__(self) -> int:
        """Return the length of the letter without what is filled in."""
        return sum(map(len, self._parts))


def _bytes_of(letter: Letter) -> str:
    boundary = f"part-{blake2b(letter.html.encode(), digest_size=12).hexdigest()}"
    head = [
        f"From: {_address(letter.sender)}",
        f"To: {TO}",
        f"Subject: {_words(letter.subject, len('Subject: '))}",
        f"Date: {format_datetime(letter.at)}",
        f"Message-ID: {MESSAGE_ID}",
        f"List-Id: {_words(letter.list_name, len('List-Id: '))} <{letter.list_id}>",
        f"List-Unsubscribe: {_ways_out(letter)}",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
        "",
    ]
    return "\r\n".join(
        [
            *head,
            *_part(boundary, "plain", letter.text),
            *_part(boundary, "html", letter.html),
            f"--{boundary}--",
            "",
        ]
    )


def _ways_out(letter: Letter) -> str:
    """Return where a letter is ended: by one click, which stands first, and by a mail."""
    by_mail = f",\r\n <mailto:{LEAVE}?subject=unsubscribe>" if letter.is_left_by_mail else ""
    return f"<{letter.unsubscribe_url}>{by_mail}"


def _part(boundary: str, kind: str, text: str) -> list[str]:
    return [
        f"--{boundary}",
        f"Content-Type: text/{kind}; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        _quoted(text),
    ]


def _quoted(text: str) -> str:
    """Return a text as quoted-printable, each gap on a line of its own that does not end there."""
    return "".join(
        f"{_SOFT}{piece}{_SOFT}" if _IN_TEXTS.fullmatch(piece) else _encoded(piece)
        for piece in _IN_TEXTS.split(text)
    )


def _encoded(piece: str) -> str:
    return body_encode(piece.encode().decode("latin-1"), eol="\r\n") if piece else ""


def _words(text: str, already: int) -> str:
    plain = " ".join(text.split())
    if plain.isascii():
        return plain
    return Header(plain, "utf-8", header_name="x" * (already - 2)).encode(linesep="\r\n")


def _address(sender: str) -> str:
    name, address = parseaddr(sender)
    return formataddr((name, address)) if name else address
