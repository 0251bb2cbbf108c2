"""Finding coverage and posts. `posts_for_readers()` is the only way to a reader's post."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When

from dateline.common.prepared import PreparedIn
from dateline.journal.queries import head, lines_after
from dateline.live.entries import LiveDeskChanged, LiveEntry, LivePostEntry
from dateline.live.enums import Order, PostState
from dateline.live.models import AtDesk, LivePost, LiveStory, PostPicture
from dateline.live.rules import AT_DESK_FOR
from dateline.press.touch import touch
from dateline.stories.enums import Kind
from dateline.stories.models import Story
from dateline.stories.queries import visible
from dateline.topics.models import Edition

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
    return {post.pk: post for post in _POSTS.rows(numbers, now=now)}


def _posts_seen(numbers: Sequence[int], now: datetime) -> QuerySet[LivePost]:
    seen = Exists(visible(now).filter(pk=OuterRef("live_story__story_id"), kind=Kind.LIVE))
    posts = LivePost.objects.filter(seen, pk__in=numbers, state=PostState.PUBLISHED)
    found = posts.select_related("person", "live_story__story__edition")
    return found.defer("live_story__story__body")


_POSTS = PreparedIn(_posts_seen, now=datetime)


_FOR_DESK = ("author", "person", "promoted_to")
MOST_CHANGES = 200


def coverages_for_desk(*, is_running: bool, limit: int = 40) -> list[LiveStory]:
    """Return coverages that nobody merged into another, newest first.

    Shape: each has `published` and `waiting`, the numbers of posts that are out, and that somebody
        must approve.
    """
    rows = LiveStory.objects.filter(merged_into=None, closed_at__isnull=is_running)
    counts = {
        name: Count("posts", filter=Q(posts__state=state))
        for name, state in (("published", PostState.PUBLISHED), ("waiting", PostState.SUBMITTED))
    }
    found = rows.annotate(**counts).select_related("story__section", "story__edition")
    return list(found.order_by("-opened_at", "-pk")[:limit])


def stories_to_cover(limit: int = 40) -> list[Story]:
    """Return the stories of kind live that have no coverage yet, newest first."""
    stories = Story.objects.filter(kind=Kind.LIVE, live_story=None).select_related("section")
    return list(stories.defer("body").order_by("-pk")[:limit])


def coverages_to_merge(live_story: LiveStory, limit: int = 40) -> list[LiveStory]:
    """Return the coverages of the same edition whose posts can be taken into this one."""
    others = LiveStory.objects.filter(
        merged_into=None, story__edition_id=live_story.story.edition_id
    )
    found = others.exclude(pk=live_story.pk).select_related("story")
    return list(found.order_by("-opened_at", "-pk")[:limit])


def posts_for_desk(
    live_story: LiveStory, *, limit: int = 60, before: Place | None = None
) -> list[LivePost]:
    """Return what waits, whatever it waits for, newest made first, then the newest that are out.

    `before` is the place of a published post: only those that came out before it are returned.
    """
    posts = LivePost.objects.filter(live_story=live_story).select_related(*_FOR_DESK)
    out = posts.filter(state=PostState.PUBLISHED).order_by("-published_at", "-pk")
    if before is not None:
        return list(out.filter(_beyond(before, newest_first=True, with_start=False))[:limit])
    waiting = posts.exclude(state__in=(PostState.PUBLISHED, PostState.DELETED)).order_by("-pk")
    return [*waiting[:MOST_CHANGES], *out[:limit]]


def post_for_desk(live_story: LiveStory, number: int) -> LivePost | None:
    """Return a post of a coverage, whatever has become of it, or None."""
    posts = LivePost.objects.filter(live_story=live_story, pk=number)
    return posts.select_related(*_FOR_DESK, "live_story").first()


@dataclass(frozen=True, slots=True)
class DeskChanges:
    """What has happened in a coverage since an entry of the journal.

    Shape: `seq` is the newest entry looked at; `posts` the numbers of posts that were touched;
        `is_whole` is true when more was touched than posts, or too much to tell it one by one.
    """

    seq: int
    posts: frozenset[int]
    is_whole: bool


def desk_changes(live_story: LiveStory, after: int) -> DeskChanges:
    """Return what has happened in a coverage since an entry, for the screens of the desk."""
    newest = head()
    if not 0 <= newest - after <= MOST_CHANGES:
        return DeskChanges(newest, frozenset(), is_whole=True)
    posts: set[int] = set()
    is_whole, seq = False, after
    for line in lines_after(after, MOST_CHANGES):
        seq = line.seq
        entry = getattr(line, "entry", None)
        if not isinstance(entry, LiveEntry | LiveDeskChanged) or entry.story != live_story.story_id:
            continue
        number = entry.post if isinstance(entry, LivePostEntry | LiveDeskChanged) else None
        is_whole = is_whole or number is None
        posts.update(() if number is None else (number,))
    return DeskChanges(seq, frozenset(posts), is_whole=is_whole)


def who_is_at_desk(live_story: LiveStory, now: datetime) -> list[AtDesk]:
    """Return who has the coverage's writing screen open, by name."""
    rows = AtDesk.objects.filter(live_story=live_story, seen_at__gt=now - AT_DESK_FOR)
    return list(rows.select_related("account").order_by("account__username"))


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


def coverages_changed(
    edition: Edition, *, since: datetime, until: datetime
) -> dict[int, tuple[datetime, datetime | None]]:
    """Return when live stories of a span of time were published, and changed last if ever.

    Shape: both moments by the story's number; the second is None until readers are told of
        something, and for a coverage that went into another one.
    """
    stories = Story.objects.filter(
        edition=edition,
        live__in=[True],  # As the index of an edition's stories has it.
        published_at__gte=since,
        published_at__lt=until,
    )
    told = Case(When(live_story__merged_into=None, then=F("live_story__changed_at")))
    rows = stories.order_by("pk").values_list("pk", "published_at", told)
    return {number: (began, at) for number, began, at in rows if began}


def words_of_coverages(stories: Iterable[int]) -> Iterator[tuple[int, str, list[dict[str, Any]]]]:
    """Yield number of the story, headline and stored text of each post of some coverages.

    Order: key events first, then the newest; whether readers see the story is for the caller.
    """
    posts = LivePost.objects.filter(live_story__story__in=list(stories), state=PostState.PUBLISHED)
    posts = posts.select_related("live_story").order_by("-is_key", "-published_at", "-pk")
    for post in posts.only("headline", "body", "live_story__story_id").iterator(200):
        yield post.live_story.story_id, post.headline, list(post.body.raw_data)


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
    return {row.story_id: row for row in _COVERAGES.rows(stories, now=now)}


def _coverages_seen(stories: Sequence[int], now: datetime) -> QuerySet[LiveStory]:
    seen = Exists(visible(now).filter(pk=OuterRef("story_id"), kind=Kind.LIVE))
    return LiveStory.objects.filter(seen, story__in=stories).select_related("story__edition")


_COVERAGES = PreparedIn(_coverages_seen, now=datetime)
