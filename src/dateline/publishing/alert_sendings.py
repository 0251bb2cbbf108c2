"""Alerts leave the house: to whoever follows breaking news, and back again if they were wrong."""

from collections.abc import Collection

from dateline.journal.entries import Recorded
from dateline.newsfeed.alert_queries import alerts_about
from dateline.newsfeed.entries import AlertEnded, AlertRaised, alert_subject
from dateline.newsfeed.enums import WRONG
from dateline.subscriptions.actions import Plan, plan_sending, retract, stop_sending
from dateline.subscriptions.enums import Cause, Thing
from dateline.subscriptions.models import Sending
from dateline.topics.queries import edition_by_code


def alert_sendings_after(recorded: Recorded) -> None:
    """Have an alert go out; when it ends keep what has not left, and take back what was wrong."""
    entry = recorded.entry
    if isinstance(entry, AlertRaised):
        _raise(entry)
    elif isinstance(entry, AlertEnded):
        _end(entry)


def alerts_bringing(stories: Collection[int]) -> dict[str, int]:
    """Return under which keys alerts of some stories go out, each with its story."""
    return {alert_subject(alert): story for alert, story in alerts_about(stories)}


def _raise(entry: AlertRaised) -> None:
    edition = edition_by_code(entry.edition)
    if edition is None:
        return
    plan = Plan(
        key=entry.subject,
        thing=Thing.ALERT,
        edition=edition,
        subjects=(f"breaking:{entry.edition}",),
        title=entry.headline,
        thing_number=entry.alert,
    )
    plan_sending(by=None, plan=plan)


def _end(entry: AlertEnded) -> None:
    sending = Sending.objects.filter(key=entry.subject).first()
    if sending is None:
        return
    stop_sending(by=None, sending=sending, why=Cause(entry.ended_as))
    if entry.ended_as in WRONG:
        retract(by=None, sending=sending)
