"""Two subscribers that turn out to be one, since one address was proved to be theirs.

What both follow is united. Nobody gets back what they had left: what was asked for before somebody
left it, by either, ends; so does everything before one left or complained. The longer pause holds,
the rarer pace, and a refusal to be counted. The ledger and what was agreed to go along; links of
old letters lead on.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from dateline.common import clock
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.readers.queries import mail_of
from dateline.subscriptions.entries import SubscriberChanged
from dateline.subscriptions.enums import Deed, Pace, Standing, State, Stop
from dateline.subscriptions.models import Consent, Delivery, Endpoint, Subscriber, Subscription
from dateline.subscriptions.queries import MAY_COME, subscriber_with_mail
from dateline.subscriptions.rules import Leaving, rarer, replies_subject

_WISHES = (Stop.LEFT, Stop.COMPLAINED)
"""Stops that somebody wanted; an address that took no mail is well once it was proved."""
_GIVES_WAY = {
    State.SKIPPED: frozenset(State.values) - {State.SKIPPED},
    State.PLANNED: frozenset(MAY_COME),
}
"""Of two lines about one thing, the one that left, or may leave, is the one to keep."""


@transaction.atomic
def merge_subscribers(
    *, by: Account | None, kept: Subscriber, other: Subscriber, is_asked: bool
) -> None:
    """Have one subscriber stand for two; the other keeps its links alone.

    `is_asked` says that they have just asked for what `kept` follows, whatever they left before.

    Records: SubscriberChanged for both.
    """
    now = clock.now()
    wished = [one for one in (kept, other) if _was_wished(one)]
    if kept.reader_id is None and other.reader_id is not None:
        kept.reader, other.reader = other.reader, None
        other.save(update_fields=["reader"])
        kept.save(update_fields=["reader"])
    renewed = now if is_asked and kept not in wished else None
    _unite_follows(kept, other, renewed)
    _take_along(kept, other)
    _settle_standing(kept, other, wished, now)
    Subscriber.objects.filter(merged_into=other).update(merged_into=kept)
    other.mail, other.reader, other.merged_into = "", None, kept
    other.standing, other.stopped_as, other.stopped_at = Standing.STOPPED, Stop.LEFT, now
    other.save()
    for one in (other, kept):
        record(SubscriberChanged(edition="", subscriber=one.pk))


def send_home(*, by: Account | None, subscriber: Subscriber) -> None:
    """Write to the reader of another account at their own address again, or nowhere for now.

    Somebody else has proved the address that they were written to at.

    Records: SubscriberChanged.
    """
    home = mail_of(subscriber.reader.account) if subscriber.reader else ""
    subscriber.mail = home if home and subscriber_with_mail(home) is None else ""
    subscriber.save(update_fields=["mail"])
    record(SubscriberChanged(edition="", subscriber=subscriber.pk))


def _was_wished(subscriber: Subscriber) -> bool:
    return subscriber.standing == Standing.STOPPED and subscriber.stopped_as in _WISHES


def _left_by(*both: Subscriber) -> Leaving:
    """Return what either of two has left, and when last."""
    rows = Consent.objects.filter(subscriber__in=both, deed__in=(Deed.LEFT, Deed.LEFT_ONE))
    subjects: dict[str, datetime] = {}
    moments = [one.stopped_at for one in both if _was_wished(one) and one.stopped_at]
    for deed, subject, at in rows.order_by("at", "pk").values_list("deed", "subject", "at"):
        if deed == Deed.LEFT:
            moments.append(at)
        else:
            subjects[subject] = at
    return Leaving(max(moments, default=None), subjects)


def _unite_follows(kept: Subscriber, other: Subscriber, renewed: datetime | None) -> None:
    """Give one the follows of both; what `kept` follows counts as asked for when it was renewed."""
    left = _left_by(kept, other)
    mine = str(replies_subject(kept.reader_id or 0))
    rows = Subscription.objects.filter(subscriber__in=(kept, other)).order_by("pk")
    stays: dict[tuple[str, str, int], Subscription] = {}
    gone: list[int] = []
    for row in sorted(rows, key=lambda row: row.subscriber_id != kept.pk):
        asked_at = renewed if renewed and row.subscriber_id == kept.pk else row.made_at
        is_anothers = row.subject.startswith("replies:") and row.subject != mine
        if is_anothers or not left.lets_stand(row.subject, asked_at):
            gone.append(row.pk)
            continue
        first = stays.setdefault((row.subject, row.channel, row.edition_id), row)
        if first is not row:
            first.pace = rarer(Pace(first.pace), Pace(row.pace))
            gone.append(row.pk)
    Subscription.objects.filter(pk__in=gone).delete()
    for row in stays.values():
        row.subscriber = kept
    Subscription.objects.bulk_update(stays.values(), ["subscriber", "pace"])


def _take_along(kept: Subscriber, other: Subscriber) -> None:
    """Move ledger, consents and browsers. What both were to get has its line: one stays behind."""
    for mine, theirs in _GIVES_WAY.items():
        _give_way(kept, other, mine=mine, theirs=theirs)
    has_one = Delivery.objects.filter(
        subscriber=kept, sending=OuterRef("sending"), channel=OuterRef("channel")
    )
    own = Delivery.objects.filter(~Exists(has_one), subscriber=other)
    Delivery.objects.filter(pk__in=list(own.values_list("pk", flat=True))).update(subscriber=kept)
    for model in (Consent, Endpoint):
        model.objects.filter(subscriber=other).update(subscriber=kept)


def _give_way(kept: Subscriber, other: Subscriber, *, mine: str, theirs: Iterable[str]) -> None:
    """Drop lines of what `kept` did not get where `other` has one that says more."""
    said = Delivery.objects.filter(
        subscriber=other,
        sending=OuterRef("sending"),
        channel=OuterRef("channel"),
        state__in=theirs,
    )
    rows = Delivery.objects.filter(Exists(said), subscriber=kept, state=mine)
    Delivery.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()


def _settle_standing(
    kept: Subscriber, other: Subscriber, wished: list[Subscriber], now: datetime
) -> None:
    pauses = [
        one.paused_until
        for one in (kept, other)
        if one.standing == Standing.PAUSED and one.paused_until and one.paused_until > now
    ]
    if wished and not Subscription.objects.filter(subscriber=kept).exists():
        last = wished[-1]
        kept.standing, kept.stopped_as = Standing.STOPPED, last.stopped_as
        kept.stopped_at = last.stopped_at
    else:
        kept.standing = Standing.PAUSED if pauses else Standing.ACTIVE
        kept.paused_until, kept.stopped_as, kept.stopped_at = max(pauses, default=None), "", None
    kept.is_counted = kept.is_counted and other.is_counted
    kept.timezone = kept.timezone or other.timezone
    kept.save(
        update_fields=[
            *("standing", "paused_until", "stopped_as", "stopped_at", "is_counted", "timezone")
        ]
    )
