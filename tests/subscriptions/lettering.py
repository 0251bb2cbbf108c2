"""Newsletters and their issues, for tests."""

from datetime import timedelta

from dateline.common import clock
from dateline.publishing.newsletters import release
from dateline.subscriptions.actions import (
    begin_issue,
    compose_issue,
    save_newsletter,
    schedule_issue,
)
from dateline.subscriptions.models import Issue, Newsletter
from dateline.subscriptions.newsletter_rules import IssueCopy, PartCopy

UNDO = timedelta(seconds=60)


def a_newsletter(room, **given) -> Newsletter:
    given = {"edition": room.edition, "slug": "morning", "title": "Morning letter"} | given
    return save_newsletter(by=room.editor, newsletter=Newsletter(**given))


def an_issue(room, newsletter, *stories, parts=(), **words) -> Issue:
    """Return a draft with some stories chosen by hand, and parts besides."""
    words = {"title": "Talks end without a date", "intro": "<p>Good morning.</p>"} | words
    chosen = (PartCopy(heading="First", stories=tuple(one.pk for one in stories)),)
    copy = IssueCopy(parts=(*(chosen if stories else ()), *parts), **words)
    issue = begin_issue(by=room.editor, newsletter=newsletter)
    return compose_issue(by=room.editor, issue=issue, copy=copy)


class Later:
    """A clock that can be set: `forward()` has some time go by."""

    def __init__(self, monkeypatch):
        self._now, self._since = clock.now, timedelta(0)
        monkeypatch.setattr(clock, "now", lambda: self._now() + self._since)

    def forward(self, length=UNDO) -> None:
        self._since += length


def sent(room, issue, later) -> Issue:
    """Send an issue and let the time to call it back go by."""
    schedule_issue(by=room.editor, issue=issue)
    later.forward()
    issue.refresh_from_db()
    release(issue, clock.now())
    issue.refresh_from_db()
    return issue
