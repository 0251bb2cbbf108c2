"""Putting posts where they belong that were told before, elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dateline.common import clock
from dateline.common.keys import new_key
from dateline.live.actions import tell
from dateline.live.actions.lock import locked_coverage
from dateline.live.actions.write import PostCopy, put_copy
from dateline.live.entries import LiveArranged
from dateline.live.enums import Deed, PostState
from dateline.live.models import LivePost, LiveStory
from dateline.people.models import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPost:
    """A post with the time at which readers saw it first, elsewhere."""

    copy: PostCopy
    at: datetime
    is_pinned: bool = False
    correction: str = ""


@transaction.atomic
def shelve_posts(
    *, by: Account | None, live_story: LiveStory, posts: Sequence[ToldPost]
) -> list[LivePost]:
    """Store posts as published at their own times, and the coverage as opened with the first.

    Records: LiveArranged, once for all of them; nothing is announced post by post.

    Raises:
        ValidationError: a field does not fit.
    """
    live_story, now = locked_coverage(live_story), clock.now()
    made = [_told(by, live_story, post) for post in posts]
    times = [post.at for post in posts]
    live_story.opened_at = min(live_story.opened_at, *times)
    live_story.save(update_fields=["opened_at"])
    tell.note(by=by, deed=Deed.ARRANGE, of=live_story, at=now)
    tell.tell_coverage(live_story, LiveArranged, Deed.ARRANGE, now)
    return made


def _told(by: Account | None, live_story: LiveStory, told: ToldPost) -> LivePost:
    post = LivePost(live_story=live_story, key=new_key(), author=by)
    put_copy(post, told.copy)
    post.state, post.published_at, post.version = PostState.PUBLISHED, told.at, 1
    post.is_pinned, post.correction = told.is_pinned, told.correction
    post.corrected_at = told.at if told.correction else None
    post.full_clean(exclude=["live_story"])
    post.save()
    tell.note_pictures(post)
    tell.note(by=by, deed=Deed.PUBLISH, of=post, at=told.at)
    return post
