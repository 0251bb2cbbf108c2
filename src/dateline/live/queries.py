"""Finding coverage and posts. `posts_for_readers()` is the only way to a reader's post."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from dateline.live.enums import Order, PostState
from dateline.live.models import LivePost, LiveStory, PostPicture
from dateline.press.touch import touch
from dateline.stories.enums import Kind
from dateline.stories.models import Story
from dateline.stories.queries import visible

Place = tuple[datetime, int]


def live_story_of(story: Story) -> LiveStory | None:
    """Return a story's coverage, with the one it was merged into, or None before its first use."""
    found = LiveStory.objects.filter(story=story).select_related("merged_into")
    return found.first()


def is_seen(live_story: LiveStory, now: datetime) -> bool:
    """Say whether readers may see the coverage's story now."""
    return visible(now).filter(pk=live_story.story_id, kind=Kind.LIVE).exists()


def running_among(stories: Iterable[int]) -> frozenset[int]:
    """Return the numbers of those stories whose coverage goes on."""
    numbers = list(stories)
    if not numbers:
        return frozenset()
    running = LiveStory.objects.filter(story__in=numbers, closed_at__isnull=True)
    return frozenset(running.values_list("story_id", flat=True))


def posts_for_readers(live_story: LiveStory) -> QuerySet[LivePost]:
    """Return the posts of a coverage that readers see, given that they see its story."""
    posts = LivePost.objects.filter(live_story=live_story, state=PostState.PUBLISHED)
    return posts.select_related("person")


def page_of_posts(
    live_story: LiveStory,
    *,
    order: str,
    limit: int,
    start: Place | None = None,
    with_start: bool = False,
) -> list[LivePost]:
    """Return the posts beyond a place, by keyset; without a place from the coverage's end.

    Order: as asked for. The pinned post is left out: it stands above all of them.
    """
    posts = posts_for_readers(live_story).filter(is_pinned=False)
    newest_first = order == Order.NEWEST
    if start is not None:
        posts = posts.filter(_beyond(start, newest_first=newest_first, with_start=with_start))
    ends = ("-published_at", "-pk") if newest_first else ("published_at", "pk")
    return list(posts.order_by(*ends)[:limit])


def _beyond(start: Place, *, newest_first: bool, with_start: bool) -> Q:
    at, number = start
    side, same = ("lt", "lte" if with_start else "lt") if newest_first else ("gt", "gt")
    if with_start and not newest_first:
        same = "gte"
    near = Q(**{f"published_at__{side}e": at})
    return near & (Q(**{f"published_at__{side}": at}) | Q(**{f"pk__{same}": number}))


def has_newer(post: LivePost) -> bool:
    """Say whether readers see a post that was published after this one."""
    others = LivePost.objects.filter(
        live_story=post.live_story_id,
        state=PostState.PUBLISHED,
        published_at__gte=post.published_at,
    )
    newer = Q(published_at__gt=post.published_at) | Q(pk__gt=post.pk)
    return others.filter(newer).exists()


def key_events(live_story: LiveStory, limit: int) -> list[LivePost]:
    """Return the newest key events of a coverage, newest first, without their texts."""
    posts = LivePost.objects.filter(live_story=live_story, state=PostState.PUBLISHED, is_key=True)
    return list(posts.order_by("-published_at", "-pk").defer("correction")[:limit])


def pinned_post(live_story: LiveStory) -> LivePost | None:
    """Return the post that stands on top of a coverage, or None."""
    return posts_for_readers(live_story).filter(is_pinned=True).first()


def post_by_key(key: str) -> LivePost | None:
    """Return a post by its key, with its coverage, whatever state it is in."""
    found = LivePost.objects.filter(key=key).select_related("live_story", "person")
    return found.first()


def posts_seen(numbers: Iterable[int], now: datetime) -> dict[int, LivePost]:
    """Return those posts, by number, that readers may see now."""
    seen = Exists(visible(now).filter(pk=OuterRef("live_story__story_id"), kind=Kind.LIVE))
    posts = LivePost.objects.filter(seen, pk__in=list(numbers), state=PostState.PUBLISHED)
    return {post.pk: post for post in posts.select_related("person", "live_story__story__edition")}


def posts_for_desk(live_story: LiveStory, *, limit: int = 60) -> list[LivePost]:
    """Return the newest posts of a coverage in every state but deleted, newest made first."""
    posts = LivePost.objects.filter(live_story=live_story).exclude(state=PostState.DELETED)
    return list(posts.select_related("author", "person", "promoted_to").order_by("-pk")[:limit])


def post_by_client_key(live_story: LiveStory, client_key: str) -> LivePost | None:
    """Return the post the writing screen sent under a name of its own, or None."""
    posts = LivePost.objects.filter(live_story=live_story, client_key=client_key)
    return posts.first()


def due_posts(now: datetime) -> QuerySet[LivePost]:
    """Return the scheduled posts whose time has come."""
    due = LivePost.objects.filter(state=PostState.SCHEDULED, scheduled_for__lte=now)
    return due.order_by("scheduled_for", "pk")


def templates() -> QuerySet[LiveStory]:
    """Return the coverages that others are opened from, by name."""
    return LiveStory.objects.exclude(template="").select_related("story").order_by("template")


def post_showing(picture: int, now: datetime) -> int | None:
    """Return the number of a post that readers may see and that shows a picture, or None."""
    uses = PostPicture.objects.filter(picture=picture).order_by("-post_id")
    numbers = list(uses.values_list("post_id", flat=True)[:100])
    for number, post in posts_seen(numbers, now).items() if numbers else ():
        touch(f"story:{post.live_story.story_id}", f"live:{post.live_story.story_id}:posts")
        return number
    return None


def coverages_seen(stories: Iterable[int], now: datetime) -> dict[int, LiveStory]:
    """Return the coverages of those stories that readers may see now, by the story's number."""
    seen = Exists(visible(now).filter(pk=OuterRef("story_id"), kind=Kind.LIVE))
    found = LiveStory.objects.filter(seen, story__in=list(stories))
    return {row.story_id: row for row in found.select_related("story__edition")}
