"""An issue on its way: it waits for its time, can be called back, leaves, and is taken back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dateline.common import clock
from dateline.people.models import Account
from dateline.subscriptions.actions.newsletters import fill_part, note_issue
from dateline.subscriptions.actions.plan import Plan, plan_sending
from dateline.subscriptions.actions.stop import resume_sending, stop_sending
from dateline.subscriptions.actions.trials import begin_trial
from dateline.subscriptions.enums import OUT_OF_SIGHT, Cause, Thing
from dateline.subscriptions.errors import IssueChangedMeanwhile, IssueRefused
from dateline.subscriptions.models import Issue, IssueStory, Sending
from dateline.subscriptions.newsletter_entries import (
    IssueCalledBack,
    IssueScheduled,
    IssueSent,
)
from dateline.subscriptions.newsletter_queries import hidden_in, what_it_lacks
from dateline.subscriptions.newsletter_rules import local_moments, wall_clock_text
from dateline.subscriptions.queries import zones_in_use


@transaction.atomic
def schedule_issue(
    *,
    by: Account | None,
    issue: Issue,
    at: datetime | None = None,
    is_local: bool = False,
    seen: str = "",
) -> Issue:
    """Have an issue leave at a time, or as soon as the time to call it back is over.

    `is_local` means that hour by each reader's own clock; `seen` is the version that somebody
    looked at before, if known.

    Records: IssueScheduled.

    Raises:
        IssueRefused: it is on its way, has no subject or nothing in it, or its newsletter ended.
        IssueChangedMeanwhile: it is another version now.
    """
    row = _locked(issue)
    _check(row)
    if seen not in {"", row.version}:
        raise IssueChangedMeanwhile
    earliest = clock.now() + timedelta(seconds=settings.DATELINE.letter_undo_seconds)
    zone = ZoneInfo(row.newsletter.edition.timezone)
    row.wall_clock = wall_clock_text(at.astimezone(zone)) if at and is_local else ""
    moments = _moments(row) if row.wall_clock else [at or earliest]
    row.due_at, row.sent_by, row.why = max(min(moments), earliest), by, ""
    row.save(update_fields=["due_at", "wall_clock", "sent_by", "why"])
    note_issue(row, IssueScheduled)
    return row


def _check(row: Issue) -> None:
    if not row.is_draft:
        raise IssueRefused(why=_("it is on its way already."))
    if lack := what_it_lacks(row):
        raise IssueRefused(why=lack)


def _moments(row: Issue) -> Collection[datetime]:
    """Return when the clocks that readers live by show the hour an issue is to leave at."""
    return local_moments(row.wall_clock, zones_in_use()).values()


@transaction.atomic
def call_back(*, by: Account | None, issue: Issue, why: Cause = Cause.CALLED_BACK) -> bool:
    """Have an issue stay here: all of it while it waits, what has not left yet after that.

    Says whether it is a draft again.

    Records: IssueCalledBack, or SendingStopped.
    """
    row = _locked(issue)
    if row.is_waiting:
        row.due_at, row.wall_clock, row.why = None, "", why
        row.save(update_fields=["due_at", "wall_clock", "why"])
        note_issue(row, IssueCalledBack, why=why)
        return True
    if row.sending is not None:
        stop_sending(by=by, sending=row.sending, why=why)
    return row.is_draft


@transaction.atomic
def release_issue(
    *, by: Account | None, issue: Issue, stories: Mapping[int, Sequence[int]]
) -> Sending | None:
    """Have an issue leave whose time has come; None where it stays.

    Everybody gets the same: what fills itself is fixed now. It stays, as a draft, if readers may
    not see a story that was chosen for it, or if nothing stands in it.

    Shape: `stories` are those of each part, by the part's number.

    Records: IssueSent and SendingPlanned, or IssueCalledBack.
    """
    row = _locked(issue)
    now = clock.now()
    if not row.is_waiting or (row.due_at or now) > now:
        return None
    hindrance = _hindrance(row, stories, now)
    if hindrance is not None:
        call_back(by=by, issue=row, why=hindrance)
        return None
    for part in row.parts.all():
        fill_part(part, stories.get(part.pk, ()))
    row.sent_at, row.sending = now, plan_sending(by=by, plan=_plan(row, now))
    row.save(update_fields=["sent_at", "sending"])
    begin_trial(by=by, issue=row, now=now)
    note_issue(row, IssueSent)
    return row.sending


def _hindrance(row: Issue, stories: Mapping[int, Sequence[int]], now: datetime) -> Cause | None:
    if hidden_in(row, now):
        return Cause.HIDDEN
    return None if row.intro or any(stories.values()) else Cause.EMPTY


def _plan(row: Issue, now: datetime) -> Plan:
    return Plan(
        key=f"issue:{row.pk}",
        thing=Thing.NEWSLETTER,
        edition=row.newsletter.edition,
        subjects=(str(row.newsletter.subject),),
        title=row.title,
        thing_number=row.pk,
        since=now,
        wall_clock=row.wall_clock,
    )


@transaction.atomic
def withdraw_from_issue(*, by: Account | None, issue: Issue) -> None:
    """Note that readers may not see a story in an issue any more.

    One that waits is a draft again; the page of one that left shows its words no more. What has not
    left yet is stopped as all that goes out with the story.

    Records: IssueCalledBack, or IssueChanged for the page.
    """
    if issue.is_waiting:
        call_back(by=by, issue=issue, why=Cause.HIDDEN)
    elif issue.sent_at is not None:
        note_issue(issue)


@transaction.atomic
def clear_issue(*, by: Account | None, issue: Issue) -> Issue:
    """Have an issue go on without the stories that readers may not see: its words were looked at.

    Records: IssueChanged, and SendingPlanned where it was stopped for them.
    """
    row = _locked(issue)
    hidden = hidden_in(row, clock.now())
    IssueStory.objects.filter(part__issue=row, story__in=hidden).update(is_left_out=True)
    sending = row.sending
    if sending is not None and sending.was_stopped_for(*OUT_OF_SIGHT):
        resume_sending(by=by, sending=sending)
    note_issue(row)
    return row


@transaction.atomic
def shelve_issue(*, by: Account | None, issue: Issue, at: datetime) -> Issue:
    """Put an issue on the site that left elsewhere, or before this house: nobody is written to.

    Records: IssueSent.
    """
    row = _locked(issue)
    row.sent_at = at
    row.save(update_fields=["sent_at"])
    note_issue(row, IssueSent)
    return row


def _locked(issue: Issue) -> Issue:
    rows = Issue.objects.select_for_update(of=("self",))
    return rows.select_related("newsletter__edition", "sending__edition").get(pk=issue.pk)
