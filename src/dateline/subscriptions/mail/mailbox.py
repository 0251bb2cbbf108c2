"""Looking into the mailbox to which letters come back: IMAP or POP, each over TLS by choice.

Reports and mails by which somebody leaves are taken and removed; what else a person wrote stays
where it is. Of a huge mail no more is fetched than tells which it is. A mailbox that is away is
looked into again a minute later.
"""

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog

from dateline.common import clock
from dateline.subscriptions.mail import imap, pop
from dateline.subscriptions.mail.came import Mail
from dateline.subscriptions.mail.returns import take_mail

log = structlog.get_logger(__name__)
EVERY = timedelta(minutes=1)
_AWAY = (*pop.BROKEN, *imap.BROKEN)


@dataclass(slots=True)
class Mailbox:
    """The box at an address such as imaps://name:password@host/INBOX."""

    address: Callable[[], str]
    by_pop: pop.PopBox = field(default_factory=pop.PopBox)
    by_imap: imap.ImapBox = field(default_factory=imap.ImapBox)
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
        box = self.by_pop if parts.scheme.startswith("pop") else self.by_imap
        return box.mails(parts)
