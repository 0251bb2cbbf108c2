"""Addresses that name the letter they come back for (VERP), signed so that nobody can make one up.

`bounces@news.example` becomes `bounces+4d2-k3…@news.example`: the number of the delivery and 80
bits of a signature, in letters that keep their meaning when a server changes their case. By
`bounces+leave-4d2-q7…@news.example` its reader leaves; neither address stands for the other.
"""

import base64
import hashlib
import hmac
import re
from enum import StrEnum

from dateline.standards.errors import CopyError

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MAC_BYTES = 10
_MOST_LOCAL = 64
_TAG = re.compile(r"([0-9a-z]{1,13})-([a-z2-7]{16})")


class Use(StrEnum):
    """What comes to an address: a report about its letter, or a mail by which its reader leaves."""

    BOUNCE = "bounce"
    LEAVE = "leave"


_MARKS = {Use.BOUNCE: "", Use.LEAVE: "leave-"}


def verp_address(mailbox: str, delivery: int, secret: bytes, use: Use = Use.BOUNCE) -> str:
    """Return the address of one delivery to which its bounce, or its reader's mail, comes.

    Raises:
        CopyError: `bad-address`: the mailbox is none, or its name leaves no room.
    """
    local, mark, domain = mailbox.rpartition("@")
    number = _in_base36(delivery)
    made = f"{local}+{_MARKS[use]}{number}-{_signature(number, secret, use)}"
    if not (local and mark and domain) or len(made) > _MOST_LOCAL:
        what = f"“{mailbox[:80]}” cannot carry the number of a letter"
        raise CopyError("bad-address", what, cure="give a short one", where="the mailbox")
    return f"{made}@{domain}"


def delivery_in(address: str, mailbox: str, secret: bytes, use: Use = Use.BOUNCE) -> int | None:
    """Return the number of the delivery an address was made for; None if we did not make it."""
    local, _, domain = address.lower().rpartition("@")
    ours, _, our_domain = mailbox.lower().rpartition("@")
    name, _, tag = local.rpartition("+")
    mark = _MARKS[use]
    found = _TAG.fullmatch(tag, len(mark)) if tag.startswith(mark) else None
    if found is None or (name, domain) != (ours, our_domain):
        return None
    is_ours = hmac.compare_digest(found[2], _signature(found[1], secret, use))
    return int(found[1], 36) if is_ours else None


def _signature(number: str, secret: bytes, use: Use) -> str:
    made = hmac.digest(secret, f"{use}:{number}".encode(), hashlib.sha256)
    return base64.b32encode(made[:_MAC_BYTES]).decode().lower()


def _in_base36(number: int) -> str:
    made = ""
    while True:
        number, digit = divmod(number, 36)
        made = _DIGITS[digit] + made
        if not number:
            return made
