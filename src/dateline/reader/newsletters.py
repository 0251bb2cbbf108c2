"""Newsletters on the site: which there are, the past issues of one, and each issue to read."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from dateline.common.html import Markup, for_readers
from dateline.press.touch import touch
from dateline.reader.addresses import before_text
from dateline.reader.contexts import CrumbContext, LinkContext, PageContext
from dateline.reader.contexts.shape import NO_HTML
from dateline.reader.issue_parts import stories_of_issue
from dateline.reader.list_contexts import (
    IssueContext,
    IssueLineContext,
    IssuePartContext,
    NewsletterContext,
    NewsletterLineContext,
    NewslettersContext,
)
from dateline.reader.present.cards import story_cards
from dateline.reader.present.feed_links import feeds_at
from dateline.reader.present.furniture import follow_url, home_crumb, page_of
from dateline.reader.visit import Visit
from dateline.stories.queries import cards, visible
from dateline.subscriptions.models import Issue, Newsletter
from dateline.subscriptions.newsletter_queries import (
    hidden_in,
    issue_by_number,
    newsletter_at,
    newsletters_of,
    past_page,
)

PER_PAGE = 50


def newsletters_page(
    visit: Visit, what: str
) -> NewslettersContext | NewsletterContext | IssueContext | None:
    """Return the page at `newsletters/`, `newsletters/morning/` or `newsletters/morning/12/`."""
    _name, slug, number, *_rest = [*what.split("/"), "", ""]
    edition = visit.furniture.edition
    touch(f"newsletters:{edition.code}")
    if not slug:
        return _index(visit)
    newsletter = newsletter_at(edition, slug)
    if newsletter is None:
        return None
    touch(str(newsletter.subject))
    return _issue(visit, newsletter, int(number)) if number else _archive(visit, newsletter)


def _index(visit: Visit) -> NewslettersContext:
    title = _("Newsletters")
    return NewslettersContext(
        page=_page(visit, title, CrumbContext(label=title)),
        newsletters=tuple(
            NewsletterLineContext(title=one.title, url=one.address, tagline=one.tagline)
            for one in newsletters_of(visit.furniture.edition)
        ),
    )


def _archive(visit: Visit, newsletter: Newsletter) -> NewsletterContext:
    page = _page(visit, newsletter.title, *_crumbs(newsletter, is_page=True))
    past = past_page(newsletter, limit=PER_PAGE, before=visit.before, after=visit.after)
    return NewsletterContext(
        page=replace(
            page,
            description=newsletter.tagline,
            feeds=(*feeds_at(newsletter.address, newsletter.title), *page.feeds),
            follow_url=_follow_url(newsletter),
        ),
        title=newsletter.title,
        tagline=newsletter.tagline,
        issues=tuple(line_of(one, visit) for one in past.issues),
        newer_url=_next_to(visit, "after", past.issues[:1] if past.has_newer else ()),
        older_url=_next_to(visit, "before", past.issues[-1:] if past.has_older else ()),
    )


def _next_to(visit: Visit, side: str, issues: Sequence[Issue]) -> str:
    """Return the address of the page on one side of an issue; empty where there is none."""
    for one in issues:
        place = before_text(one.sent_at or visit.now, one.pk)
        return f"{visit.path}?{urlencode({side: place})}"
    return ""


def _issue(visit: Visit, newsletter: Newsletter, number: int) -> IssueContext | None:
    issue = issue_by_number(number)
    if issue is None or issue.newsletter_id != newsletter.pk or issue.sent_at is None:
        return None
    return issue_context(visit, issue)


def issue_context(visit: Visit, issue: Issue) -> IssueContext:
    """Return an issue that left, as everybody may read it."""
    newsletter, line = issue.newsletter, line_of(issue, visit)
    crumbs = (*_crumbs(newsletter, is_page=False), CrumbContext(label=line.title))
    page = replace(_page(visit, line.title, *crumbs), description=line.preheader)
    return IssueContext(
        page=replace(page, follow_url=_follow_url(newsletter)),
        line=line,
        newsletter=LinkContext(label=newsletter.title, url=newsletter.address),
        intro=for_readers(Markup.BLOCK, issue.intro) if line.has_words else NO_HTML,
        parts=_parts(visit, issue),
        sponsor=LinkContext(label=issue.sponsor, url=issue.sponsor_url) if issue.sponsor else None,
    )


def line_of(issue: Issue, visit: Visit) -> IssueLineContext:
    """Return an issue in a list: without its words while they may tell of what is gone."""
    assert issue.sent_at is not None, "a past issue was sent"  # noqa: S101
    stories = stories_of_issue(issue, visit.now).values()
    touch(*(f"story:{number}" for part in stories for number in part))
    has_words = not hidden_in(issue, visit.now)
    return IssueLineContext(
        title=issue.title if has_words else issue.newsletter.title,
        preheader=issue.preheader if has_words else "",
        url=issue.address,
        at=issue.sent_at,
        has_words=has_words,
    )


def _parts(visit: Visit, issue: Issue) -> tuple[IssuePartContext, ...]:
    numbers = stories_of_issue(issue, visit.now)
    every = [number for part in numbers.values() for number in part]
    found = {one.pk: one for one in cards(visible(visit.now).filter(pk__in=every))}
    headings = {part.pk: part.heading for part in issue.parts.all()}
    made = []
    for part, own in numbers.items():
        stories = [found[number] for number in own if number in found]
        if stories:
            shown = story_cards(stories, visit.now)
            made.append(IssuePartContext(heading=headings[part], stories=shown))
    return tuple(made)


def _crumbs(newsletter: Newsletter, *, is_page: bool) -> tuple[CrumbContext, ...]:
    index = f"{newsletter.edition.prefix}newsletters/"
    url = "" if is_page else newsletter.address
    every = CrumbContext(label=_("Newsletters"), url=index)
    return (every, CrumbContext(label=newsletter.title, url=url))


def _follow_url(newsletter: Newsletter) -> str:
    if not newsletter.is_active:
        return ""
    return follow_url(newsletter.edition.code, str(newsletter.subject))


def _page(visit: Visit, title: str, *crumbs: CrumbContext) -> Any:
    page: PageContext = page_of(
        visit.furniture, path=visit.path, title=title, journal=visit.journal, now=visit.now
    )
    return replace(page, crumbs=(home_crumb(visit.furniture), *crumbs))
