"""Trying two subjects: begun, counted, decided.

That a letter was opened is a mark of bookkeeping, as a line of the ledger is: it is no entry, holds
neither time nor place, and is gone with the decision.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from dateline.common import clock
from dateline.people.models import Account
from dateline.subscriptions.actions.follow import Told, note_deed
from dateline.subscriptions.actions.newsletters import note_issue
from dateline.subscriptions.enums import Deed, Variant
from dateline.subscriptions.models import Delivery, Issue, Opening, Subscriber, Trial
from dateline.subscriptions.newsletter_entries import IssueDecided
from dateline.subscriptions.queries import MAY_COME
from dateline.subscriptions.trial_queries import figures_now, trial_of
from dateline.subscriptions.trial_rules import judged


@transaction.atomic
def begin_trial(*, by: Account | None, issue: Issue, now: datetime) -> None:
    """Have both subjects of an issue that leaves now be tried, where opens are counted."""
    trial = trial_of(issue)
    if trial is not None and settings.DATELINE.counts_opens:
        trial.decides_at = now + timedelta(hours=trial.hours)
        trial.save(update_fields=["decides_at"])


@transaction.atomic
def decide_trial(*, by: Account | None, trial: Trial) -> None:
    """Decide a trial whose time has come: the rest gets the subject that more opened.

    The figures stay, and whose letters were opened is forgotten. Done twice, it is done once.

    Records: IssueDecided.
    """
    row = Trial.objects.select_for_update(of=("self",)).get(pk=trial.pk)
    now = clock.now()
    if not row.is_running or (row.decides_at or now) > now:
        return
    issue = Issue.objects.select_related("newsletter__edition").get(pk=row.issue_id)
    figures = figures_now(row)
    first, second = figures[Variant.FIRST], figures[Variant.SECOND]
    row.won, row.verdict = judged(first, second)
    row.first_sent, row.first_opened = first.sent, first.opened
    row.second_sent, row.second_opened = second.sent, second.opened
    row.decided_at = now
    row.save()
    # Also of those who were drawn and whose own hour has not come.
    rest = Delivery.objects.filter(sending=issue.sending_id).exclude(state__in=MAY_COME)
    rest.update(variant=row.won)
    Opening.objects.filter(delivery__sending=issue.sending_id).delete()
    note_issue(issue, IssueDecided, won=row.won, verdict=row.verdict)


def note_opening(*, by: Account | None, delivery: int) -> bool:
    """Mark that a letter of a running trial was opened, once, and say whether it counts."""
    counted = Delivery.objects.filter(
        pk=delivery,
        state__in=MAY_COME,
        subscriber__is_counted=True,
        sending__issue__trial__decides_at__isnull=False,
        sending__issue__trial__decided_at__isnull=True,
    )
    if not settings.DATELINE.counts_opens or not counted.exclude(variant="").exists():
        return False
    Opening.objects.bulk_create([Opening(delivery_id=delivery)], ignore_conflicts=True)
    return True


@transaction.atomic
def set_counting(
    *, by: Account | None, subscriber: Subscriber, is_counted: bool, told: Told
) -> None:
    """Have a subscriber's letters be counted, or not any more; marks of theirs are forgotten then.

    Records: SubscriberChanged.
    """
    subscriber.is_counted = is_counted
    subscriber.save(update_fields=["is_counted"])
    if not is_counted:
        Opening.objects.filter(delivery__subscriber=subscriber).delete()
    note_deed(by=by, subscriber=subscriber, deed=Deed.CHANGED, told=told)
