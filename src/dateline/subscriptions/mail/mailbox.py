"""Looking into the mailbox to which letters come back: IMAP or POP, each over TLS by choice.

Reports and mails by which somebody leaves are taken and removed; what else a person wrote stays
where it is. Of a huge mail no more is fetched than tells which it is. A mailbox that is away is
looked into again a minute later.
"""

import imaplib
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import SplitResult, unquote, urlsplit

import structlog

from dateline.common import clock
from dateline.standards.bounces.reports import MOST_BYTES
from dateline.subscriptions.mail.came import MOST_AT_ONCE, SECONDS, Mail
from dateline.subscriptions.mail.pop import BROKEN, PopBox
from dateline.subscriptions.mail.returns import take_mail

log = structlog.get_logger(__name__)
EVERY = timedelta(minutes=1)
_IMAP_PORT, _IMAPS_PORT = 143, 993
_AWAY = (*BROKEN, imaplib.IMAP4.error)


@dataclass(slots=True)
class Mailbox:
    """The box at an address such as imaps://name:password@host/INBOX.

    Shape: `pop` knows which mails stay for a person; IMAP marks those as seen.
    """

    address: Callable[[], str]
    pop: PopBox = field(default_factory=PopBox)
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
        parts = urlsplit(address)
        return self.pop.mails(parts) if parts.scheme.startswith("pop") else _by_imap(parts)


def _by_imap(parts: SplitResult) -> Generator[Mail, None, None]:
    host = parts.hostname or ""
    is_tls = parts.scheme == "imaps"
    port = parts.port or (_IMAPS_PORT if is_tls else _IMAP_PORT)
    kind = imaplib.IMAP4_SSL if is_tls else imaplib.IMAP4
    with kind(host, port, timeout=SECONDS) as box:
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        box.select(unquote(parts.path.strip("/")) or "INBOX")
        numbers = box.uid("search", "UNSEEN")[1][0].split()[:MOST_AT_ONCE]
        for number in numbers:
            told = box.uid("fetch", number, f"(BODY[]<0.{MOST_BYTES + 1}>)")[1]
            data = next((one[1] for one in told if isinstance(one, tuple)), b"")
            yield Mail(data, partial(box.uid, "store", number, "+FLAGS", "\\Deleted"))
        box.expunge()
