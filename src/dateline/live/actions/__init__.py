"""The only ways to change live coverage."""

from dateline.live.actions.close import close_coverage, reopen_coverage
from dateline.live.actions.coverage import (
    open_coverage,
    save_as_template,
    save_order,
    save_summary,
)
from dateline.live.actions.hand_in import HandIn, hand_in_post
from dateline.live.actions.mark import mark_key, pin_post, unpin_post
from dateline.live.actions.merge import merge_coverages
from dateline.live.actions.plan import (
    RunningOrder,
    import_running_order,
    refuse_scheduled_post,
    return_post,
    schedule_post,
    submit_post,
)
from dateline.live.actions.presence import note_at_desk
from dateline.live.actions.promote import promote_post
from dateline.live.actions.publish import correct_post, delete_post, publish_post, send_post
from dateline.live.actions.shelve import ToldPost, shelve_posts
from dateline.live.actions.template import open_from_template
from dateline.live.actions.undo import undo_post
from dateline.live.actions.write import PostCopy, edit_post, write_post

__all__ = [
    "HandIn",
    "PostCopy",
    "RunningOrder",
    "ToldPost",
    "close_coverage",
    "correct_post",
    "delete_post",
    "edit_post",
    "hand_in_post",
    "import_running_order",
    "mark_key",
    "merge_coverages",
    "note_at_desk",
    "open_coverage",
    "open_from_template",
    "pin_post",
    "promote_post",
    "publish_post",
    "refuse_scheduled_post",
    "reopen_coverage",
    "return_post",
    "save_as_template",
    "save_order",
    "save_summary",
    "schedule_post",
    "send_post",
    "shelve_posts",
    "submit_post",
    "undo_post",
    "unpin_post",
    "write_post",
]
