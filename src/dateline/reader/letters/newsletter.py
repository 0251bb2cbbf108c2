"""Issues of newsletters as letters: composed by an editor, the same for everybody."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from html import unescape

from django.conf import settings
from django.utils.html import strip_tags

from dateline.common import clock
from dateline.common.html import Markup, for_readers
from dateline.reader.contexts import LinkContext
from dateline.reader.feeds.text import absolute
from dateline.reader.issue_parts import stories_of_issue
from dateline.reader.letters.contexts import (
    IssueLetterContext,
    LetterContext,
    LetterPartContext,
    LetterStoryContext,
)
from dateline.reader.letters.single import letter
from dateline.reader.letters.stories import letter_stories
from dateline.subscriptions.enums import Variant
from dateline.subscriptions.mail.compose import OPENING
from dateline.subscriptions.models import Delivery, Issue, Sending
from dateline.subscriptions.newsletter_queries import issue_of
from dateline.subscriptions.trial_queries import trial_in

_LINK = re.compile(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_ENDS = re.compile(r"</(?:p|ul|ol|blockquote|h3|h4)>")


def newsletter_letter(sending: Sending) -> LetterContext | None:
    """Return the letter of an issue, or None where there is no such issue any more."""
    issue = issue_of(sending)
    return issue_letter(issue, sending) if issue else None


def may_be_counted(delivery: Delivery) -> bool:
    """Say whether it may be counted that a letter of a running trial was opened."""
    is_drawn = bool(delivery.variant) and delivery.subscriber.is_counted
    return is_drawn and settings.DATELINE.counts_opens


def with_subject(context: LetterContext, delivery: Delivery, *, is_counted: bool) -> LetterContext:
    """Return an issue's letter with its recipient's subject, and a picture if it is counted."""
    if not delivery.variant or not isinstance(context, IssueLetterContext):
        return context
    if delivery.variant == Variant.SECOND:
        trial = trial_in(delivery.sending)
        # Once it is decided, the issue itself has the subject that won.
        if trial is not None and trial.is_running:
            context = replace(context, subject=trial.title)
    if not is_counted:
        return context
    return replace(context, opening_url=f"{context.site}/letters/opened/{OPENING}.gif")


def issue_letter(issue: Issue, sending: Sending) -> LetterContext:
    """Return an issue as a letter; `sending` need not be stored, as for a look before it leaves."""
    newsletter, base = issue.newsletter, settings.DATELINE.base_url
    intro = for_readers(Markup.BLOCK, absolute(issue.intro, base))
    sponsor = LinkContext(label=issue.sponsor, url=issue.sponsor_url) if issue.sponsor else None
    return letter(
        sending,
        subject=issue.title,
        kind=IssueLetterContext,
        preview=issue.preheader,
        title=newsletter.title,
        tagline=newsletter.tagline,
        at=issue.sent_at or clock.now(),
        intro=intro,
        intro_text=_as_text(intro),
        parts=issue_parts(issue, clock.now()),
        sponsor=sponsor,
        browser_url=f"{base}{issue.address}",
        sender_name=newsletter.sender_name or newsletter.title,
    )


def issue_parts(issue: Issue, now: datetime) -> tuple[LetterPartContext, ...]:
    """Return the parts of an issue that have stories readers may see, in their order."""
    numbers = stories_of_issue(issue, now)
    every = [number for stories in numbers.values() for number in stories]
    shown = {one.number: one for one in letter_stories(every, now)}
    parts = {part.pk: part.heading for part in issue.parts.all()}
    made = [(parts[pk], _shown(stories, shown)) for pk, stories in numbers.items()]
    return tuple(
        LetterPartContext(heading=heading, stories=stories) for heading, stories in made if stories
    )


def _shown(
    numbers: Sequence[int], shown: dict[int, LetterStoryContext]
) -> tuple[LetterStoryContext, ...]:
    return tuple(shown[number] for number in numbers if number in shown)


def _as_text(html: str) -> str:
    """Return clean HTML as plain text, links with where they lead."""
    text = _LINK.sub(lambda found: f"{found[2]} ({found[1]})", html)
    text = _ENDS.sub("\n\n", text).replace("<br>", "\n").replace("<li>", "\n- ")
    return re.sub(r"\n{3,}", "\n\n", unescape(strip_tags(text))).strip()
