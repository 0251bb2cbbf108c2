"""A mailbox by IMAP: a mail is marked as seen when it stays for a person, and not before."""

import imaplib
from collections import Counter
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote

import structlog

from dateline.standards.bounces.reports import MOST_BYTES
from dateline.subscriptions.mail.came import MOST_AT_ONCE, SECONDS, TRIES, Mail

log = structlog.get_logger(__name__)
_PORT, _TLS_PORT = 143, 993
BROKEN = (OSError, imaplib.IMAP4.error)


@dataclass(slots=True)
class ImapBox:
    """What is known of the mails in a box from one look to the next.

    Shape: `failed` counts how often a mail ended a look: after some times it is left to a person,
        so that it does not hold up the others for ever.
    """

    failed: Counter[bytes] = field(default_factory=Counter)

    def mails(self, address: SplitResult) -> Generator[Mail, None, None]:
        """Yield the mails in a box that nobody has seen; what is removed is gone after the last."""
        is_tls = address.scheme == "imaps"
        kind = imaplib.IMAP4_SSL if is_tls else imaplib.IMAP4
        port = address.port or (_TLS_PORT if is_tls else _PORT)
        box = kind(address.hostname or "", port, timeout=SECONDS)
        try:
            box.login(unquote(address.username or ""), unquote(address.password or ""))
            box.select(unquote(address.path.strip("/")) or "INBOX")
            yield from self._new(box)
            box.expunge()
        except GeneratorExit:
            with suppress(*BROKEN):
                box.expunge()
            raise
        finally:
            with suppress(*BROKEN):
                box.logout()
            with suppress(OSError):  # A library that cannot say goodbye leaves its socket open.
                box.shutdown()

    def _new(self, box: imaplib.IMAP4) -> Generator[Mail, None, None]:
        numbers = box.uid("search", "UNSEEN")[1][0].split()
        for number in self.failed.keys() - {*numbers}:
            del self.failed[number]
        for number in numbers[:MOST_AT_ONCE]:
            yield from self._one(box, number)

    def _one(self, box: imaplib.IMAP4, number: bytes) -> Generator[Mail, None, None]:
        removed: list[bytes] = []

        def remove() -> None:
            box.uid("store", number.decode(), "+FLAGS", "(\\Deleted \\Seen)")
            removed.append(number)

        if self.failed[number] < TRIES:
            try:
                yield Mail(_fetched(box, number), remove)
            except (GeneratorExit, *BROKEN):
                self.failed[number] += 1
                raise
        else:
            log.warning("mail left to a person", why="it could not be read", tries=TRIES)
        if not removed:
            box.uid("store", number.decode(), "+FLAGS", "(\\Seen)")


def _fetched(box: imaplib.IMAP4, number: bytes) -> bytes:
    told = box.uid("fetch", number.decode(), f"(BODY.PEEK[]<0.{MOST_BYTES + 1}>)")[1]
    return next((one[1] for one in told if isinstance(one, tuple)), b"")
