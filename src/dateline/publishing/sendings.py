"""What the rooms' entries mean for those who follow: something goes out, or is stopped.

An effect only plans; what is planned leaves by the runner's post (`publishing/post.py`).
"""

import re
from datetime import timedelta

from django.conf import settings

from dateline.common import clock
from dateline.journal.entries import Recorded
from dateline.stories.entries import StoryEntry, StoryPublished, StoryWithdrawn
from dateline.stories.models import Story
from dateline.stories.queries import ending_of, visible
from dateline.stories.rules import STORY_PATH
from dateline.subscriptions.actions import (
    Plan,
    plan_sending,
    resume_sending,
    retract_story,
    stop_sending,
    withdraw_from_issue,
)
from dateline.subscriptions.enums import OUT_OF_SIGHT, Thing
from dateline.subscriptions.newsletter_queries import issues_with_story
from dateline.subscriptions.queries import has_followers, sendings_of_story
from dateline.subscriptions.rules import subject_of
from dateline.topics.queries import edition_by_code

FRESH = timedelta(days=1)
"""A story that readers have seen for longer is no news when its entry is read at last."""


def sendings_after(recorded: Recorded) -> None:
    """Have a story go out to its followers, and stay where readers may see it no more."""
    entry = recorded.entry
    if isinstance(entry, StoryPublished):
        _publish(entry)
    elif isinstance(entry, StoryWithdrawn):
        _withdraw(entry.story)


def _publish(entry: StoryPublished) -> None:
    story = visible(clock.now()).filter(pk=entry.story).first()
    if story is None:
        return
    known = sendings_of_story(entry.story)
    for one in known:
        if one.was_stopped_for(*OUT_OF_SIGHT):  # Not by somebody's own hand.
            resume_sending(by=None, sending=one)
    if any(one.key == entry.subject for one in known):
        return
    edition, subjects = edition_by_code(entry.edition), _subjects(entry, story)
    is_old = clock.now() - entry.published_at > FRESH
    if edition is None or is_old or not has_followers(subjects):
        return
    plan = Plan(
        key=entry.subject,
        thing=Thing.STORY,
        edition=edition,
        subjects=subjects,
        title=entry.headline,
        story=entry.story,
        since=entry.published_at,
    )
    plan_sending(by=None, plan=plan)


def _subjects(entry: StoryEntry, story: Story) -> list[str]:
    """Return what a story's followers follow: what it touches, and the stories that it links to."""
    touched = [key for key in entry.keys if subject_of(key) is not None]
    own = entry.subject
    return [key for key in touched if key != own] + _linked_stories(story)


def _linked_stories(story: Story) -> list[str]:
    """Return the stories a story leads back to: it follows them up."""
    text = " ".join(str(block["value"]) for block in story.body.raw_data)
    link = rf'href="(?:{re.escape(settings.DATELINE.base_url)})?{STORY_PATH}'
    linked = {int(found["number"]) for found in re.finditer(link, text)} - {story.pk}
    return [f"{kind}:{one}" for one in sorted(linked) for kind in ("story", "live")]


def _withdraw(story: int) -> None:
    """Stop what is on its way; where the story was withdrawn for good, tell those who have it."""
    is_over = ending_of(story) is not None
    for issue in issues_with_story(story):
        withdraw_from_issue(by=None, issue=issue)
    for sending in sendings_of_story(story):
        stop_sending(by=None, sending=sending)
    if is_over:
        retract_story(by=None, story=story)
