"""Finding lines of the ledger: how a sending fares, and what one subscriber was sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from dateline.subscriptions.causes import in_words, may_go_again
from dateline.subscriptions.enums import Cause, Channel, Stage, Standing, State, Thing
from dateline.subscriptions.models import Consent, Delivery, Sending, Subscriber
from dateline.subscriptions.queries import taken_back

_FAILED = (State.BOUNCED, State.SKIPPED, State.COMPLAINED, State.UNCERTAIN, State.PLANNED)


@dataclass(frozen=True, slots=True)
class Failure:
    """What did not arrive of a sending, or waits, for one cause by one channel.

    Shape: `again` is how many of them may be sent again.
    """

    state: State
    channel: Channel
    cause: str
    count: int
    again: int

    @property
    def words(self) -> str:
        """Return the cause as it is told."""
        return in_words(self.cause, self.channel)

    @property
    def answered(self) -> str:
        """Return the code by which another server answered; empty where the cause is our own."""
        return "" if self.cause in Cause.values else self.cause


def latest_sendings() -> QuerySet[Sending]:
    """Return what went out to many, newest first."""
    rows = Sending.objects.exclude(thing=Thing.REPLY).select_related("edition")
    return rows.order_by("-pk")


def states_of(sendings: Iterable[Sending]) -> dict[int, dict[str, int]]:
    """Return how many deliveries of each of some sendings are in each state, in one question."""
    found: dict[int, dict[str, int]] = {one.pk: dict(one.folded) for one in sendings}
    rows = Delivery.objects.filter(sending__in=list(found)).order_by()
    for sending, state, count in rows.values_list("sending", "state").annotate(count=Count("pk")):
        found[sending][state] = found[sending].get(state, 0) + count
    return found


def failures_of(sending: Sending, now: datetime) -> list[Failure]:
    """Return what did not arrive of a sending, by channel and cause, the most frequent first."""
    rows = Delivery.objects.filter(sending=sending, state__in=_FAILED).exclude(cause="").order_by()
    counted = rows.values_list("state", "channel", "cause").annotate(
        count=Count("pk"), again=Count("pk", filter=is_written_to(now))
    )
    can_go = may_be_repeated(sending)
    found = []
    for state, channel, cause, count, reachable in counted:
        again = reachable if can_go and may_go_again(state, cause) else 0
        found.append(Failure(State(state), Channel(channel), cause, count, again))
    return sorted(found, key=lambda one: (-one.count, one.cause, one.channel))


def is_written_to(now: datetime) -> Q:
    """Return which deliveries are to somebody who is written to now; see `Subscriber`."""
    is_over = Q(subscriber__standing=Standing.PAUSED, subscriber__paused_until__lte=now)
    is_active = Q(subscriber__standing=Standing.ACTIVE) | is_over
    return is_active & Q(subscriber__merged_into__isnull=True)


def may_be_repeated(sending: Sending) -> bool:
    """Say whether what failed of a sending may be sent again: nobody stopped or withdrew it."""
    return sending.stage != Stage.STOPPED and not taken_back([sending])


def recipients_of(
    sending: Sending, *, state: str, channel: str = "", cause: str = ""
) -> QuerySet[Delivery]:
    """Return the deliveries of a sending in a state, of one channel and cause or of all."""
    asked = {name: value for name, value in (("channel", channel), ("cause", cause)) if value}
    rows = Delivery.objects.filter(sending=sending, state=state, **asked)
    return rows.select_related("subscriber").order_by("-pk")


def settled_since(sending: Sending, since: datetime) -> int:
    """Return how many deliveries of a sending were settled since an instant."""
    rows = Delivery.objects.filter(sending=sending, settled_at__gte=since)
    return rows.exclude(settled_at=F("planned_at")).count()


def deliveries_of(subscriber: Subscriber) -> QuerySet[Delivery]:
    """Return what somebody was sent by any channel, or was not and why, newest first.

    What they were sent as somebody else, before two of ours turned out to be one, is among it.
    """
    merged = Subscriber.objects.filter(merged_into=subscriber).values_list("pk", flat=True)
    rows = Delivery.objects.filter(subscriber__in=[subscriber.pk, *merged])
    return rows.select_related("sending__edition").order_by("-pk")


def consents_of(subscriber: Subscriber) -> QuerySet[Consent]:
    """Return what somebody agreed to or ended, the last first."""
    return Consent.objects.filter(subscriber=subscriber).order_by("-pk")
