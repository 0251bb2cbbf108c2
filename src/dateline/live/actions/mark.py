"""Pinning a post on top, and marking key events."""

from django.db import transaction

from dateline.common import clock
from dateline.live.actions import tell
from dateline.live.actions.lock import locked_post
from dateline.live.actions.write import move
from dateline.live.enums import Deed, PostState
from dateline.live.models import LivePost
from dateline.people.models import Account


@transaction.atomic
def pin_post(*, by: Account | None, post: LivePost) -> LivePost:
    """Put a post on top of its coverage; the one that stood there goes back to its time.

    Records: LivePostChanged for each of both that readers see, else LiveDeskChanged.
    """
    return _set(by, post, "is_pinned", Deed.PIN, is_on=True)


@transaction.atomic
def unpin_post(*, by: Account | None, post: LivePost) -> LivePost:
    """Let a post stand at its time again.

    Records: LivePostChanged if readers see it, else LiveDeskChanged.
    """
    return _set(by, post, "is_pinned", Deed.UNPIN, is_on=False)


@transaction.atomic
def mark_key(*, by: Account | None, post: LivePost, is_key: bool) -> LivePost:
    """Say that a post is a key event, or is none.

    Records: LivePostChanged if readers see it, else LiveDeskChanged.
    """
    return _set(by, post, "is_key", Deed.MARK if is_key else Deed.UNMARK, is_on=is_key)


def _set(by: Account | None, post: LivePost, name: str, deed: Deed, *, is_on: bool) -> LivePost:
    post = locked_post(post)
    move(post, deed)
    if getattr(post, name) is is_on:
        return post
    now, before = clock.now(), tell.snapshot(post)
    setattr(post, name, is_on)
    if post.state == PostState.PUBLISHED:
        free_the_top(post)
        post.version += 1
    post.save()
    tell.note(by=by, deed=deed, of=post, at=now, before=before)
    tell.change(post, deed, now)
    return post


def free_the_top(post: LivePost) -> None:
    """Unpin what stands on top where a pinned post is to stand.

    Records: LivePostChanged for what stood there.
    """
    if not post.is_pinned:
        return
    above = LivePost.objects.filter(
        live_story=post.live_story, is_pinned=True, state=PostState.PUBLISHED
    )
    for other in above.exclude(pk=post.pk):
        other.live_story, other.is_pinned = post.live_story, False
        other.version += 1
        other.save()
        tell.change(other, Deed.UNPIN, clock.now())
