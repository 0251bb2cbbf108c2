"""Writing a post and taking it where its writer wants it, in one step that may come twice."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dateline.live.actions.mark import pin_post
from dateline.live.actions.plan import schedule_post, submit_post
from dateline.live.actions.publish import publish_post
from dateline.live.actions.write import PostCopy, write_post
from dateline.live.enums import Deed, PostState
from dateline.live.models import LivePost, LiveStory
from dateline.people.models import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """What is to become of a post that is handed in.

    Shape: `deed` is write, submit, schedule (then `at` says when) or publish; `client_key` is the
        screen's own name for the post.
    """

    deed: Deed
    client_key: str = ""
    at: datetime | None = None
    is_pinned: bool = False


@transaction.atomic
def hand_in_post(
    *, by: Account | None, live_story: LiveStory, copy: PostCopy, wish: HandIn
) -> LivePost:
    """Write a post and publish, schedule or submit it; sent again it is the same post, as it is.

    Records: what writing, pinning and the deed record.

    Raises: what `write_post`, `publish_post`, `schedule_post` and `submit_post` raise.
    """
    post = write_post(by=by, live_story=live_story, copy=copy, client_key=wish.client_key)
    if post.state != PostState.DRAFT:
        return post
    if wish.is_pinned:
        post = pin_post(by=by, post=post)
    if wish.deed is Deed.PUBLISH:
        return publish_post(by=by, post=post)
    if wish.deed is Deed.SUBMIT:
        return submit_post(by=by, post=post)
    if wish.deed is Deed.SCHEDULE and wish.at is not None:
        return schedule_post(by=by, post=post, at=wish.at)
    return post
