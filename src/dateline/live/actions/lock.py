"""Taking a row before looking at it, so that two actions at once go one after the other."""

from dateline.journal.turn import take_turn
from dateline.live.models import LivePost, LiveStory


def locked_post(post: LivePost) -> LivePost:
    """Return a post as it stands now, with its coverage, once it is this transaction's turn."""
    take_turn()
    rows = LivePost.objects.select_related("live_story__story__edition", "person")
    return rows.select_for_update(of=("self",)).get(pk=post.pk)


def locked_coverage(live_story: LiveStory) -> LiveStory:
    """Return a coverage as it stands now, once it is this transaction's turn.

    What was merged is followed: whoever writes into the old one writes into the one it became.
    """
    take_turn()
    rows = LiveStory.objects.select_related("story__edition").select_for_update(of=("self",))
    row = rows.get(pk=live_story.pk)
    while row.merged_into_id is not None:
        row = rows.get(pk=row.merged_into_id)
    return row
