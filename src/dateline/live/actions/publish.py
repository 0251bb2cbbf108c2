"""Publishing, correcting and deleting posts."""

from django.db import transaction

from dateline.common import clock
from dateline.live.actions import tell
from dateline.live.actions.lock import locked_post
from dateline.live.actions.mark import free_the_top
from dateline.live.actions.write import (
    PostCopy,
    move,
    put_copy,
    refuse_empty,
    refuse_older,
    write_post,
)
from dateline.live.enums import Deed, PostState
from dateline.live.errors import CoverageClosed
from dateline.live.models import LivePost, LiveStory
from dateline.people.models import Account


@transaction.atomic
def publish_post(*, by: Account | None, post: LivePost, version: int | None = None) -> LivePost:
    """Show a post to readers: approve it, or publish one's own; one that is out stays as it is.

    `version` is that of the words that whoever publishes them has read, None for any.

    Records: LivePostPublished, or LiveDeskChanged while readers do not see the story.

    Raises:
        PostRefused: it is deleted.
        PostChangedMeanwhile: its words are others now.
        PostNotReady: it has no words.
        CoverageClosed: the coverage has ended.
    """
    post = locked_post(post)
    if post.state == PostState.PUBLISHED:
        return post
    refuse_older(post, version)
    now, before = clock.now(), tell.snapshot(post)
    move(post, Deed.PUBLISH)
    refuse_empty(post)
    if not post.live_story.is_running:
        raise CoverageClosed
    free_the_top(post)
    post.published_at, post.scheduled_for = post.published_at or now, None
    post.version += 1
    post.save()
    tell.note(by=by, deed=Deed.PUBLISH, of=post, at=now, before=before)
    tell.show(post, now)
    return post


@transaction.atomic
def send_post(
    *, by: Account | None, live_story: LiveStory, copy: PostCopy, client_key: str = ""
) -> LivePost:
    """Write and publish in one step, as the writing screen does; sent again it is the same post.

    Records: LiveDeskChanged, then LivePostPublished.

    Raises: what `write_post` and `publish_post` raise.
    """
    post = write_post(by=by, live_story=live_story, copy=copy, client_key=client_key)
    return post if post.state == PostState.DELETED else publish_post(by=by, post=post)


@transaction.atomic
def correct_post(
    *,
    by: Account | None,
    post: LivePost,
    text: str,
    copy: PostCopy | None = None,
    version: int | None = None,
) -> LivePost:
    """Say in the open what was wrong in a post, and give it the right words if there are any.

    `version` is that of the post the words were written over, None to have the last word.

    Records: LivePostChanged.

    Raises:
        PostRefused: it is not out.
        PostChangedMeanwhile: it is another version now.
    """
    post = locked_post(post)
    refuse_older(post, version)
    now, before = clock.now(), tell.snapshot(post)
    move(post, Deed.CORRECT)
    if copy is not None:
        put_copy(post, copy)
        refuse_empty(post)
        post.edited_at = now
    post.correction, post.corrected_at = text.strip(), now
    post.version += 1
    post.full_clean(exclude=["live_story"])
    post.save()
    tell.note(by=by, deed=Deed.CORRECT, of=post, at=now, before=before)
    tell.change(post, Deed.CORRECT, now)
    return post


@transaction.atomic
def delete_post(*, by: Account | None, post: LivePost, why: str = "") -> LivePost:
    """Take a post away for good; its row stays, for the desk, and is never shown again.

    Records: LivePostDeleted if readers saw it, else LiveDeskChanged.
    """
    post = locked_post(post)
    if post.state == PostState.DELETED:
        return post
    now, before = clock.now(), tell.snapshot(post)
    was_out = post.state == PostState.PUBLISHED
    move(post, Deed.DELETE)
    post.scheduled_for = None
    post.save()
    tell.note(
        by=by,
        deed=Deed.DELETE,
        of=post,
        at=now,
        before=before,
        why=why,
    )
    if was_out:
        tell.take_away(post, Deed.DELETE, now)
    else:
        tell.tell_desk(post.live_story, Deed.DELETE, post)
    return post
