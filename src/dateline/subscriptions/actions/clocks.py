"""The clock a subscriber lives by: letters of an hour, and the night, go by it."""

from django.db import transaction

from dateline.common.zones import time_zones
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.subscriptions.entries import SubscriberChanged
from dateline.subscriptions.models import Subscriber


@transaction.atomic
def set_clock(*, by: Account | None, subscriber: Subscriber, timezone: str) -> bool:
    """Have somebody live by the clock of a time zone, or of their edition where it is empty.

    Says whether there is such a time zone; otherwise all stays as it is.

    Records: SubscriberChanged.
    """
    if timezone and timezone not in time_zones():
        return False
    Subscriber.objects.filter(pk=subscriber.pk).update(timezone=timezone)
    record(SubscriberChanged(edition="", subscriber=subscriber.pk))
    subscriber.refresh_from_db()
    return True


def learn_clock(*, by: Account | None, subscriber: Subscriber, timezone: str) -> bool:
    """Take the time zone that a browser tells, unless one is known; say whether it was taken.

    Records: SubscriberChanged, if so.
    """
    if subscriber.timezone or not timezone:
        return False
    return set_clock(by=by, subscriber=subscriber, timezone=timezone)
