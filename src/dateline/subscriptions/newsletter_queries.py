"""Finding newsletters, their issues and the stories in them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
)
from django.utils.translation import gettext as _

from dateline.stories.queries import visible
from dateline.subscriptions.enums import Channel, Source, Stage, Standing
from dateline.subscriptions.models import (
    Consent,
    Issue,
    IssueStory,
    Newsletter,
    Sending,
    Subscription,
)
from dateline.subscriptions.newsletter_rules import IssueCopy, PartCopy
from dateline.topics.models import Edition


def newsletters_of(edition: Edition) -> QuerySet[Newsletter]:
    """Return an edition's newsletters that are offered to readers."""
    rows = Newsletter.objects.filter(edition=edition, is_active=True)
    return rows.select_related("edition").order_by("title", "pk")


def every_newsletter() -> QuerySet[Newsletter]:
    """Return all newsletters, those that readers are offered first, by edition and title."""
    rows = Newsletter.objects.select_related("edition")
    return rows.order_by("-is_active", "edition__position", "title", "pk")


def newsletter_at(edition: Edition, slug: str) -> Newsletter | None:
    """Return the newsletter at an address, offered or not; or None."""
    found = Newsletter.objects.filter(edition=edition, slug=slug)
    return found.select_related("edition").first()


def newsletter_by_number(number: int) -> Newsletter | None:
    """Return a newsletter, or None."""
    return Newsletter.objects.select_related("edition").filter(pk=number).first()


def past_issues(newsletter: Newsletter) -> QuerySet[Issue]:
    """Return the issues that left, newest first."""
    rows = Issue.objects.filter(newsletter=newsletter, sent_at__isnull=False)
    return rows.select_related("newsletter__edition").order_by("-sent_at", "-pk")


@dataclass(frozen=True, slots=True)
class PastIssues:
    """A page of the issues that left, newest first, and whether there are more on either side."""

    issues: tuple[Issue, ...]
    has_newer: bool
    has_older: bool


def past_page(
    newsletter: Newsletter,
    *,
    limit: int,
    before: tuple[datetime, int] | None = None,
    after: tuple[datetime, int] | None = None,
) -> PastIssues:
    """Return the issues next to a place on its older or newer side; the newest without one.

    Shape: a place is when an issue left, and its number. What is newer than a place and fits on
        one page is the newest page, so that this one alone shows it.
    """
    rows = past_issues(newsletter)
    if after is not None:
        at, number = after
        newer = rows.filter(Q(sent_at__gt=at) | Q(sent_at=at, pk__gt=number))
        found = list(newer.order_by("sent_at", "pk")[: limit + 1])
        if len(found) > limit:
            return PastIssues(tuple(reversed(found[:limit])), has_newer=True, has_older=True)
    elif before is not None:
        at, number = before
        rows = rows.filter(Q(sent_at__lt=at) | Q(sent_at=at, pk__lt=number))
    found = list(rows[: limit + 1])
    has_newer = before is not None and after is None
    return PastIssues(tuple(found[:limit]), has_newer=has_newer, has_older=len(found) > limit)


def issues_of(newsletter: Newsletter) -> QuerySet[Issue]:
    """Return all issues of a newsletter, drafts among them, newest first."""
    return Issue.objects.filter(newsletter=newsletter).select_related("sending").order_by("-pk")


def issues_for_desk(newsletters: Iterable[Newsletter], *, limit: int) -> dict[int, list[Issue]]:
    """Return the latest issues of each of some newsletters, what waits for its time first."""
    waits = Q(due_at__isnull=False, sent_at__isnull=True)
    found: dict[int, list[Issue]] = {}
    for one in newsletters:
        rows = issues_of(one).annotate(waits=ExpressionWrapper(waits, BooleanField()))
        found[one.pk] = list(rows.order_by("-waits", "-pk")[:limit])
    return found


def what_it_lacks(issue: Issue) -> str:
    """Return, as the end of a sentence, why an issue cannot be sent as it is; empty if it can."""
    if not issue.title:
        return _("it has no subject.")
    fills = ~Q(source=Source.CHOSEN) | Q(stories__isnull=False)
    if not (issue.intro or issue.parts.filter(fills).exists()):
        return _("there is nothing in it.")
    return "" if issue.newsletter.is_active else _("its newsletter is not offered any more.")


def issue_by_number(number: int) -> Issue | None:
    """Return an issue with its newsletter and its sending, or None."""
    rows = Issue.objects.select_related("newsletter__edition", "sending__edition")
    return rows.filter(pk=number).first()


def due_issues(now: datetime) -> list[Issue]:
    """Return the issues whose time has come; asked every second, so by index."""
    rows = Issue.objects.filter(sent_at__isnull=True, due_at__isnull=False, due_at__lte=now)
    return list(rows.select_related("newsletter__edition").order_by("due_at", "pk"))


def issue_of(sending: Sending) -> Issue | None:
    """Return the issue that a sending carries, or None."""
    rows = Issue.objects.select_related("newsletter__edition").filter(sending=sending)
    return rows.first()


def copy_of(issue: Issue) -> IssueCopy:
    """Return what was written of an issue, with its parts."""
    return IssueCopy(
        title=issue.title,
        preheader=issue.preheader,
        intro=issue.intro,
        sponsor=issue.sponsor,
        sponsor_url=issue.sponsor_url,
        parts=tuple(parts_of(issue)),
    )


def parts_of(issue: Issue) -> list[PartCopy]:
    """Return an issue's parts with the stories that stand in them, without those left out."""
    return [
        PartCopy(
            heading=part.heading,
            source=Source(part.source),
            section=part.section_id,
            most=part.most,
            stories=tuple(row.story_id for row in part.stories.all() if not row.is_left_out),
        )
        for part in issue.parts.prefetch_related("stories")
    ]


def last_sent(newsletter: Newsletter, before: datetime) -> datetime | None:
    """Return when the issue before an instant left, or None for the first."""
    rows = past_issues(newsletter).filter(sent_at__lt=before)
    return rows.values_list("sent_at", flat=True).first()


def stories_in(issues: Collection[int]) -> dict[int, set[int]]:
    """Return the stories that stand in each of some issues, without those left out."""
    rows = IssueStory.objects.filter(part__issue__in=issues, is_left_out=False).order_by()
    found: dict[int, set[int]] = {one: set() for one in issues}
    for issue, story in rows.values_list("part__issue", "story"):
        found[issue].add(story)
    return found


def hidden_in(issue: Issue, now: datetime) -> set[int]:
    """Return the stories of an issue that readers may not see at an instant."""
    [stories] = stories_in([issue.pk]).values()
    return stories - set(visible(now).filter(pk__in=stories).values_list("pk", flat=True))


def issues_with_story(story: int) -> list[Issue]:
    """Return the issues that a story stands or stood in: drafts, waiting ones, and past ones."""
    rows = Issue.objects.filter(parts__stories__story=story).distinct()
    return list(rows.select_related("newsletter__edition", "sending__edition").order_by("pk"))


def is_under_way(issue: Issue) -> bool:
    """Say whether some of its letters have not left yet."""
    return issue.sending is not None and issue.sending.stage in {Stage.PLANNING, Stage.SENDING}


@dataclass(frozen=True, slots=True)
class Subscribers:
    """How many a newsletter is sent to, how many of it pause, and how many have left it.

    Whoever has not confirmed is not among them: nothing is stored of them.
    """

    written_to: int = 0
    paused: int = 0
    left: int = 0


def subscriber_counts(newsletters: Sequence[Newsletter], now: datetime) -> dict[int, Subscribers]:
    """Return how many subscribe to each of some newsletters, in two questions."""
    subjects = {str(one.subject): one.pk for one in newsletters}
    is_paused = Q(subscriber__standing=Standing.PAUSED) & (
        Q(subscriber__paused_until__isnull=True) | Q(subscriber__paused_until__gt=now)
    )
    is_stopped = Q(subscriber__standing=Standing.STOPPED)
    rows = Subscription.objects.filter(subject__in=list(subjects), channel=Channel.MAIL)
    counted = (
        rows.order_by()
        .values_list("subject")
        .annotate(
            written_to=Count("pk", filter=~is_paused & ~is_stopped),
            paused=Count("pk", filter=is_paused),
            stopped=Count("pk", filter=is_stopped),
        )
    )
    ended = _ended(list(subjects))
    found = {
        subject: Subscribers(written_to, paused, stopped + ended.pop(subject, 0))
        for subject, written_to, paused, stopped in counted
    }
    found |= {subject: Subscribers(left=count) for subject, count in ended.items()}
    return {pk: found.get(subject, Subscribers()) for subject, pk in subjects.items()}


def _ended(subjects: Sequence[str]) -> dict[str, int]:
    """Return how many agreed to each of some subjects once and do not follow it any more."""
    again = Subscription.objects.filter(
        subscriber=OuterRef("subscriber"), subject=OuterRef("subject"), channel=Channel.MAIL
    )
    rows = Consent.objects.filter(~Exists(again), subject__in=subjects)
    return dict(rows.order_by().values_list("subject").annotate(Count("subscriber", distinct=True)))


def issues_in_sight(issues: Collection[int], now: datetime) -> set[int]:
    """Return which of some issues show nothing that readers may not see at an instant."""
    stories = stories_in(issues)
    every = {story for own in stories.values() for story in own}
    seen = set(visible(now).filter(pk__in=every).values_list("pk", flat=True))
    return {issue for issue, own in stories.items() if own <= seen}
