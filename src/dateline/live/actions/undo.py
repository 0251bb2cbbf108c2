"""Undoing what one has just done to a post."""

from datetime import datetime

from django.db import transaction
from wagtail.blocks import StreamValue

from dateline.common import clock
from dateline.live.actions import tell
from dateline.live.actions.lock import locked_post
from dateline.live.actions.mark import free_the_top
from dateline.live.enums import Deed, PostState
from dateline.live.errors import UndoTooLate
from dateline.live.models import LiveDeed, LivePost
from dateline.live.rules import may_undo
from dateline.people.models import Account


@transaction.atomic
def undo_post(*, by: Account | None, post: LivePost) -> LivePost:
    """Undo the last thing that one did oneself to a post, within ten seconds.

    Records: LivePostDeleted where a publication is undone, LivePostPublished where a deletion is,
    else LivePostChanged; LiveDeskChanged while readers do not see it.

    Raises:
        UndoTooLate: it is too long ago, somebody else was the last, or nothing can be undone.
    """
    post, now = locked_post(post), clock.now()
    deed = LiveDeed.objects.filter(post=post).order_by("-pk").first()
    if deed is None or deed.before is None or deed.by != by:
        raise UndoTooLate
    if not may_undo(deed=deed.deed, done_at=deed.at, now=now):
        raise UndoTooLate
    was_out = post.state == PostState.PUBLISHED
    _restore(post, deed)
    LiveDeed.objects.filter(pk=deed.pk).update(undone_at=now, before=None)
    tell.note(by=by, deed=Deed.UNDO, of=post, at=now)
    _tell(post, was_out=was_out, now=now)
    return post


def _restore(post: LivePost, deed: LiveDeed) -> None:
    before = deed.before or {}
    for name in tell.KEPT:
        setattr(post, name, before[name])
    for name in tell.KEPT_TIMES:
        at = before[name]
        setattr(post, name, datetime.fromisoformat(at) if at else None)
    post.body = StreamValue(post.body.stream_block, before["body"], is_lazy=True)
    if post.state == PostState.PUBLISHED:
        free_the_top(post)
    post.version += 1
    post.save()


def _tell(post: LivePost, *, was_out: bool, now: datetime) -> None:
    is_out = post.state == PostState.PUBLISHED
    if was_out and not is_out:
        tell.take_away(post, Deed.UNDO, now)
    elif is_out and not was_out:
        tell.show(post, now)
    else:
        tell.change(post, Deed.UNDO, now)
