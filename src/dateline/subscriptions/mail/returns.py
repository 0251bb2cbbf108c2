"""What comes back by mail, joined to the ledger.

A report is believed about one delivery: the one whose signed return address it came to, or else
whose signed Message-ID it carries; a mail to the signed leave address of a delivery ends what that
was one of. Nobody can stop another's letters by writing to us.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.standards.bounces.leaving import asked_at
from dateline.standards.bounces.reports import Report, read_reports
from dateline.standards.bounces.verp import Use
from dateline.standards.errors import CopyError
from dateline.subscriptions.actions import Told, leave_by_mail
from dateline.subscriptions.actions.returns import note_report
from dateline.subscriptions.mail.links import addressed, delivery_in, leave_address

_LEFT = "Left by mail to the leave address."
"""What a consent says: no words were shown, and the mail's own are of no matter."""


@dataclass(slots=True)
class Came:
    """What a mail that came back was.

    Shape: `is_report` is false for what a person must read; a mail by which somebody leaves is no
        such. `known` counts what is about our letters, `news` what changed something; `why` is the
        short word for what kept it from being read as a report.
    """

    is_report: bool
    known: int = 0
    news: int = 0
    why: str = ""


def take_mail(data: bytes) -> Came:
    """Take one mail that came to the mailbox for bounces, as it came."""
    try:
        return take_reports(read_reports(data))
    except CopyError as error:
        return _take_leaving(data, error.code)


def take_reports(reports: Sequence[Report]) -> Came:
    """Take reports that were read, whichever way they came."""
    came = Came(is_report=True)
    for report in reports:
        delivery = _delivery(report)
        if delivery is not None:
            came.known += 1
            came.news += note_report(by=None, delivery=delivery, report=report)
    return came


def _take_leaving(data: bytes, why: str) -> Came:
    """Take a mail by which somebody leaves; one about what the ledger has folded is a person's."""
    came = Came(is_report=False, why=why)
    for address in asked_at(data):
        delivery = addressed(address, Use.LEAVE)
        if delivery is None:
            continue
        told = Told(words=_LEFT, page=f"mailto:{leave_address(delivery)}")
        has_left = leave_by_mail(by=None, delivery=delivery, told=told)
        if has_left is not None:
            came = Came(is_report=True, known=came.known + 1, news=came.news + has_left)
    return came


def _delivery(report: Report) -> int | None:
    for address in report.came_to:
        found = addressed(address, Use.BOUNCE)
        if found is not None:
            return found
    return delivery_in(report.message_id)
