"""Live posts as pages, feeds and the stream show them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.text import Truncator

from dateline.common.html import Markup, for_readers
from dateline.live.models import LivePost
from dateline.press.touch import touch
from dateline.reader.addresses import before_text
from dateline.reader.contexts import BlockContext, LinkContext
from dateline.reader.links import post_path
from dateline.reader.live_contexts import LiveKeyContext, LivePostContext
from dateline.reader.present.body import several_bodies
from dateline.stories.models import Story
from dateline.stories.paragraphs import plain_text
from dateline.stories.queries import stories_at

_WORDS_OF_A_LABEL = 12


def post_contexts(
    posts: Iterable[LivePost], story: Story, now: datetime
) -> tuple[LivePostContext, ...]:
    """Return posts of one coverage in the order given; a fixed number of queries for all."""
    rows = list(posts)
    bodies = several_bodies([list(row.body.raw_data) for row in rows])
    made = _made_stories(rows, now)
    pairs = zip(rows, bodies, strict=True)
    return tuple(_post(row, blocks, story, made) for row, blocks in pairs)


def key_context(post: LivePost, story: Story, *, is_here: bool) -> LiveKeyContext:
    """Return a key event's line; one on this page is led to within it."""
    return LiveKeyContext(
        key=post.key,
        url=f"#post-{post.key}" if is_here else post_path(story.pk, post.key),
        place=place_of(post),
        label=label_of(post),
        published_at=_at(post),
    )


def place_of(post: LivePost) -> str:
    """Return a post's place in its list, as addresses and pages write it."""
    return before_text(_at(post), post.pk)


def label_of(post: LivePost) -> str:
    """Return what a post is called where its text does not stand: headline or first words."""
    if post.headline:
        return post.headline
    texts = (part["value"] for part in post.body.raw_data)
    words = (value if isinstance(value, str) else value.get("text", "") for value in texts)
    first = next((plain for plain in map(plain_text, words) if plain), "")
    return Truncator(first).words(_WORDS_OF_A_LABEL, truncate=" …")


def _post(
    post: LivePost, blocks: tuple[BlockContext, ...], story: Story, made: dict[int, Story]
) -> LivePostContext:
    person = post.person
    if person is not None:
        touch(f"person:{person.pk}")
    story_made = made.get(post.promoted_to_id or 0)
    return LivePostContext(
        key=post.key,
        url=post_path(story.pk, post.key),
        place=place_of(post),
        version=post.version,
        headline=post.headline,
        blocks=blocks,
        byline=person.name if person else post.byline,
        byline_url=f"{story.edition.prefix}people/{person.slug}/" if person else "",
        published_at=_at(post),
        edited_at=post.edited_at,
        correction=for_readers(Markup.INLINE, post.correction),
        corrected_at=post.corrected_at,
        is_key=post.is_key,
        is_pinned=post.is_pinned,
        story=LinkContext(label=story_made.headline, url=story_made.address)
        if story_made
        else None,
    )


def _made_stories(posts: Sequence[LivePost], now: datetime) -> dict[int, Story]:
    """Return the stories that were made of posts and that readers may see."""
    numbers = [post.promoted_to_id for post in posts if post.promoted_to_id]
    touch(*(f"story:{number}" for number in numbers))
    return {story.pk: story for story in stories_at(numbers, now)} if numbers else {}


def _at(post: LivePost) -> datetime:
    assert post.published_at is not None, "a post that is shown was published"  # noqa: S101
    return post.published_at
