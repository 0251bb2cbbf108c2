"""What comes back by mail, joined to the ledger.

A report is believed about one delivery: the one whose signed return address it came to, or else
whose signed Message-ID it carries. Nobody can stop another's letters by writing to us.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from dateline.standards.bounces.reports import Report, read_reports
from dateline.standards.bounces.verp import delivery_in as delivery_at
from dateline.standards.bounces.verp import verp_address
from dateline.standards.errors import CopyError
from dateline.subscriptions.actions.returns import note_report
from dateline.subscriptions.mail.links import delivery_in


@dataclass(slots=True)
class Came:
    """What a mail that came back was.

    Shape: `is_report` is false for what a person must read; `known` counts its reports about our
        letters, `news` those that changed something.
    """

    is_report: bool
    known: int = 0
    news: int = 0


def return_address(delivery: int, sender: str) -> str:
    """Return where a letter comes back to: the sender's own, where there is no mailbox for it."""
    mailbox = settings.DATELINE.bounce_mailbox
    return verp_address(mailbox, delivery, _secret()) if mailbox else sender


def take_mail(data: bytes) -> Came:
    """Take one mail that came to the mailbox for bounces, as it came."""
    try:
        return take_reports(read_reports(data))
    except CopyError:
        return Came(is_report=False)


def take_reports(reports: Sequence[Report]) -> Came:
    """Take reports that were read, whichever way they came."""
    came = Came(is_report=True)
    for report in reports:
        delivery = _delivery(report)
        if delivery is not None:
            came.known += 1
            came.news += note_report(by=None, delivery=delivery, report=report)
    return came


def _delivery(report: Report) -> int | None:
    mailbox = settings.DATELINE.bounce_mailbox
    for address in report.came_to if mailbox else ():
        found = delivery_at(address, mailbox, _secret())
        if found is not None:
            return found
    return delivery_in(report.message_id)


def _secret() -> bytes:
    return settings.SECRET_KEY.encode()
