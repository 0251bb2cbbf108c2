"""What came back of a letter: its line of the ledger says so, and nobody is bothered in vain."""

from django.db import transaction

from dateline.common import clock
from dateline.people.models import Account
from dateline.standards.bounces.reports import Report
from dateline.standards.bounces.status import Verdict
from dateline.subscriptions.actions.standing import note_soft_bounce, stop_subscriber
from dateline.subscriptions.enums import State, Stop
from dateline.subscriptions.models import Delivery
from dateline.subscriptions.queries import HAD

_STATES = {
    Verdict.HARD: State.BOUNCED,
    Verdict.SOFT: State.BOUNCED,
    Verdict.COMPLAINT: State.COMPLAINED,
    Verdict.DELIVERED: State.CONFIRMED,
}


@transaction.atomic
def note_report(*, by: Account | None, delivery: int, report: Report) -> bool:
    """Write down what a report says of a delivery, and say whether that was news.

    An address that takes no mail, and somebody who complained, are not written to again. What may
    pass counts. A report that comes twice, or about what never left, changes nothing.

    Records: SubscriberStopped, where it comes to that.
    """
    state = _STATES.get(report.verdict)
    open_to_change = set(HAD) - ({state} if state else set())
    rows = Delivery.objects.filter(pk=delivery, state__in=open_to_change)
    if state == State.CONFIRMED:
        rows = rows.exclude(state=State.COMPLAINED)
    if state is None or not rows.update(
        state=state,
        cause=(report.status or report.words.partition(" ")[0])[:60],
        answer=report.words[:500],
        settled_at=clock.now(),
    ):
        return False
    who = Delivery.objects.select_related("subscriber").get(pk=delivery).subscriber
    if report.verdict is Verdict.HARD:
        stop_subscriber(by=by, subscriber=who, how=Stop.BOUNCED)
    elif report.verdict is Verdict.COMPLAINT:
        stop_subscriber(by=by, subscriber=who, how=Stop.COMPLAINED)
    elif report.verdict is Verdict.SOFT:
        note_soft_bounce(by=by, subscriber=who)
    return True
