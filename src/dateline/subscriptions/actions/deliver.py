"""The ledger while things leave the house: taken, handed over, settled.

Whoever carries by a channel calls `take`, hands over, and calls `settle`. What is taken is
`sending` in the ledger before anything leaves; if nobody settles it, it becomes `uncertain`.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from dateline.common import clock
from dateline.standards.text.clean import fold
from dateline.subscriptions.actions.standing import note_hard_bounce
from dateline.subscriptions.enums import Cause, State
from dateline.subscriptions.models import Delivery
from dateline.subscriptions.rules import Outcome, is_hard

LEASE = timedelta(minutes=5)
_MOST_ANSWER = 500


@transaction.atomic
def take(*, by: str, channel: str, most: int) -> list[Delivery]:
    """Take deliveries that are due, none of which anybody else is at, and mark them as being sent.

    Order: what has waited longest first. With each come its subscriber and its sending.
    """
    now = clock.now()
    due = Delivery.objects.filter(state=State.PLANNED, channel=channel, due_at__lte=now)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    numbers = list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:most])
    if not numbers:
        return []
    Delivery.objects.filter(pk__in=numbers).update(
        state=State.SENDING, leased_by=by, leased_until=now + LEASE
    )
    taken = Delivery.objects.filter(pk__in=numbers)
    # A window is of few sendings and editions: each is read once, not with every row.
    rows = taken.select_related("subscriber").order_by("pk")
    return list(rows.prefetch_related("subscriber__edition", "sending__edition"))


@transaction.atomic
def settle(*, by: str, outcomes: Iterable[Outcome]) -> int:
    """Write down what became of deliveries that `by` took, and return how many that were.

    One whose lease has run out meanwhile is written down too: what is known now is better than
    uncertain. An address that does not exist is not written to again.

    Records: SubscriberStopped for each such address.
    """
    now = clock.now()
    ordered = sorted(outcomes, key=_fate)
    settled = 0
    for (state, cause, answer, pause, counts), group in groupby(ordered, key=_fate):
        numbers = [outcome.delivery for outcome in group]
        settled += _taken(by, numbers).update(
            state=state,
            cause=cause,
            answer=fold(answer)[:_MOST_ANSWER],  # Others' words: PostgreSQL stores no zero byte.
            tries=F("tries") + (1 if counts else 0),
            due_at=now + pause,
            leased_until=None,
            settled_at=None if state == State.PLANNED else now,
        )
        if state == State.BOUNCED and is_hard(cause):
            note_hard_bounce(by=None, deliveries=numbers)
    return settled


def _fate(outcome: Outcome) -> tuple[str, str, str, timedelta, bool]:
    return (outcome.state, outcome.cause, outcome.answer, outcome.pause, outcome.counts)


def _taken(by: str, numbers: Sequence[int]) -> QuerySet[Delivery]:
    mine = Q(state=State.SENDING) | Q(state=State.UNCERTAIN, cause=Cause.INTERRUPTED)
    return Delivery.objects.filter(mine, pk__in=numbers, leased_by=by)


def give_up_lost(*, by: str, is_new: bool) -> int:
    """Mark as uncertain what nobody settled in time; return how many that were.

    A process that has just begun (`is_new`) knows that whatever stands under its name was left by
    one that is dead.
    """
    lost = Q(leased_until__lt=clock.now())
    if is_new:
        lost |= Q(leased_by=by)
    rows = Delivery.objects.filter(lost, state=State.SENDING)
    if not rows.exists():  # Writing locks the whole of a SQLite database.
        return 0
    return rows.update(state=State.UNCERTAIN, cause=Cause.INTERRUPTED, settled_at=clock.now())
