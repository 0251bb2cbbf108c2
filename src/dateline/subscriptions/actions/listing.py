"""Taking in a list of subscribers: their choices and their consent, and nobody who had left."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.db import transaction

from dateline.common import clock
from dateline.people.models import Account
from dateline.standards.subscribers.facts import Listed, ListedAs
from dateline.subscriptions.actions.follow import Choice, Told, leave, note_deed
from dateline.subscriptions.actions.standing import stop_subscriber
from dateline.subscriptions.enums import Channel, Deed, Pace, Standing, Stop
from dateline.subscriptions.models import Subscriber, Subscription
from dateline.subscriptions.naming import subject_named
from dateline.subscriptions.queries import subscriber_with_mail
from dateline.topics.models import Edition
from dateline.topics.queries import edition_by_code

_STOPS = {
    ListedAs.LEFT: Stop.LEFT,
    ListedAs.BOUNCED: Stop.BOUNCED,
    ListedAs.COMPLAINED: Stop.COMPLAINED,
}


class Fate(StrEnum):
    """What becomes of one line of a list."""

    NEW = "new"
    ADDED = "more choices"
    KNOWN = "known already"
    NO_CHOICE = "nothing to follow"
    LEFT_HERE = "left here before"
    UNCONFIRMED = "never confirmed"
    KEPT_OUT = "left there, not written to"
    STOPPED = "left there, stopped here"
    STAYS = "left there, then subscribed here"


@dataclass(frozen=True, slots=True)
class ListOrder:
    """Where a list goes.

    Shape: `edition` is that of whoever names none; `usual` is followed by those without choices of
        ours; `labels` maps a label of another system, in lower case, to what it stands for here.
        `file` is the list's name, which stands in each consent.
    """

    edition: Edition
    file: str = ""
    usual: tuple[Choice, ...] = ()
    labels: Mapping[str, Choice] = field(default_factory=dict)


def take_listed(
    *, by: Account | None, listed: Listed, order: ListOrder, rehearsal: bool = False
) -> Fate:
    """Take one line of a list, and say what became of it; a rehearsal writes nothing.

    Somebody who left here is not written to again, whatever a list says. Somebody who left there is
    not written to, unless they subscribed here since.

    Records: SubscriberChanged for a new one or new choices; SubscriberStopped.
    """
    known = subscriber_with_mail(listed.address)
    if listed.listed_as in _STOPS:
        return _keep_out(by, listed, known, order, rehearsal=rehearsal)
    if listed.listed_as is ListedAs.UNCONFIRMED:
        return Fate.UNCONFIRMED
    if known is not None and known.standing == Standing.STOPPED:
        return Fate.LEFT_HERE
    choices = list(_choices(listed, order))
    missing = [one for one in choices if known is None or not _has(known, one)]
    if not missing:
        return Fate.KNOWN if choices else Fate.NO_CHOICE
    if not rehearsal:
        _follow(by, listed, known, missing, _told(listed, order))
    return Fate.ADDED if known else Fate.NEW


def _told(listed: Listed, order: ListOrder) -> Told:
    return Told(
        words=listed.words,
        page=listed.agreed_from,
        address=listed.agreed_ip,
        language=listed.language,
        file=order.file,
        at=listed.agreed_at,
    )


@transaction.atomic
def _follow(
    by: Account | None, listed: Listed, known: Subscriber | None, choices: list[Choice], told: Told
) -> None:
    who = known or _made(listed, choices[0].edition)
    rows = [
        Subscription(
            subscriber=who,
            subject=str(one.subject),
            rank=one.subject.rank,
            channel=one.channel,
            pace=one.pace,
            edition=one.edition,
        )
        for one in choices
    ]
    Subscription.objects.bulk_create(rows)
    note_deed(by=by, subscriber=who, deed=Deed.IMPORTED, told=told, of=rows)


@transaction.atomic
def _keep_out(
    by: Account | None,
    listed: Listed,
    known: Subscriber | None,
    order: ListOrder,
    *,
    rehearsal: bool,
) -> Fate:
    how = _STOPS[listed.listed_as]
    if known is not None and known.standing == Standing.STOPPED:
        return Fate.LEFT_HERE
    if known is not None and (listed.left_at is None or listed.left_at < known.made_at):
        return Fate.STAYS
    if not rehearsal:
        who = known or _made(listed, order.edition)
        told = replace(_told(listed, order), words="", at=listed.left_at)
        if how is Stop.BOUNCED:
            stop_subscriber(by=by, subscriber=who, how=how, at=told.at)
        else:
            leave(by=by, subscriber=who, told=told, how=how)
    return Fate.STOPPED if known else Fate.KEPT_OUT


def _made(listed: Listed, edition: Edition) -> Subscriber:
    made = Subscriber(mail=listed.address.lower(), edition=edition)
    made.made_at = listed.agreed_at or clock.now()
    made.save()
    return made


def _has(known: Subscriber, choice: Choice) -> bool:
    rows = Subscription.objects.filter(subscriber=known, channel=choice.channel)
    return rows.filter(subject=str(choice.subject)).exists()


def _choices(listed: Listed, order: ListOrder) -> Iterator[Choice]:
    """Yield what a line asks for: our own choices, labels that stand for some, else the usual."""
    found = {str(one.subject): one for one in _named(listed.choices, order)}
    yield from (found or {str(one.subject): one for one in order.usual}).values()


def _named(words: Iterable[str], order: ListOrder) -> Iterator[Choice]:
    for word in words:
        parts = word.split()
        if word.lower() in order.labels:
            yield order.labels[word.lower()]
        elif len(parts) == 4 and parts[0] == Channel.MAIL and parts[1] in Pace.values:
            made = choice_named(parts[3], pace=parts[1], edition=edition_by_code(parts[2]))
            if made is not None:
                yield made


def choice_named(name: str, *, pace: str, edition: Edition | None) -> Choice | None:
    """Return a choice by the name of its subject in a file; None where there is no such thing."""
    subject = subject_named(name, edition) if edition else None
    if subject is None or edition is None:
        return None
    return Choice(subject=subject, edition=edition, channel=Channel.MAIL, pace=Pace(pace))
