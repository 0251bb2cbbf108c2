"""Live coverage goes out to whoever follows it: its key events, how it ended; and back again."""

from datetime import datetime
from functools import partial

from dateline.common import clock
from dateline.journal.entries import Recorded
from dateline.live.entries import LiveClosed, LivePostDeleted, LivePostEntry, LiveReopened
from dateline.live.models import LivePost, LiveStory
from dateline.live.queries import coverages_seen, posts_seen
from dateline.live.rules import UNDO_WITHIN
from dateline.publishing.sendings import FRESH
from dateline.subscriptions.actions import (
    Plan,
    plan_sending,
    resume_sending,
    retract,
    stop_sending,
)
from dateline.subscriptions.enums import Cause, Thing
from dateline.subscriptions.models import Sending
from dateline.subscriptions.queries import has_followers, sending_by_key

_OURS = frozenset({Cause.NO_KEY_EVENT, Cause.DELETED, Cause.GOES_ON})
"""Why this effect stopped something: what an editor stopped by hand stays stopped."""


def live_sendings_after(recorded: Recorded) -> None:
    """Have key events and the end of a coverage go out once; take back a post that is gone."""
    entry = recorded.entry
    if isinstance(entry, LivePostDeleted):
        _take_back(entry.post)
    elif isinstance(entry, LivePostEntry):
        _tell(entry.post, recorded.at)
    elif isinstance(entry, LiveClosed):
        _close(entry.story, recorded.at)
    elif isinstance(entry, LiveReopened):
        _stop(_end_key(entry.story), Cause.GOES_ON)


def _tell(number: int, at: datetime) -> None:
    post = posts_seen([number], clock.now()).get(number)
    if post is None:
        return
    if not post.is_key:
        _stop(_post_key(number), Cause.NO_KEY_EVENT)
    elif not _went_on(_post_key(number)) and _is_fresh(post):
        plan = partial(Plan, key=_post_key(number), thing=Thing.LIVE, thing_number=number)
        _plan(plan, post.live_story, post.headline or post.live_story.story.headline, at)


def _close(story: int, at: datetime) -> None:
    live_story = coverages_seen([story], clock.now()).get(story)
    if live_story is None or live_story.is_running or clock.now() - at > FRESH:
        return
    if not _went_on(_end_key(story)):
        plan = partial(Plan, key=_end_key(story), thing=Thing.LIVE_END)
        _plan(plan, live_story, live_story.story.headline, at)


def _plan(plan: "partial[Plan]", live_story: LiveStory, title: str, at: datetime) -> None:
    """Plan for the coverage's followers, once it is too late to undo what was done."""
    subjects = _subjects(live_story)
    if not has_followers(subjects):
        return
    made = plan(
        edition=live_story.story.edition,
        subjects=subjects,
        title=title,
        story=live_story.story_id,
        since=at,
        due_at=at + UNDO_WITHIN,
    )
    plan_sending(by=None, plan=made)


def _subjects(live_story: LiveStory) -> list[str]:
    """Return what a coverage's followers follow: it, and those that went into it."""
    merged = live_story.merged.order_by("pk").values_list("story", flat=True)
    return [f"live:{number}" for number in (live_story.story_id, *merged)]


def _is_fresh(post: LivePost) -> bool:
    return post.published_at is not None and clock.now() - post.published_at <= FRESH


def _went_on(key: str) -> bool:
    """Say whether something was planned before; what we stopped goes on."""
    known = sending_by_key(key)
    if known is not None and known.was_stopped_for(*_OURS):
        resume_sending(by=None, sending=known)
    return known is not None


def _stop(key: str, why: Cause) -> Sending | None:
    known = sending_by_key(key)
    if known is not None:
        stop_sending(by=None, sending=known, why=why)
    return known


def _take_back(post: int) -> None:
    """Keep what has not left of a post, and tell those who have it that it was withdrawn."""
    known = _stop(_post_key(post), Cause.DELETED)
    if known is not None:
        retract(by=None, sending=known)


def _post_key(post: int) -> str:
    return f"live-post:{post}"


def _end_key(story: int) -> str:
    return f"live-end:{story}"
