"""The mail of a demonstration, which was sent to nobody: read from its folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from csp.constants import SELF, UNSAFE_INLINE
from django.http import Http404

from dateline.common import house

LETTER_POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'none'"],
    "style-src": [UNSAFE_INLINE],
    "img-src": [SELF, "data:"],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation"],
}
_MOST = 200


@dataclass(frozen=True, slots=True)
class DemoLetter:
    """A letter in the folder."""

    name: str
    to: str
    subject: str
    at: datetime
    text: str
    html: str
    unsubscribe: str


def letters_in_folder() -> list[DemoLetter]:
    """Return the latest letters, newest first."""
    return list(_letters())


def letter_named(name: str) -> DemoLetter:
    """Return a letter by its file's name without the ending.

    Raises:
        Http404: there is none.
    """
    file = house.mail_folder() / f"{name}.eml"
    if not file.is_file():
        raise Http404
    return _letter(file)


def letter_html(letter: DemoLetter) -> str:
    """Return a letter's HTML with links that leave the frame."""
    return letter.html.replace("<head>", '<head><base target="_top">', 1)


def _letters() -> Iterator[DemoLetter]:
    files = sorted(house.mail_folder().glob("*.eml"), reverse=True)
    yield from map(_letter, files[:_MOST])


def _letter(file: Path) -> DemoLetter:
    read = message_from_bytes(file.read_bytes(), policy=policy.default)
    return DemoLetter(
        name=file.stem,
        to=str(read["to"] or ""),
        subject=str(read["subject"] or ""),
        at=datetime.fromtimestamp(file.stat().st_mtime, UTC),
        text=_part(read, "plain"),
        html=_part(read, "html"),
        unsubscribe=str(read["list-unsubscribe"] or ""),
    )


def _part(read: EmailMessage, kind: str) -> str:
    part = read.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""
