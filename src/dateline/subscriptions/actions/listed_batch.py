"""What some lines of a list change: noted line by line, stored by a few statements."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from dateline.common import clock
from dateline.journal.entries import Entry
from dateline.journal.record import record_all
from dateline.standards.subscribers.facts import Listed
from dateline.subscriptions.actions.follow import Choice, Told, consent_to, taken_away
from dateline.subscriptions.entries import SubscriberChanged, SubscriberStopped
from dateline.subscriptions.enums import Deed, Standing, Stop
from dateline.subscriptions.listing_rules import STOPS
from dateline.subscriptions.models import Consent, Subscriber, Subscription
from dateline.topics.models import Edition


@dataclass(slots=True)
class _Following:
    who: Subscriber
    rows: list[Subscription]
    told: Told


@dataclass(slots=True)
class _Leaving:
    """Shape: `rows` are the choices that end by it; those of an address that failed stay."""

    who: Subscriber
    how: Stop
    told: Told
    rows: list[Subscription] = field(default_factory=list)
    is_news: bool = False


@dataclass(slots=True)
class Batch:
    """The changes of some lines; whoever follows by one and leaves by another has done both.

    Shape: `people` are those who have an address of these lines; new ones are added.
    """

    people: dict[str, Subscriber]
    _new: list[Subscriber] = field(default_factory=list)
    _following: list[_Following] = field(default_factory=list)
    _leaving: list[_Leaving] = field(default_factory=list)

    def follow(self, listed: Listed, choices: Collection[Choice], told: Told) -> None:
        """Note what somebody follows from now on."""
        who = self._who(listed, next(iter(choices)).edition)
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
        self._following.append(_Following(who, rows, told))

    def stop(self, listed: Listed, edition: Edition, told: Told) -> None:
        """Note that somebody has left, or that their address takes no mail."""
        told = replace(told, words="", at=listed.left_at)
        how = STOPS[listed.listed_as]
        self._leaving.append(_Leaving(self._who(listed, edition), how, told))

    def _who(self, listed: Listed, edition: Edition) -> Subscriber:
        mail = listed.address.lower()
        if mail not in self.people:
            since = listed.agreed_at or clock.now()
            self.people[mail] = Subscriber(mail=mail, edition=edition, made_at=since)
            self._new.append(self.people[mail])
        return self.people[mail]

    def store(self) -> None:
        """Store it all, in the order in which others lock. Records: see `take_listed`."""
        for one in self._leaving:
            if one.who.pk is None:
                _stop(one.who, one)
                one.is_news = True
        Subscriber.objects.bulk_create(self._new)
        Subscription.objects.bulk_create(row for one in self._following for row in one.rows)
        self._end_choices()
        Consent.objects.bulk_create(self._consents())
        self._stop_known()
        record_all(list(self._entries()))

    def _end_choices(self) -> None:
        ending = {one.who.pk: one for one in self._leaving if one.how is not Stop.BOUNCED}
        rows = Subscription.objects.filter(subscriber__in=ending)
        for row in taken_away(rows) if ending else ():
            ending[row.subscriber_id].rows.append(row)

    def _consents(self) -> Iterator[Consent]:
        for one in self._following:
            for row in one.rows:
                yield consent_to(one.who, Deed.IMPORTED, one.told, row)
        for left in self._leaving:
            if left.how is not Stop.BOUNCED:
                for ended in left.rows or (None,):
                    yield consent_to(left.who, Deed.LEFT, left.told, ended)

    def _stop_known(self) -> None:
        """Stop those who were here before, but for whom somebody else stopped this moment."""
        leaving = {one.who.pk: one for one in self._leaving if not one.is_news}
        rows = Subscriber.objects.select_for_update(of=("self",)).filter(pk__in=leaving)
        stopping = list(rows.exclude(standing=Standing.STOPPED).order_by("pk")) if leaving else []
        for who in stopping:
            _stop(who, leaving[who.pk])
            leaving[who.pk].is_news = True
        Subscriber.objects.bulk_update(stopping, ["standing", "stopped_as", "stopped_at"])

    def _entries(self) -> Iterator[Entry]:
        for one in self._following:
            yield SubscriberChanged(edition="", subscriber=one.who.pk)
        for left in self._leaving:
            number = left.who.pk
            if left.how is not Stop.BOUNCED:
                yield SubscriberChanged(edition="", subscriber=number)
            if left.is_news:
                yield SubscriberStopped(edition="", subscriber=number, stopped_as=left.how)


def _stop(who: Subscriber, left: _Leaving) -> None:
    who.standing, who.stopped_as = Standing.STOPPED, left.how
    who.stopped_at = left.told.at or clock.now()
