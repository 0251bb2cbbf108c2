"""What a subscriber follows: added, paced, left; each change with the words it was made in."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from dateline.common.keys import new_secret
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.readers.models import Reader
from dateline.subscriptions.actions.standing import resume_subscriber, stop_subscriber
from dateline.subscriptions.entries import SubscriberChanged
from dateline.subscriptions.enums import Channel, Deed, Pace, Standing, Stop
from dateline.subscriptions.errors import AddressTaken, SubjectUnknown
from dateline.subscriptions.models import Consent, Subscriber, Subscription
from dateline.subscriptions.queries import subscriber_with_mail
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
def subscriber_for(
    *, by: Account | None, mail: str, edition: Edition, reader: Reader | None = None
) -> Subscriber:
    """Return the subscriber with a mail address that was proved to be theirs, or make one.

    Records: SubscriberChanged for a new one, or one that is known to be a reader from now on.
    """
    mail = mail.lower()
    found, is_new = Subscriber.objects.get_or_create(mail=mail, defaults={"edition": edition})
    if reader is not None and found.reader_id != reader.pk:
        either = Q(subscriber=found) | Q(subscriber__reader=reader)
        Subscription.objects.filter(either, subject__startswith="replies:").delete()
        Subscriber.objects.filter(reader=reader).update(reader=None)
        found.reader = reader
        found.save(update_fields=["reader"])
        is_new = True
    if is_new:
        record(SubscriberChanged(edition="", subscriber=found.pk))
    return found


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
def move_subscriber(
    *,
    by: Account | None,
    subscriber: Subscriber,
    mail: str,
    told: Told = Told(),
) -> None:
    """Write to somebody at another address, which was proved to be theirs.

    An address that had left makes room; one that is written to is somebody else's.

    Records: SubscriberChanged.

    Raises:
        AddressTaken: another subscriber is written to there.
    """
    other = subscriber_with_mail(mail)
    if other is not None and other.pk != subscriber.pk:
        if other.standing != Standing.STOPPED:
            raise AddressTaken
        other.delete()
    subscriber.mail = mail.lower()
    subscriber.soft_bounces = 0
    subscriber.save(update_fields=["mail", "soft_bounces"])
    _note(subscriber, Deed.MOVED, told)


@transaction.atomic
def renew_feed(*, by: Account | None, subscriber: Subscriber) -> None:
    """Put somebody's feed at another address; the one it had leads nowhere from now on.

    Records: SubscriberChanged.
    """
    subscriber.feed_key = new_secret()
    subscriber.save(update_fields=["feed_key"])
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
