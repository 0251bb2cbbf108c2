"""Writing to whoever gave notice of illegal content: what there is to tell them, each of it once.

Source: Regulation (EU) 2022/2065, articles 16(4), 16(5) and 20(5).
"""

from django.db import transaction
from django.db.models import QuerySet

from dateline.chats.moderation_models import Appeal, Report
from dateline.common import clock

_PARTS = ("message__chat__edition", "message__chat__story", "settled_by", "appeal")


@transaction.atomic
def take_receipt(*, report: int) -> Report | None:
    """Return a notice whose sender is to hear that it came, and note that they do; or None."""
    found = _written_to().filter(pk=report, receipt_at__isnull=True).first()
    if found is not None:
        Report.objects.filter(pk=report).update(receipt_at=clock.now())
    return found


@transaction.atomic
def take_decided(*, decision: int) -> list[Report]:
    """Return the notices whose senders are to be written of a decision, and note that they are."""
    found = list(_written_to().filter(settled_by=decision).exclude(told_of=decision))
    numbers = [report.pk for report in found]
    Report.objects.filter(pk__in=numbers).update(told_of=decision)
    return found


@transaction.atomic
def take_undone(*, message: int | None) -> list[Report]:
    """Return the notices about a message whose senders are written of a decision that is undone."""
    found = _written_to().filter(message=message, told_of__undone_at__isnull=False)
    return list(found) if message else []


@transaction.atomic
def tell_anew(*, report: Report) -> None:
    """Note that the sender of a notice was written of no decision after all."""
    Report.objects.filter(pk=report.pk).update(told_of=None)


@transaction.atomic
def take_answered(*, report: int) -> Report | None:
    """Return a notice whose sender is to be written what was answered, and note it; or None."""
    answered = Appeal.objects.filter(report=report, answered_at__isnull=False, told_at__isnull=True)
    if not answered.update(told_at=clock.now()):
        return None
    return _written_to().filter(pk=report).first()


def _written_to() -> QuerySet[Report]:
    notices = Report.objects.exclude(law="").exclude(mail="").select_for_update(of=("self",))
    return notices.select_related(*_PARTS).order_by("pk")
