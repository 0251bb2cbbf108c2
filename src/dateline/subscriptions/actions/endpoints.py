"""What becomes of a browser's endpoint: used, failing, forgotten."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from dateline.common import clock
from dateline.people.models import Account
from dateline.subscriptions.actions.follow import Told, leave
from dateline.subscriptions.actions.standing import stop_subscriber
from dateline.subscriptions.enums import Stop
from dateline.subscriptions.models import Endpoint, Subscription

FAILS_FOR = timedelta(days=7)
MOST_FAILURES = 8
"""So often in a row, and for so long, must an endpoint fail until it is taken for dead."""
UNUSED_FOR = timedelta(days=60)
"""A browser that never took anything in this time is forgotten: maybe there never was one."""
_NOTED_EVERY = timedelta(days=1)
_AT_ONCE = 500


@transaction.atomic
def note_pushes(
    *,
    by: Account | None,
    taken: Collection[int],
    failed: Collection[int],
    gone: Collection[int],
) -> None:
    """Note how the endpoints of a window did, by number; those that are dead are forgotten.

    Records: SubscriberStopped for each whose subscriber had no other.
    """
    now = clock.now()
    if taken:
        is_news = Q(used_at__isnull=True) | Q(used_at__lt=now - _NOTED_EVERY) | Q(failures__gt=0)
        Endpoint.objects.filter(is_news, pk__in=taken).update(
            used_at=now, failing_since=None, failures=0
        )
    if failed:
        Endpoint.objects.filter(pk__in=failed).update(
            failures=F("failures") + 1, failing_since=Coalesce("failing_since", now)
        )
    dead = Q(pk__in=gone)
    if failed:
        since = now - FAILS_FOR
        dead |= Q(pk__in=failed, failures__gte=MOST_FAILURES, failing_since__lte=since)
    if gone or failed:
        for endpoint in Endpoint.objects.filter(dead).select_related("subscriber"):
            forget_endpoint(by=by, endpoint=endpoint)


@transaction.atomic
def forget_endpoint(*, by: Account | None, endpoint: Endpoint, told: Told | None = None) -> None:
    """Forget a browser that takes no more notifications, and its subscriber if that was all.

    Who was sent something stays in the ledger, stopped; of others nothing is left. What its reader
    pressed is `told`, if they did.

    Records: SubscriberStopped then, and SubscriberChanged if it was a press.
    """
    subscriber = endpoint.subscriber
    endpoint.delete()
    is_reachable = subscriber.mail or subscriber.reader_id or subscriber.endpoints.exists()
    if is_reachable:
        return
    if told is not None:
        leave(by=by, subscriber=subscriber, told=told)
    Subscription.objects.filter(subscriber=subscriber).delete()
    stop_subscriber(by=by, subscriber=subscriber, how=Stop.LEFT)
    if not subscriber.deliveries.exists():
        subscriber.delete()


def forget_unused(*, by: Account | None, now: datetime) -> int:
    """Forget some browsers that never took anything for two months, and return how many.

    Records: SubscriberStopped for each.
    """
    unused = Endpoint.objects.filter(used_at__isnull=True, made_at__lt=now - UNUSED_FOR)
    found = list(unused.select_related("subscriber").order_by("made_at")[:_AT_ONCE])
    for endpoint in found:
        forget_endpoint(by=by, endpoint=endpoint)
    return len(found)
