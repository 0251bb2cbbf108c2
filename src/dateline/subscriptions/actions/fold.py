"""The ledger does not grow for ever: what is old is folded into counts, a little at a time."""

from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from dateline.people.models import Account
from dateline.subscriptions.enums import Standing, Thing
from dateline.subscriptions.models import Consent, Delivery, Sending, Subscriber

BATCH = 1000
"""Rows of one transaction: nobody waits for it for long."""


def fold_some(*, by: Account | None, now: datetime) -> int:
    """Fold, blank and forget one batch of what is old, and return how many rows that was.

    The counts of a sending stay, and so does each consent; who it was that got a letter goes, and
    from which network address somebody agreed who left long ago.
    """
    days = settings.DATELINE.ledger_kept_days
    if not days:
        return 0
    before = now - timedelta(days=days)
    return _fold_deliveries(now, before) + _blank_addresses(before) or _forget_nobodies(before)


@transaction.atomic
def _fold_deliveries(now: datetime, before: datetime) -> int:
    """Fold a batch of the deliveries of the sending that was closed first."""
    old = Sending.objects.filter(closed_at__lt=before, folded_at__isnull=True)
    number = old.order_by("closed_at", "pk").values_list("pk", flat=True).first()
    if number is None:  # Asked each hour: a lock is taken only where there is something.
        return 0
    sending = Sending.objects.select_for_update().get(pk=number)
    rows = Delivery.objects.filter(sending=sending).order_by("pk")
    found = dict(rows.values_list("pk", "state")[:BATCH])
    sending.folded = dict(Counter(sending.folded) + Counter(found.values()))
    Delivery.objects.filter(pk__in=list(found)).delete()
    is_done = len(found) < BATCH
    if is_done and sending.thing == Thing.REPLY:
        sending.delete()  # It was for one reader, and counts nothing.
        return len(found) + 1
    sending.folded_at = now if is_done else None
    sending.save(update_fields=["folded", "folded_at"])
    return len(found) + 1


def _blank_addresses(before: datetime) -> int:
    """Take the network addresses from the consents of those who left long ago."""
    left = Consent.objects.exclude(address="").filter(
        subscriber__standing=Standing.STOPPED, subscriber__stopped_at__lt=before
    )
    numbers = list(left.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return Consent.objects.filter(pk__in=numbers).update(address="") if numbers else 0


def _forget_nobodies(before: datetime) -> int:
    """Forget browsers that left long ago, of whom no line is left: no import could bring them."""
    gone = Subscriber.objects.filter(
        mail="",
        reader__isnull=True,
        merged_into__isnull=True,
        standing=Standing.STOPPED,
        stopped_at__lt=before,
        endpoints__isnull=True,
        deliveries__isnull=True,
    )
    numbers = list(gone.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if numbers:
        Subscriber.objects.filter(pk__in=numbers).delete()
    return len(numbers)
