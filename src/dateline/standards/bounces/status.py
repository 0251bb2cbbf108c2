"""What a mail server's status says of an address (RFC 3463), and what is to be done about it.

Only an address that takes no mail at all is given up at once. A full mailbox, a server that is
down, a filter that dislikes the letter or its sender: those count, for they may pass.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

_SUCCESS, _MAY_PASS = 2, 4
_CODE = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.])([45]\d\d)(?!\d|\.\d)")
# Bad address (1.x), mailbox shut (2.1), nobody there by the directory or by name service.
_NO_SUCH_ADDRESS = frozenset({"1.0", "1.1", "1.2", "1.3", "1.6", "1.10", "2.1", "4.1", "4.4"})
# Replies that speak of the mailbox, where nothing says more.
_NO_SUCH_MAILBOX = re.compile(
    r"user (?:is )?unknown|unknown (?:user|recipient|mailbox|address)|no such (?:user|mailbox|addr)"
    r"|(?:mailbox|address|recipient|user) (?:was )?(?:not found|does not exist|doesn't exist)"
    r"|(?:mailbox|account) (?:is |has been )?(?:disabled|closed|deleted)"
    r"|invalid (?:recipient|mailbox|address)",
    re.IGNORECASE,
)


class Verdict(StrEnum):
    """What a report says of one address."""

    HARD = "hard"
    SOFT = "soft"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class Status:
    """An enhanced status code: class (2, 4, 5), subject and detail."""

    kind: int
    subject: int
    detail: int

    @classmethod
    def found_in(cls, text: str) -> Self | None:
        """Return the first code of a text, if there is one."""
        hit = _CODE.search(text)
        return cls(*map(int, hit.groups())) if hit else None

    @property
    def says_little(self) -> bool:
        """Say whether it holds no more than its class (x.0.0)."""
        return self.subject == self.detail == 0

    def __str__(self) -> str:
        return f"{self.kind}.{self.subject}.{self.detail}"


def best_status(told: str, words: str) -> Status | None:
    """Return the code that says most: the one told, else that in the server's own words."""
    first, second = Status.found_in(told), Status.found_in(words)
    if first is None or (first.says_little and second is not None):
        return second
    return first


def verdict_of(status: Status | None, words: str) -> Verdict:
    """Say what a refusal means for the address: `words` are the server's own."""
    if status is None:
        reply = _REPLY.search(words)
        status = Status(int(reply[1][0]), 0, 0) if reply else Status(5, 0, 0)
    if status.kind == _SUCCESS:
        return Verdict.DELIVERED
    if status.kind == _MAY_PASS:
        return Verdict.SOFT
    if f"{status.subject}.{status.detail}" in _NO_SUCH_ADDRESS:
        return Verdict.HARD
    is_plain = status.says_little and _NO_SUCH_MAILBOX.search(words)
    return Verdict.HARD if is_plain else Verdict.SOFT
