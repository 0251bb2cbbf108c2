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
from dateline.subscriptions.models import Delivery, Issue, Opening, Sending, Subscriber, Trial
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

    The issue goes by that one from now on. The figures stay, and whose letters were opened is
    forgotten. Done twice, it is done once.

    Records: IssueDecided.
    """
    issues = Issue.objects.select_for_update(of=("self",)).select_related("newsletter__edition")
    issue = issues.get(trial=trial.pk)
    row, now = Trial.objects.get(pk=trial.pk), clock.now()
    if not row.is_running or (row.decides_at or now) > now:
        return
    _judge(row)
    if row.won == Variant.SECOND:
        _change_places(row, issue)
    row.decided_at = now
    row.save()
    # Also of those who were drawn and whose own hour has not come.
    rest = Delivery.objects.filter(sending=issue.sending_id).exclude(state__in=MAY_COME)
    rest.update(variant=row.won)
    Opening.objects.filter(delivery__sending=issue.sending_id).delete()
    note_issue(issue, IssueDecided, won=row.won, verdict=row.verdict)


def _judge(row: Trial) -> None:
    figures = figures_now(row)
    first, second = figures[Variant.FIRST], figures[Variant.SECOND]
    row.won, row.verdict = judged(first, second)
    row.first_sent, row.first_opened = first.sent, first.opened
    row.second_sent, row.second_opened = second.sent, second.opened


def _change_places(row: Trial, issue: Issue) -> None:
    """Have an issue go by its second subject, in the archive and the ledger too."""
    issue.title, row.title = row.title, issue.title
    issue.save(update_fields=["title"])
    Sending.objects.filter(issue=issue).update(title=issue.title)


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
