"""Writing a post and changing its text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.blocks import StreamValue

from dateline.common import clock
from dateline.common.keys import new_key
from dateline.live.actions import tell
from dateline.live.actions.lock import locked_coverage, locked_post
from dateline.live.enums import Deed, PostState
from dateline.live.errors import PostChangedMeanwhile, PostNotReady, PostRefused
from dateline.live.models import LivePost, LiveStory
from dateline.live.queries import post_by_client_key
from dateline.live.rules import state_after
from dateline.live.typed import with_ids
from dateline.people.models import Account, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCopy:
    """The words of a post as a screen hands them in.

    Shape: `body` is a list of `{"type", "value"}` and optionally `"id"`, the types of `PostBlock`.
    """

    headline: str = ""
    body: Sequence[dict[str, Any]] = ()
    person: Person | None = None
    byline: str = ""
    is_key: bool = False


@transaction.atomic
def write_post(
    *, by: Account | None, live_story: LiveStory, copy: PostCopy, client_key: str = ""
) -> LivePost:
    """Store a draft; nothing reaches a reader yet.

    What comes again under the same `client_key` is not written twice: a draft takes the words that
    came last, and what is further on stays as it is.

    Records: LiveDeskChanged.

    Raises:
        ValidationError: a field does not fit.
    """
    live_story = locked_coverage(live_story)
    known = post_by_client_key(live_story, client_key) if client_key else None
    if known is not None:
        is_draft = known.state == PostState.DRAFT
        return edit_post(by=by, post=known, copy=copy) if is_draft else known
    post = LivePost(live_story=live_story, key=new_key(), client_key=client_key or None, author=by)
    put_copy(post, copy)
    post.full_clean(exclude=["live_story"])
    post.save()
    tell.note(by=by, deed=Deed.WRITE, of=post, at=clock.now())
    tell.tell_desk(live_story, Deed.WRITE, post)
    return post


@transaction.atomic
def edit_post(
    *, by: Account | None, post: LivePost, copy: PostCopy, version: int | None = None
) -> LivePost:
    """Change the words of a post; one that is out says when it was edited.

    `version` is that of the post the words were written over, None to have the last word.

    Records: LivePostChanged if readers see it, else LiveDeskChanged; nothing where nothing changed.

    Raises:
        PostRefused: it is deleted.
        PostChangedMeanwhile: it is another version now.
        PostNotReady: it is out and would have no words left.
        ValidationError: a field does not fit.
    """
    post = locked_post(post)
    refuse_older(post, version)
    move(post, Deed.EDIT)
    now, before = clock.now(), tell.snapshot(post)
    put_copy(post, copy)
    if tell.snapshot(post) == before:
        return post
    post.version += 1
    if post.state == PostState.PUBLISHED:
        refuse_empty(post)
        post.edited_at = now
    post.full_clean(exclude=["live_story"])
    post.save()
    tell.note(by=by, deed=Deed.EDIT, of=post, at=now, before=before)
    tell.change(post, Deed.EDIT, now)
    return post


def move(post: LivePost, deed: Deed) -> None:
    """Take a post to the state that a deed leads to.

    Raises:
        PostRefused: that cannot be done to a post in its state.
    """
    state = state_after(post.state, deed)
    if state is None:
        raise PostRefused(state=PostState(post.state).label.lower(), deed=deed.value)
    post.state = state


def refuse_older(post: LivePost, version: int | None) -> None:
    """Refuse to go on from another version of a post than its present one; None is any.

    Raises:
        PostChangedMeanwhile: somebody else has changed its words since.
    """
    if version is not None and version != post.version:
        raise PostChangedMeanwhile(version=post.version)


def put_copy(post: LivePost, copy: PostCopy) -> None:
    """Give a post its words, which are not stored yet; parts known before keep their ids."""
    block = post.body.stream_block
    post.headline, post.byline = copy.headline.strip(), copy.byline.strip()
    post.person, post.is_key = copy.person, copy.is_key
    parts = block.get_prep_value(block.to_python([dict(part) for part in copy.body]))
    known = list(post.body.raw_data)
    named = with_ids(parts, known)
    if named != known:
        post.body = StreamValue(block, named, is_lazy=True)


def refuse_empty(post: LivePost) -> None:
    """Refuse a post that has no word.

    Raises:
        PostNotReady: it has neither headline nor text.
    """
    if not post.headline and not len(post.body.raw_data):
        raise PostNotReady
