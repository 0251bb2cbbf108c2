"""What a subscriber follows: added, paced, left; each change with the words it was made in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from dateline.common import clock
from dateline.common.keys import new_secret
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.subscriptions.actions.standing import resume_subscriber, stop_subscriber
from dateline.subscriptions.entries import SubscriberChanged
from dateline.subscriptions.enums import Channel, Deed, Pace, Standing, Stop
from dateline.subscriptions.errors import SubjectUnknown
from dateline.subscriptions.models import Consent, Subscriber, Subscription
from dateline.subscriptions.rules import Subject, without_secret
from dateline.topics.models import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """In which words something was asked for, on which page, and from which network address.

    Shape: `language` is that of the words; `file` is the list that tells of it, and `at` when it
        was by what that says.
    """

    words: str = ""
    page: str = ""
    address: str = ""
    language: str = ""
    file: str = ""
    at: datetime | None = None


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
    note_deed(by=by, subscriber=subscriber, deed=Deed.SUBSCRIBED, told=told, of=[row])
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
    who = subscription.subscriber
    note_deed(by=by, subscriber=who, deed=Deed.CHANGED, told=told, of=[subscription])


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
    gone = taken_away(rows.filter(edition=edition) if edition else rows)
    if gone:
        note_deed(by=by, subscriber=subscriber, deed=Deed.LEFT_ONE, told=told, of=gone)
    return bool(gone)


def taken_away(rows: QuerySet[Subscription]) -> list[Subscription]:
    """Delete some follows and return those that were there: whoever comes second finds none."""
    found = list(rows.select_for_update(of=("self",)).select_related("edition").order_by("pk"))
    Subscription.objects.filter(pk__in=[one.pk for one in found]).delete()
    return found


@transaction.atomic
def leave(
    *, by: Account | None, subscriber: Subscriber, told: Told = Told(), how: Stop = Stop.LEFT
) -> None:
    """Have somebody follow nothing, and write to them no more.

    Their row stays, so that no import writes to them again.

    Records: SubscriberChanged, SubscriberStopped.
    """
    gone = taken_away(Subscription.objects.filter(subscriber=subscriber))
    note_deed(by=by, subscriber=subscriber, deed=Deed.LEFT, told=told, of=gone)
    stop_subscriber(by=by, subscriber=subscriber, how=how, at=told.at)


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
def note_deed(
    *,
    by: Account | None,
    subscriber: Subscriber,
    deed: Deed,
    told: Told,
    of: Sequence[Subscription] = (),
) -> None:
    """Note what somebody agreed to or ended: a line for each choice, or one about everything.

    Records: SubscriberChanged.
    """
    Consent.objects.bulk_create(consent_to(subscriber, deed, told, one) for one in (of or (None,)))
    record(SubscriberChanged(edition="", subscriber=subscriber.pk))


def consent_to(who: Subscriber, deed: Deed, told: Told, of: Subscription | None) -> Consent:
    """Return a line of consent to one choice, or about everything; it is not stored yet."""
    return Consent(
        subscriber=who,
        deed=deed,
        subject=of.subject if of else "",
        channel=of.channel if of else "",
        edition=of.edition.code if of else "",
        pace=of.pace if of else "",
        words=told.words,
        language=told.language,
        page=without_secret(told.page)[:500],
        address=told.address[:45],
        file=told.file[:200],
        at=told.at or clock.now(),
    )
