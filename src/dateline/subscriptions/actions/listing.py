"""Taking in a list of subscribers: their choices and their consent, and nobody who had left."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
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


_CHANGE = frozenset({Fate.NEW, Fate.ADDED, Fate.KEPT_OUT, Fate.STOPPED})


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


Name = tuple[str, int]
"""Subject and number of the edition of what somebody follows by mail."""


@dataclass(frozen=True, slots=True)
class Here:
    """How an address stands here: whether it was stopped, since when it is known, what it gets."""

    is_stopped: bool
    since: datetime
    gets: frozenset[Name] = frozenset()


class Rehearsal(dict[str, Here]):
    """What a list would have made of the addresses that it has named, some hundred bytes each."""


def take_listed(
    *, by: Account | None, listed: Listed, order: ListOrder, rehearsal: Rehearsal | None = None
) -> Fate:
    """Take one line of a list, and say what became of it; a rehearsal only notes it for the next.

    Somebody who left here is not written to again, whatever a list says. Somebody who left there is
    not written to, unless they subscribed here since.

    Records: SubscriberChanged for a new one, new choices or one who left; SubscriberStopped.
    """
    known = subscriber_with_mail(listed.address)
    here = _here(known)
    if rehearsal is not None:
        here = rehearsal.get(listed.address.lower(), here)
    fate, missing = _fate(listed, order, here)
    if rehearsal is not None:
        if fate in _CHANGE:
            rehearsal[listed.address.lower()] = _after(listed, here, fate, missing)
    elif fate in {Fate.NEW, Fate.ADDED}:
        _follow(by, listed, known, missing, _told(listed, order))
    elif fate in {Fate.KEPT_OUT, Fate.STOPPED}:
        _keep_out(by, listed, known, order)
    return fate


def _here(known: Subscriber | None) -> Here | None:
    if known is None:
        return None
    rows = Subscription.objects.filter(subscriber=known, channel=Channel.MAIL)
    gets = frozenset(rows.values_list("subject", "edition"))
    return Here(known.standing == Standing.STOPPED, known.made_at, gets)


def _fate(listed: Listed, order: ListOrder, here: Here | None) -> tuple[Fate, list[Choice]]:
    """Return what becomes of a line, and what its reader gets by it."""
    if here is not None and here.is_stopped and listed.listed_as is not ListedAs.UNCONFIRMED:
        return Fate.LEFT_HERE, []
    if listed.listed_as in _STOPS:
        return _fate_of_one_who_left(listed, here), []
    if listed.listed_as is ListedAs.UNCONFIRMED:
        return Fate.UNCONFIRMED, []
    choices = list(_choices(listed, order))
    missing = [one for one in choices if here is None or _name(one) not in here.gets]
    if not missing:
        return (Fate.KNOWN if choices else Fate.NO_CHOICE), []
    return (Fate.NEW if here is None else Fate.ADDED), missing


def _fate_of_one_who_left(listed: Listed, here: Here | None) -> Fate:
    if here is None:
        return Fate.KEPT_OUT
    is_older = listed.left_at is None or listed.left_at < here.since
    return Fate.STAYS if is_older else Fate.STOPPED


def _after(listed: Listed, here: Here | None, fate: Fate, missing: list[Choice]) -> Here:
    since = here.since if here else listed.agreed_at or clock.now()
    if fate in {Fate.KEPT_OUT, Fate.STOPPED}:
        return Here(is_stopped=True, since=since)
    gets = here.gets if here else frozenset()
    return Here(is_stopped=False, since=since, gets=gets | set(map(_name, missing)))


def _name(choice: Choice) -> Name:
    return str(choice.subject), choice.edition.pk


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
    by: Account | None, listed: Listed, known: Subscriber | None, order: ListOrder
) -> None:
    how = _STOPS[listed.listed_as]
    who = known or _made(listed, order.edition)
    told = replace(_told(listed, order), words="", at=listed.left_at)
    if how is Stop.BOUNCED:
        stop_subscriber(by=by, subscriber=who, how=how, at=told.at)
    else:
        leave(by=by, subscriber=who, told=told, how=how)


def _made(listed: Listed, edition: Edition) -> Subscriber:
    made = Subscriber(mail=listed.address.lower(), edition=edition)
    made.made_at = listed.agreed_at or clock.now()
    made.save()
    return made


def _choices(listed: Listed, order: ListOrder) -> Iterator[Choice]:
    """Yield what a line asks for: our own choices, labels that stand for some, else the usual."""
    found = {_name(one): one for one in _named(listed.choices, order)}
    yield from (found or {_name(one): one for one in order.usual}).values()


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
