"""Live coverage on the page of its story: which posts, in which order, from where."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dateline.common.html import Markup, for_readers
from dateline.live.enums import Order, PostState
from dateline.live.models import LivePost, LiveStory
from dateline.live.queries import (
    Place,
    key_events,
    live_story_of,
    page_of_posts,
    pinned_post,
    post_by_key,
)
from dateline.press.touch import touch
from dateline.reader.addresses import read_before
from dateline.reader.live_contexts import LiveCoverageContext, LivePostContext
from dateline.reader.present.live import key_context, place_of, post_contexts
from dateline.reader.scopes import Moved
from dateline.reader.visit import Visit
from dateline.stories.enums import Kind
from dateline.stories.models import Story
from dateline.stories.queries import story_at

PER_PAGE = 30
MOST_KEYS = 20
ARGUMENTS = ("after", "before", "order", "post")


@dataclass(frozen=True, slots=True)
class _Page:
    """The posts of one page, whether it is the first, and whether more follow."""

    posts: list[LivePost]
    is_first: bool
    has_more: bool


def coverage_page(visit: Visit, story: Story) -> LiveCoverageContext | Moved | None:
    """Return the coverage below a story, or where its page is; None where there is none.

    An address has one spelling: what means nothing there is led to what does.
    """
    asked = {name: value for name, value in parse_qsl(visit.query) if name in ARGUMENTS}
    live_story = live_story_of(story) if story.kind == Kind.LIVE else None
    if live_story is None:
        return Moved(story.address) if asked else None
    merged = _merged(live_story, asked, visit)
    if merged is not None:
        return merged
    meant = _meant(live_story, asked)
    if meant != asked:
        return Moved(_with(story.address, meant))
    return _coverage(visit, story, live_story, meant)


def _merged(live_story: LiveStory, asked: dict[str, str], visit: Visit) -> Moved | None:
    into = live_story.merged_into
    if into is None:
        return None
    touch(f"story:{into.story_id}")
    target = story_at(into.story_id, visit.now)
    post = {"post": asked["post"]} if "post" in asked else {}
    return Moved(_with(target.address, post)) if target else None


def _meant(live_story: LiveStory, asked: dict[str, str]) -> dict[str, str]:
    """Return what of the arguments means something, in the order an address has them."""
    if "post" in asked:
        post = post_by_key(asked["post"])
        is_here = post is not None and post.live_story_id == live_story.pk
        is_out = post is not None and post.state == PostState.PUBLISHED
        return {"post": asked["post"]} if is_here and is_out else {}
    order = asked.get("order", live_story.order)
    order = order if order in Order.values else live_story.order
    start = "before" if order == Order.NEWEST else "after"
    meant = {start: asked[start]} if read_before(asked.get(start, "")) else {}
    return meant | ({"order": order} if order != live_story.order else {})


def _with(address: str, arguments: dict[str, str]) -> str:
    return f"{address}?{urlencode(arguments)}" if arguments else address


def _coverage(
    visit: Visit, story: Story, live_story: LiveStory, meant: dict[str, str]
) -> LiveCoverageContext:
    order = Order(meant.get("order", live_story.order))
    wanted = post_by_key(meant["post"]) if "post" in meant else None
    page = _page(live_story, order, meant, wanted)
    touch(f"live:{story.pk}:posts")
    if page.is_first or order == Order.OLDEST:
        touch(f"live:{story.pk}")
    by_order = {"order": order.value} if order != live_story.order else {}
    other = Order.OLDEST if order == Order.NEWEST else Order.NEWEST
    pinned = pinned_post(live_story) if page.is_first else None
    shown = post_contexts([*([pinned] if pinned else []), *page.posts], story, visit.now)
    posts = shown[1:] if pinned else shown
    top = _top(live_story, story, shown) if page.is_first else {}
    return LiveCoverageContext(
        story_id=story.pk,
        after=visit.journal,
        is_running=live_story.is_running,
        opened_at=live_story.opened_at,
        closed_at=live_story.closed_at,
        pinned=shown[0] if pinned else None,
        posts=posts,
        is_first=page.is_first,
        order=order.value,
        start_url=_with(story.address, by_order),
        switch_url=_with(story.address, {"order": other.value} if not by_order else {}),
        next_url=_next(story, page, order, by_order),
        post=_named(shown, wanted),
        **top,
    )


def _top(live_story: LiveStory, story: Story, shown: tuple[LivePostContext, ...]) -> dict[str, Any]:
    """Return what stands above the posts of the first page, and nowhere else."""
    here = {post.key for post in shown}
    keys = key_events(live_story, MOST_KEYS)
    return {
        "changed_at": live_story.changed_at,
        "summary": tuple(for_readers(Markup.INLINE, point) for point in live_story.summary),
        "summary_at": live_story.summary_at,
        "keys": tuple(key_context(post, story, is_here=post.key in here) for post in keys),
    }


def _page(
    live_story: LiveStory, order: Order, meant: dict[str, str], wanted: LivePost | None
) -> _Page:
    start = read_before(meant.get("before", "") or meant.get("after", ""))
    if start is not None:
        return _cut(live_story, order, start=start)
    first = _cut(live_story, order)
    if wanted is None or wanted.is_pinned or wanted.pk in {post.pk for post in first.posts}:
        return first
    assert wanted.published_at is not None, "a post that is out was published"  # noqa: S101
    return _cut(live_story, order, start=(wanted.published_at, wanted.pk), with_start=True)


def _cut(
    live_story: LiveStory, order: Order, *, start: Place | None = None, with_start: bool = False
) -> _Page:
    posts = page_of_posts(
        live_story, order=order, limit=PER_PAGE + 1, start=start, with_start=with_start
    )
    return _Page(posts[:PER_PAGE], start is None, len(posts) > PER_PAGE)


def _next(story: Story, page: _Page, order: Order, by_order: dict[str, str]) -> str:
    if not page.has_more:
        return ""
    start = "before" if order == Order.NEWEST else "after"
    return _with(story.address, {start: place_of(page.posts[-1])} | by_order)


def _named(shown: tuple[LivePostContext, ...], wanted: LivePost | None) -> LivePostContext | None:
    return next((post for post in shown if wanted and post.key == wanted.key), None)
