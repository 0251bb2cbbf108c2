"""Making two coverages one."""

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.common import clock
from dateline.journal.record import record
from dateline.live.actions import tell
from dateline.live.actions.lock import locked_coverage
from dateline.live.entries import LiveMerged
from dateline.live.enums import Deed, PostState
from dateline.live.errors import MergeRefused
from dateline.live.models import LiveDeed, LivePost, LiveStory
from dateline.live.queries import is_seen
from dateline.people.models import Account


@transaction.atomic
def merge_coverages(*, by: Account | None, merged: LiveStory, into: LiveStory) -> LiveStory:
    """Move all posts of one coverage into another; its address and its posts' lead there.

    Records: LiveMerged, or LiveDeskChanged while readers see neither.

    Raises:
        MergeRefused: they are one, or of two editions, or readers see only one of them.
    """
    merged, into, now = locked_coverage(merged), locked_coverage(into), clock.now()
    seen = is_seen(into, now)
    _refuse(merged, into, both=seen == is_seen(merged, now))
    _move_posts(merged, into)
    merged.merged_into, merged.closed_at = into, merged.closed_at or now
    merged.save(update_fields=["merged_into", "closed_at"])
    LiveStory.objects.filter(merged_into=merged).update(merged_into=into)
    tell.note(by=by, deed=Deed.MERGE, of=merged, at=now)
    if not seen:
        tell.tell_desk(into, Deed.MERGE)
        return into
    LiveStory.objects.filter(pk=into.pk).update(changed_at=now)
    code = into.story.edition.code
    record(LiveMerged(edition=code, story=into.story_id, merged=merged.story_id))
    return into


def _refuse(merged: LiveStory, into: LiveStory, *, both: bool) -> None:
    if merged.pk == into.pk:
        raise MergeRefused(why=_("they are one coverage"))
    if merged.story.edition_id != into.story.edition_id:
        raise MergeRefused(why=_("they belong to two editions"))
    if not both:
        raise MergeRefused(why=_("readers see only one of them"))


def _move_posts(merged: LiveStory, into: LiveStory) -> None:
    """Move the posts; names a screen gave in both, and the second pin on top, are let go."""
    posts = LivePost.objects.filter(live_story=merged)
    taken = LivePost.objects.filter(live_story=into, client_key__isnull=False)
    posts.filter(client_key__in=list(taken.values_list("client_key", flat=True))).update(
        client_key=None
    )
    if LivePost.objects.filter(live_story=into, is_pinned=True, state=PostState.PUBLISHED).exists():
        posts.update(is_pinned=False)
    posts.update(live_story=into)
    LiveDeed.objects.filter(live_story=merged, post__isnull=False).update(live_story=into)
