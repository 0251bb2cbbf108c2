"""What DMARC asks of a letter: that SPF or DKIM speaks for the domain its reader sees.

Source: RFC 7489, section 3.1 (alignment); RFC 8601 (what a server noted of a letter it took);
    RFC 8058, section 4 (what must be signed for one click to work).
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr
from enum import StrEnum

from dateline.standards.errors import CopyError

SIGNED_FOR_ONE_CLICK = ("from", "list-unsubscribe", "list-unsubscribe-post")
_MOST_BYTES = 2 << 20
_RESULT = re.compile(r"\b(spf|dkim|dmarc)\s*=\s*(\w+)")
_COMMENT = re.compile(r"\([^()]*\)")


class Alignment(StrEnum):
    """How the domain that was checked stands to the one in From."""

    SAME = "same"
    BELOW = "below"
    SIBLINGS = "siblings"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Signature:
    """A DKIM signature: who signed, by which key, and the names of the headers that it covers."""

    domain: str
    selector: str
    covers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Received:
    """What a letter that arrived says of its way.

    Shape: domains in lower case, empty where the letter names none; `results` are those that the
        server which took it noted, such as `{"spf": "pass"}`.
    """

    sender: str
    returns_to: str
    signatures: tuple[Signature, ...]
    results: dict[str, str]


def alignment_of(domain: str, sender: str) -> Alignment:
    """Say how a domain stands to a sender's.

    `SIBLINGS` share an end of two labels or more. Whether that is one organisation's
    (`a.news.example` and `b.news.example`) or a public suffix (`one.co.uk` and `two.co.uk`), no
    name says by itself.
    """
    one, other = (name.lower().rstrip(".").split(".") for name in (domain, sender))
    if one == other:
        return Alignment.SAME
    shared = 0
    while shared < min(len(one), len(other)) and one[-1 - shared] == other[-1 - shared]:
        shared += 1
    if shared < 2:  # One label is a top-level domain.
        return Alignment.NONE
    return Alignment.BELOW if shared in {len(one), len(other)} else Alignment.SIBLINGS


def read_received(data: bytes) -> Received:
    """Read a letter as a mail program saves it.

    Raises:
        CopyError: `too-large`; `no-sender`: it is no letter.
    """
    if len(data) > _MOST_BYTES:
        raise CopyError("too-large", "it holds more than 2 MiB", cure="save one letter alone")
    letter = message_from_bytes(data, policy=compat32)
    sender = _domain(letter, "From")
    if not sender:
        what = "it names no sender"
        raise CopyError("no-sender", what, cure="save the letter with all of its headers")
    signatures = tuple(map(_signature, map(str, letter.get_all("DKIM-Signature", []))))
    return Received(sender, _domain(letter, "Return-Path"), signatures, _results(letter))


def _domain(letter: Message, name: str) -> str:
    return parseaddr(str(letter.get(name, "")))[1].rpartition("@")[2].lower()


def _signature(text: str) -> Signature:
    pairs = (tag.partition("=") for tag in text.split(";"))
    tags = {name.strip(): re.sub(r"\s", "", value) for name, _, value in pairs}
    covered = frozenset(tags.get("h", "").lower().split(":"))
    return Signature(tags.get("d", "").lower(), tags.get("s", ""), covered)


def _results(letter: Message) -> dict[str, str]:
    """Return the results in the topmost note alone: the others may be anybody's."""
    noted = _COMMENT.sub("", str(letter.get("Authentication-Results", "")))
    found: dict[str, str] = {}
    for method, result in _RESULT.findall(noted.lower()):
        if found.get(method) != "pass":
            found[method] = result
    return found
