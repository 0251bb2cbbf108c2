"""Whether a subscriber is written to: leaving, pausing, and addresses that take no mail."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from dateline.common import clock
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.subscriptions.entries import SubscriberChanged, SubscriberStopped
from dateline.subscriptions.enums import Standing, Stop
from dateline.subscriptions.models import Subscriber
from dateline.subscriptions.rules import MOST_SOFT_BOUNCES


@transaction.atomic
def stop_subscriber(
    *, by: Account | None, subscriber: Subscriber, how: Stop, at: datetime | None = None
) -> None:
    """Write to somebody no more, since now or since an instant that is known.

    Records: SubscriberStopped, unless it was so before.
    """
    rows = Subscriber.objects.filter(pk=subscriber.pk).exclude(standing=Standing.STOPPED)
    if rows.update(standing=Standing.STOPPED, stopped_as=how, stopped_at=at or clock.now()):
        record(SubscriberStopped(edition="", subscriber=subscriber.pk, stopped_as=how))
    subscriber.refresh_from_db()


@transaction.atomic
def note_hard_bounce(*, by: Account | None, deliveries: Sequence[int]) -> None:
    """Stop the subscribers of deliveries whose address does not exist.

    Records: SubscriberStopped for each.
    """
    for subscriber in Subscriber.objects.filter(deliveries__in=deliveries).distinct():
        stop_subscriber(by=by, subscriber=subscriber, how=Stop.BOUNCED)


@transaction.atomic
def note_soft_bounce(*, by: Account | None, subscriber: Subscriber) -> None:
    """Count a letter that came back for now; after some, the address is taken for dead.

    Records: SubscriberStopped then.
    """
    Subscriber.objects.filter(pk=subscriber.pk).update(soft_bounces=F("soft_bounces") + 1)
    subscriber.refresh_from_db()
    if subscriber.soft_bounces >= MOST_SOFT_BOUNCES:
        stop_subscriber(by=by, subscriber=subscriber, how=Stop.BOUNCED)


@transaction.atomic
def pause_subscriber(*, by: Account | None, subscriber: Subscriber, length: timedelta) -> datetime:
    """Write to somebody again only after some time, and return when. Records: SubscriberChanged."""
    until = clock.now() + length
    Subscriber.objects.filter(pk=subscriber.pk).update(standing=Standing.PAUSED, paused_until=until)
    record(SubscriberChanged(edition="", subscriber=subscriber.pk))
    subscriber.refresh_from_db()
    return until


@transaction.atomic
def resume_subscriber(*, by: Account | None, subscriber: Subscriber) -> None:
    """Write to somebody again. Records: SubscriberChanged."""
    Subscriber.objects.filter(pk=subscriber.pk).update(
        standing=Standing.ACTIVE,
        paused_until=None,
        stopped_as="",
        stopped_at=None,
        soft_bounces=0,
    )
    record(SubscriberChanged(edition="", subscriber=subscriber.pk))
    subscriber.refresh_from_db()
