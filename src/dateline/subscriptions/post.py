"""The post: what is planned leaves the house, by one carrier for each channel.

A runner gives each carrier a thread of its own, so that a slow mail server holds up neither the
effects nor the other channels. Several machines may do so at once: what one has taken, no other
gets.
"""

import socket
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Protocol

from dateline.common import clock, house
from dateline.stories.queries import visible
from dateline.subscriptions.actions import (
    close_sending,
    give_up_lost,
    settle,
    take,
    write_recipients,
)
from dateline.subscriptions.alert_queries import (
    AlertsOf,
    brought_by_alerts,
    no_alerts,
    told_by_another,
)
from dateline.subscriptions.enums import ABOUT_STORIES, Cause, Stage, State, Thing
from dateline.subscriptions.models import Delivery, Sending
from dateline.subscriptions.newsletter_queries import issues_in_sight
from dateline.subscriptions.queries import has_due, open_sendings, still_followed
from dateline.subscriptions.rules import Outcome, waits
from dateline.subscriptions.trial_queries import undecided

_SHOWS_STORY = frozenset(ABOUT_STORIES)
Sight = Callable[[Collection[int], datetime], Collection[int]]
"""Says which of some things, by the number a sending has of them, readers may see at an instant."""


class Carrier(Protocol):
    """One way out of the house.

    Shape: `window` is how many deliveries are under way at once: what a crash may leave uncertain.
    """

    channel: str
    window: int

    def is_open(self) -> bool:
        """Say whether anything can leave now; what is planned waits otherwise."""

    def carry(self, deliveries: Sequence[Delivery]) -> Iterable[Outcome]:
        """Hand over deliveries and say what became of each.

        One that is not spoken of, or all of them if this raises, becomes uncertain in time.
        """

    def close(self) -> None:
        """Give back connections: nothing is due for now."""


class Post:
    """Sees to one channel: writes down recipients, takes what is due, has it carried, settles.

    Shape: `sights` tell of what other rooms keep, such as alerts; stories are known here.
        `alerts_of` knows which alerts bring a story.
    """

    def __init__(
        self,
        carrier: Carrier,
        sights: Mapping[str, Sight] | None = None,
        alerts_of: AlertsOf = no_alerts,
    ) -> None:
        self.carrier = carrier
        self._sights = {Thing.NEWSLETTER: issues_in_sight, **(sights or {})}
        self._alerts_of = alerts_of
        self.name = f"post-{carrier.channel}"
        self._by = f"{carrier.channel} {_this_house()}"
        self._has_begun = False

    def work(self) -> int:
        """Do the next piece of work and return how much was done: nothing when all has left."""
        self._give_up_lost()
        done = _write_down()
        if self.carrier.is_open() and has_due(self.carrier.channel, clock.now()):
            done += self._carry()
        if not done:
            self.carrier.close()
        return done

    def _carry(self) -> int:
        taken = take(by=self._by, channel=self.carrier.channel, most=self.carrier.window)
        kept = list(_kept_back(taken, self._sights, self._alerts_of))
        settle(by=self._by, outcomes=kept)
        stays = {outcome.delivery for outcome in kept}
        leaving = [one for one in taken if one.pk not in stays]
        if leaving:
            # Carried to its end first: settling is a transaction, and carrying waits for others.
            settle(by=self._by, outcomes=list(self.carrier.carry(leaving)))
        return len(taken)

    def _give_up_lost(self) -> None:
        give_up_lost(by=self._by, is_new=not self._has_begun)
        self._has_begun = True


def _write_down() -> int:
    """Write down one window of recipients of each sending, and close those that are through."""
    written = 0
    for sending in open_sendings(clock.now()):
        if sending.stage == Stage.PLANNING:
            written += write_recipients(by=None, sending=sending) or 1
        else:
            close_sending(by=None, sending=sending)
    return written


def _kept_back(
    taken: Sequence[Delivery], sights: Mapping[str, Sight], alerts_of: AlertsOf
) -> Iterator[Outcome]:
    """Yield outcomes of what must not leave, now that it is about to."""
    now = clock.now()
    gone = _gone({one.sending_id: one.sending for one in taken}.values(), sights, now)
    followed = still_followed(taken)
    brought = brought_by_alerts(taken, alerts_of, now)
    told = told_by_another(taken)
    trials = undecided({one.sending_id: one.sending for one in taken}.values())
    for one in taken:
        cause = one.sending.why or Cause.WITHDRAWN if one.sending_id in gone else ""
        cause = cause or one.subscriber.why_silent(now)
        if cause or one.pk not in followed:
            yield Outcome(one.pk, State.SKIPPED, cause or Cause.LEFT)
        elif one.pk in told:
            yield Outcome(one.pk, State.SKIPPED, Cause.TOLD)
        elif one.pk in brought:
            yield brought[one.pk]
        elif not one.variant and one.sending_id in trials:
            yield waits(one.pk, Cause.TRIED, trials[one.sending_id], now)


def _gone(
    sendings: Collection[Sending], sights: Mapping[str, Sight], now: datetime
) -> frozenset[int]:
    """Return which sendings were stopped, or show what readers may not see now."""
    stories = {one.story or 0 for one in sendings if one.thing in _SHOWS_STORY}
    seen = set(visible(now).filter(pk__in=stories).values_list("pk", flat=True))
    gone = {one.pk for one in sendings if one.stage == Stage.STOPPED}
    gone |= {one.pk for one in sendings if one.thing in _SHOWS_STORY and one.story not in seen}
    for thing, sight in sights.items():
        numbers = {one.pk: one.thing_number or 0 for one in sendings if one.thing == thing}
        in_sight = sight(set(numbers.values()), now) if numbers else ()
        gone |= {sending for sending, number in numbers.items() if number not in in_sight}
    return frozenset(gone)


def _this_house() -> str:
    """Return what names this machine's runner, so that it knows what it left open in a crash."""
    place = f"{socket.gethostname()} {house.home()}"
    return blake2b(place.encode(), digest_size=12).hexdigest()
