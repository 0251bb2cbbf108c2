"""The post: what is planned leaves the house, by one carrier for each channel.

A runner gives each carrier a thread of its own, so that a slow mail server holds up neither the
effects nor the other channels. Several machines may do so at once: what one has taken, no other
gets.
"""

import socket
from collections.abc import Iterable, Iterator, Sequence
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
from dateline.subscriptions.actions.stop import WITHDRAWN
from dateline.subscriptions.enums import Stage, State, Thing
from dateline.subscriptions.models import Delivery
from dateline.subscriptions.queries import has_due, open_sendings, still_followed
from dateline.subscriptions.rules import Outcome

LEFT = "left"
"""The cause of what was skipped since its recipient left, or left that, after it was planned."""
_SHOWS_STORY = {Thing.STORY, Thing.LIVE}


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
    """Sees to one channel: writes down recipients, takes what is due, has it carried, settles."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier
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
        kept = list(_kept_back(taken))
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


def _kept_back(taken: Sequence[Delivery]) -> Iterator[Outcome]:
    """Yield outcomes of what must not leave, now that it is about to."""
    now = clock.now()
    shown = [one.sending.story or 0 for one in taken if one.sending.thing in _SHOWS_STORY]
    seen = set(visible(now).filter(pk__in=set(shown)).values_list("pk", flat=True))
    followed = still_followed(taken)
    for one in taken:
        sending = one.sending
        is_gone = sending.thing in _SHOWS_STORY and sending.story not in seen
        if is_gone or sending.stage == Stage.STOPPED:
            yield Outcome(one.pk, State.SKIPPED, WITHDRAWN)
        elif one.pk not in followed or not one.subscriber.is_written_to(now):
            yield Outcome(one.pk, State.SKIPPED, LEFT)


def _this_house() -> str:
    """Return what names this machine's runner, so that it knows what it left open in a crash."""
    place = f"{socket.gethostname()} {house.home()}"
    return blake2b(place.encode(), digest_size=12).hexdigest()
