"""What a subscriber follows: added, paced, left; each change with the words it was made in."""

from dataclasses import dataclass

from django.db import transaction

from dateline.common.keys import new_secret
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.subscriptions.actions.standing import resume_subscriber, stop_subscriber
from dateline.subscriptions.entries import SubscriberChanged
from dateline.subscriptions.enums import Channel, Deed, Pace, Standing, Stop
from dateline.subscriptions.errors import SubjectUnknown
from dateline.subscriptions.models import Consent, Subscriber, Subscription
from dateline.subscriptions.rules import Subject
from dateline.topics.models import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """In which words something was asked for, on which page, and from which network address."""

    words: str = ""
    page: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody wants to follow, and how they want to hear of it."""

    subject: Subject
    edition: Edition
    channel: Channel = Channel.MAIL
    pace: Pace = Pace.AT_ONCE


@transaction.atomic
def follow(
    *, by: Account | None, subscriber: Subscriber, choice: Choice, told: Told = Told()
) -> Subscription:
    """Have somebody follow something; who follows it already hears of it at the new pace.

    Whoever had left, or paused, is written to again: they have just asked for it.

    Records: SubscriberChanged.

    Raises:
        SubjectUnknown: it is what is said to a reader, and they are somebody else.
    """
    if choice.subject.kind == "replies" and choice.subject.number != subscriber.reader_id:
        raise SubjectUnknown
    if subscriber.standing != Standing.ACTIVE:
        resume_subscriber(by=by, subscriber=subscriber)
    row, _ = Subscription.objects.update_or_create(
        subscriber=subscriber,
        subject=str(choice.subject),
        channel=choice.channel,
        edition=choice.edition,
        defaults={"rank": choice.subject.rank, "pace": choice.pace},
    )
    _note(subscriber, Deed.SUBSCRIBED, told, subject=row.subject, channel=choice.channel)
    return row


@transaction.atomic
def set_pace(
    *,
    by: Account | None,
    subscription: Subscription,
    pace: Pace,
    told: Told = Told(),
) -> None:
    """Have somebody hear of what they follow more or less often. Records: SubscriberChanged."""
    subscription.pace = pace
    subscription.save(update_fields=["pace"])
    _note(subscription.subscriber, Deed.CHANGED, told, subject=subscription.subject)


@transaction.atomic
def unfollow(
    *,
    by: Account | None,
    subscriber: Subscriber,
    subject: str,
    edition: Edition | None = None,
    told: Told = Told(),
) -> bool:
    """Have somebody follow something no more, by any channel, and say whether they did.

    It ends in one edition, or in all of them where none is given.

    Records: SubscriberChanged, if so.
    """
    rows = Subscription.objects.filter(subscriber=subscriber, subject=subject)
    gone, _ = (rows.filter(edition=edition) if edition else rows).delete()
    if gone:
        _note(subscriber, Deed.LEFT_ONE, told, subject=subject)
    return bool(gone)


@transaction.atomic
def leave(*, by: Account | None, subscriber: Subscriber, told: Told = Told()) -> None:
    """Have somebody follow nothing, and write to them no more.

    Their row stays, so that no import writes to them again.

    Records: SubscriberChanged, SubscriberStopped.
    """
    Subscription.objects.filter(subscriber=subscriber).delete()
    _note(subscriber, Deed.LEFT, told)
    stop_subscriber(by=by, subscriber=subscriber, how=Stop.LEFT)


@transaction.atomic
def renew_feed(*, by: Account | None, subscriber: Subscriber) -> None:
    """Put somebody's feed at another address; the one it had leads nowhere from now on.

    Records: SubscriberChanged.
    """
    for one in (subscriber, *subscriber.merged.all()):
        one.feed_key = new_secret()
        one.save(update_fields=["feed_key"])
    record(SubscriberChanged(edition="", subscriber=subscriber.pk))


@transaction.atomic
def note_deed(*, by: Account | None, subscriber: Subscriber, deed: Deed, told: Told) -> None:
    """Note what somebody agreed to or ended. Records: SubscriberChanged."""
    _note(subscriber, deed, told)


def _note(
    subscriber: Subscriber, deed: Deed, told: Told, *, subject: str = "", channel: str = ""
) -> None:
    Consent.objects.create(
        subscriber=subscriber,
        deed=deed,
        subject=subject,
        channel=channel,
        words=told.words,
        page=told.page[:500],
        address=told.address,
    )
    record(SubscriberChanged(edition="", subscriber=subscriber.pk))
