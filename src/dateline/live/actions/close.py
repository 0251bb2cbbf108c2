"""Closing a coverage, and going on with it."""

from django.db import transaction

from dateline.common import clock
from dateline.live.actions import tell
from dateline.live.actions.lock import locked_coverage
from dateline.live.actions.plan import return_post
from dateline.live.entries import LiveClosed, LiveReopened
from dateline.live.enums import Deed, PostState
from dateline.live.models import LivePost, LiveStory
from dateline.people.models import Account


@transaction.atomic
def close_coverage(*, by: Account | None, live_story: LiveStory, why: str = "") -> LiveStory:
    """End a coverage: its posts stay, what was scheduled becomes a draft again.

    Records: LiveClosed, or LiveDeskChanged while readers do not see the story.
    """
    live_story = locked_coverage(live_story)
    if not live_story.is_running:
        return live_story
    for post in LivePost.objects.filter(live_story=live_story, state=PostState.SCHEDULED):
        return_post(by=by, post=post, why=why)
    live_story.closed_at = now = clock.now()
    live_story.save(update_fields=["closed_at"])
    tell.note(by=by, deed=Deed.CLOSE, of=live_story, at=now, why=why)
    tell.tell_coverage(live_story, LiveClosed, Deed.CLOSE, now)
    return live_story


@transaction.atomic
def reopen_coverage(*, by: Account | None, live_story: LiveStory) -> LiveStory:
    """Go on with a coverage that had ended.

    Records: LiveReopened, or LiveDeskChanged while readers do not see the story.
    """
    live_story = locked_coverage(live_story)
    if live_story.is_running:
        return live_story
    live_story.closed_at = None
    live_story.save(update_fields=["closed_at"])
    now = clock.now()
    tell.note(by=by, deed=Deed.REOPEN, of=live_story, at=now)
    tell.tell_coverage(live_story, LiveReopened, Deed.REOPEN, now)
    return live_story
