"""Looking into the mailbox to which letters come back: IMAP or POP, each over TLS by choice.

Reports and mails by which somebody leaves are taken and removed; what else a person wrote stays
where it is. Of a huge mail no more is fetched than tells which it is. A mailbox that is away is
looked into again a minute later.
"""

import imaplib
import poplib
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import unquote, urlsplit

import structlog

from dateline.common import clock
from dateline.standards.bounces.reports import MOST_BYTES
from dateline.subscriptions.mail.returns import take_mail

log = structlog.get_logger(__name__)
EVERY = timedelta(minutes=1)
_SECONDS = 20
_IMAP_PORT, _IMAPS_PORT = 143, 993
_MOST_AT_ONCE = 200
_AWAY = (OSError, imaplib.IMAP4.error, poplib.error_proto)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail in the box, and how to remove it."""

    data: bytes
    remove: Callable[[], object]


@dataclass(slots=True)
class Mailbox:
    """The box at an address such as imaps://name:password@host/INBOX.

    Shape: `left` are POP's names of mails that stay for a person; IMAP marks those as seen.
    """

    address: Callable[[], str]
    left: set[str] = field(default_factory=set)
    _looked_at: datetime | None = None

    def work(self) -> int:
        """Take what has come, once a minute, and return how many mails that was."""
        address, now = self.address(), clock.now()
        is_due = self._looked_at is None or abs(now - self._looked_at) >= EVERY
        if not address or not is_due:
            return 0
        self._looked_at = now
        try:
            return self._take(address)
        except _AWAY as error:
            log.warning("mailbox away", error=str(error))
            return 0

    def _take(self, address: str) -> int:
        taken = 0
        with closing(self._mails(address)) as mails:
            for mail in mails:
                came = take_mail(mail.data)
                if came.is_report:
                    mail.remove()
                    taken += 1
                else:
                    log.info("mail left to a person", why=came.why)
        return taken

    def _mails(self, address: str) -> Generator[Mail, None, None]:
        is_pop = urlsplit(address).scheme.startswith("pop")
        return self._by_pop(address) if is_pop else _by_imap(address)

    def _by_pop(self, address: str) -> Generator[Mail, None, None]:
        parts = urlsplit(address)
        kind = poplib.POP3_SSL if parts.scheme == "pop3s" else poplib.POP3
        port = parts.port or (poplib.POP3_SSL_PORT if parts.scheme == "pop3s" else poplib.POP3_PORT)
        box = kind(parts.hostname or "", port, timeout=_SECONDS)
        try:
            box.user(unquote(parts.username or ""))
            box.pass_(unquote(parts.password or ""))
            names = dict(line.decode().split(" ", 1) for line in box.uidl()[1])
            sizes = dict(line.decode().split(" ")[:2] for line in box.list()[1])
            waiting = [(number, name) for number, name in names.items() if name not in self.left]
            self.left &= set(names.values())
            for number, name in waiting[:_MOST_AT_ONCE]:
                self.left.add(name)
                is_huge = int(sizes.get(number, 0)) > MOST_BYTES
                lines = (box.top(int(number), 0) if is_huge else box.retr(int(number)))[1]
                yield Mail(b"\r\n".join(lines), partial(box.dele, int(number)))
        finally:
            box.quit()


def _by_imap(address: str) -> Generator[Mail, None, None]:
    parts = urlsplit(address)
    host = parts.hostname or ""
    is_tls = parts.scheme == "imaps"
    port = parts.port or (_IMAPS_PORT if is_tls else _IMAP_PORT)
    kind = imaplib.IMAP4_SSL if is_tls else imaplib.IMAP4
    with kind(host, port, timeout=_SECONDS) as box:
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        box.select(unquote(parts.path.strip("/")) or "INBOX")
        numbers = box.uid("search", "UNSEEN")[1][0].split()[:_MOST_AT_ONCE]
        for number in numbers:
            told = box.uid("fetch", number, f"(BODY[]<0.{MOST_BYTES + 1}>)")[1]
            data = next((one[1] for one in told if isinstance(one, tuple)), b"")
            yield Mail(data, partial(box.uid, "store", number, "+FLAGS", "\\Deleted"))
        box.expunge()
