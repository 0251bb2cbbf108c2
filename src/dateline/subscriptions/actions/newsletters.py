"""Making newsletters and composing their issues."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dateline.common import clock
from dateline.common.html import Markup, clean
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.subscriptions.enums import Source
from dateline.subscriptions.errors import IssueChangedMeanwhile, IssueRefused
from dateline.subscriptions.models import Issue, IssuePart, IssueStory, Newsletter, Trial
from dateline.subscriptions.newsletter_entries import IssueChanged, IssueEntry, NewsletterChanged
from dateline.subscriptions.newsletter_queries import parts_of
from dateline.subscriptions.newsletter_rules import MOST_PARTS, IssueCopy, PartCopy
from dateline.subscriptions.trial_rules import LEAST_SHARE, MOST_HOURS, MOST_SHARE


@transaction.atomic
def save_newsletter(*, by: Account | None, newsletter: Newsletter) -> Newsletter:
    """Store a newsletter. Records: NewsletterChanged.

    Raises:
        ValidationError: it has no title, or another one has its address.
    """
    newsletter.full_clean()
    newsletter.save()
    record(NewsletterChanged(edition=newsletter.edition.code, newsletter=newsletter.pk))
    return newsletter


@transaction.atomic
def begin_issue(*, by: Account | None, newsletter: Newsletter, like: Issue | None = None) -> Issue:
    """Begin an issue of a newsletter, with the parts of another one and none of its words.

    Records: IssueChanged.
    """
    issue = Issue.objects.create(newsletter=newsletter, made_by=by)
    if like is not None:
        _store_parts(issue, [_emptied(part) for part in like.parts.all()])
    note_issue(issue)
    return issue


def _emptied(part: IssuePart) -> PartCopy:
    return PartCopy(
        heading=part.heading, source=Source(part.source), section=part.section_id, most=part.most
    )


@transaction.atomic
def compose_issue(*, by: Account | None, issue: Issue, copy: IssueCopy, began: str = "") -> Issue:
    """Have a draft say something else; `began` is the version that somebody changed, if known.

    Of what has left only the words can change, on the site and in letters yet to leave: everybody
    has its stories.

    Records: IssueChanged.

    Raises:
        IssueRefused: it waits for its time, or has a second subject where no opens are counted.
        IssueChangedMeanwhile: it is another version now, and does not say the same already.
    """
    row = Issue.objects.select_for_update().select_related("newsletter__edition").get(pk=issue.pk)
    if row.is_waiting:
        raise IssueRefused(why=_("it waits for its time. Call it back first."))
    version, before = row.version, _said(row)
    row.changed_at, row.changed_by = clock.now(), by
    _store_words(row, copy)
    if row.sent_at is None:
        row.parts.all().delete()
        _store_parts(row, copy.parts[:MOST_PARTS])
        _store_trial(row, copy)
    if began not in {"", version} and _said(row) != before:
        raise IssueChangedMeanwhile
    note_issue(row)
    return row


def _said(issue: Issue) -> tuple[Any, ...]:
    """Return all that can be composed of an issue, as it is stored."""
    words = (issue.title, issue.preheader, issue.intro, issue.sponsor, issue.sponsor_url)
    trial = Trial.objects.filter(issue=issue).values_list("title", "share", "hours").first()
    return (*words, trial, parts_of(issue))


def _store_words(issue: Issue, copy: IssueCopy) -> None:
    issue.title = " ".join(copy.title.split())
    issue.preheader = " ".join(copy.preheader.split())
    issue.intro = clean(Markup.BLOCK, copy.intro)
    issue.sponsor = " ".join(copy.sponsor.split())
    issue.sponsor_url = copy.sponsor_url
    issue.save()


def _store_trial(issue: Issue, copy: IssueCopy) -> None:
    title = " ".join(copy.second_title.split())
    if not title:
        Trial.objects.filter(issue=issue).delete()
        return
    if not settings.DATELINE.counts_opens:
        raise IssueRefused(why=_("two subjects can be tried only where opens are counted."))
    share = min(max(copy.share, LEAST_SHARE), MOST_SHARE)
    hours = min(max(copy.hours, 1), MOST_HOURS)
    Trial.objects.update_or_create(
        issue=issue, defaults={"title": title, "share": share, "hours": hours}
    )


def _store_parts(issue: Issue, parts: Sequence[PartCopy]) -> None:
    for position, copy in enumerate(parts):
        part = IssuePart.objects.create(
            issue=issue,
            position=position,
            heading=" ".join(copy.heading.split()),
            source=copy.source,
            section_id=copy.section,
            most=copy.most,
        )
        fill_part(part, copy.stories)


def fill_part(part: IssuePart, stories: Sequence[int]) -> None:
    """Have exactly these stories stand in a part, in their order."""
    part.stories.all().delete()
    IssueStory.objects.bulk_create(
        IssueStory(part=part, position=position, story_id=number)
        for position, number in enumerate(stories)
    )


def note_issue(issue: Issue, kind: type[IssueEntry] = IssueChanged, **said: Any) -> None:
    """Record what happened to an issue."""
    newsletter = issue.newsletter
    code = newsletter.edition.code
    record(kind(edition=code, newsletter=newsletter.pk, issue=issue.pk, **said))
