"""The clock a subscriber lives by: letters of an hour, and the night, go by it."""

from django.db import transaction

from dateline.common.zones import time_zones
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.subscriptions.entries import SubscriberChanged
from dateline.subscriptions.errors import ClockUnknown
from dateline.subscriptions.models import Subscriber


@transaction.atomic
def set_clock(*, by: Account | None, subscriber: Subscriber, timezone: str) -> None:
    """Have somebody live by the clock of a time zone, or of their edition where it is empty.

    Records: SubscriberChanged.

    Raises:
        ClockUnknown: there is no such time zone; all stays as it is.
    """
    if timezone and timezone not in time_zones():
        raise ClockUnknown
    Subscriber.objects.filter(pk=subscriber.pk).update(timezone=timezone)
    record(SubscriberChanged(edition="", subscriber=subscriber.pk))
    subscriber.refresh_from_db()


def learn_clock(*, by: Account | None, subscriber: Subscriber, timezone: str) -> bool:
    """Take the time zone that a browser tells, unless theirs is known.

    Says whether there is such a one: otherwise its reader is to be told. A browser that tells none
    has nothing wrong with it.

    Records: SubscriberChanged, if it is taken.
    """
    if subscriber.timezone or not timezone:
        return True
    try:
        set_clock(by=by, subscriber=subscriber, timezone=timezone)
    except ClockUnknown:
        return False
    return True
