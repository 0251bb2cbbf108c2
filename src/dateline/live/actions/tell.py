"""Noting a deed, and telling readers of it if they may learn of it, else the desk alone."""

from datetime import datetime
from typing import Any

from dateline.journal.record import record
from dateline.live.entries import (
    LiveDeskChanged,
    LiveEntry,
    LivePostChanged,
    LivePostDeleted,
    LivePostPublished,
)
from dateline.live.enums import Deed, PostState
from dateline.live.models import LiveDeed, LivePost, LiveStory, PostPicture
from dateline.live.queries import has_newer, is_seen
from dateline.media.actions import note_uses
from dateline.people.models import Account
from dateline.stories.blocks import pictures_in

Before = dict[str, Any]
KEPT = (
    "headline",
    "byline",
    "person_id",
    "state",
    "is_key",
    "is_pinned",
    "correction",
    "promoted_to_id",
)
KEPT_TIMES = ("scheduled_for", "published_at", "edited_at", "corrected_at")


def snapshot(post: LivePost) -> Before:
    """Return what a post is now, as JSON values, for undoing what is about to be done."""
    times = {name: getattr(post, name) for name in KEPT_TIMES}
    return {
        **{name: getattr(post, name) for name in KEPT},
        **{name: at.isoformat() if at else None for name, at in times.items()},
        "body": list(post.body.raw_data),
    }


def note(
    *,
    by: Account | None,
    deed: Deed,
    of: LivePost | LiveStory,
    at: datetime,
    before: Before | None = None,
    why: str = "",
) -> None:
    """Note who did what to a post or a coverage."""
    post = of if isinstance(of, LivePost) else None
    live_story = of.live_story if isinstance(of, LivePost) else of
    LiveDeed.objects.create(
        live_story=live_story, post=post, deed=deed, by=by, at=at, before=before, why=why
    )


def tell_desk(live_story: LiveStory, what: Deed, post: LivePost | None = None) -> None:
    """Tell the desk of a change that readers must not learn of.

    Records: LiveDeskChanged.
    """
    record(
        LiveDeskChanged(
            edition=live_story.story.edition.code,
            story=live_story.story_id,
            what=what.value,
            post=post.pk if post else None,
        )
    )


def tell_coverage(live_story: LiveStory, kind: type[LiveEntry], what: Deed, now: datetime) -> None:
    """Tell readers of a change to the coverage as a whole.

    Records: the entry of that kind, or LiveDeskChanged while readers do not see the story.
    """
    if not is_seen(live_story, now):
        tell_desk(live_story, what)
        return
    LiveStory.objects.filter(pk=live_story.pk).update(changed_at=now)
    record(kind(edition=live_story.story.edition.code, story=live_story.story_id))


def show(post: LivePost, now: datetime) -> None:
    """Tell readers of a post that is out, new or again.

    Records: LivePostPublished, or LiveDeskChanged while readers do not see the story.
    """
    note_pictures(post)
    if not _is_told(post, Deed.PUBLISH, now):
        return
    record(
        LivePostPublished(
            **_where(post),
            headline=post.headline,
            is_key=post.is_key,
            is_newest=not has_newer(post),
        )
    )


def change(post: LivePost, what: Deed, now: datetime) -> None:
    """Tell readers of what has become of a post they see; of one not out yet, the desk.

    Records: LivePostChanged, or LiveDeskChanged.
    """
    if post.state != PostState.PUBLISHED:
        tell_desk(post.live_story, what, post)
        return
    note_pictures(post)
    if _is_told(post, what, now):
        record(LivePostChanged(**_where(post)))


def take_away(post: LivePost, what: Deed, now: datetime) -> None:
    """Tell readers that a post they could see is gone.

    Records: LivePostDeleted, or LiveDeskChanged while readers do not see the story.
    """
    PostPicture.objects.filter(post=post).delete()
    if _is_told(post, what, now):
        record(LivePostDeleted(**_where(post)))


def _is_told(post: LivePost, what: Deed, now: datetime) -> bool:
    if not is_seen(post.live_story, now):
        tell_desk(post.live_story, what, post)
        return False
    LiveStory.objects.filter(pk=post.live_story_id).update(changed_at=now)
    return True


def _where(post: LivePost) -> dict[str, Any]:
    return {
        "edition": post.live_story.story.edition.code,
        "story": post.live_story.story_id,
        "post": post.pk,
        "key": post.key,
    }


def note_pictures(post: LivePost) -> None:
    """Note which pictures a post shows, so that readers may have their files."""
    note_uses(uses={post.pk: pictures_in(post.body)}, rows=PostPicture, whose="post_id")
