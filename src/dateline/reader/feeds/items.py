"""From stories to the items of a feed, in a fixed number of queries."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch
from django.template.loader import render_to_string

from dateline.media.models import Picture, Rendition
from dateline.media.renditions import format_of
from dateline.press.touch import touch
from dateline.reader.feeds.shapes import FeedAuthor, FeedCategory, FeedItem, FeedPicture
from dateline.reader.feeds.text import absolute, legal, tag_uri
from dateline.reader.present.body import body_contexts
from dateline.reader.present.furniture import put_in_place
from dateline.reader.present.pictures import renditions_of
from dateline.reader.present.story import dateline_of
from dateline.reader.scopes import person_address
from dateline.stories.models import Byline, Story, StoryTopic
from dateline.stories.queries import visible

PARTS = (
    Prefetch("bylines", Byline.objects.select_related("person")),
    Prefetch("story_topics", StoryTopic.objects.select_related("topic")),
)
_WIDEST = 1200


def feed_items(numbers: Sequence[int], now: datetime, *, full: bool) -> tuple[FeedItem, ...]:
    """Return the visible ones of some stories as items, in the order given."""
    stories = visible(now).filter(pk__in=numbers).select_related("lead_picture")
    unread = ("note_to_editors", "editors_note", *(() if full else ("body",)))
    found = {story.pk: story for story in stories.defer(*unread).prefetch_related(*PARTS)}
    shown = renditions_of(one.lead_picture_id for one in found.values() if one.lead_picture_id)
    return tuple(
        _item(put_in_place(found[number]), shown, full=full)
        for number in numbers
        if number in found
    )


def _item(story: Story, shown: dict[int, list[Rendition]], *, full: bool) -> FeedItem:
    touch(f"story:{story.pk}", f"section:{story.section_id}:name")
    published_at = story.published_at
    assert published_at is not None, "a visible story was published"  # noqa: S101
    base = settings.DATELINE.base_url
    moments = (published_at, story.updated_at, story.corrected_at)
    return FeedItem(
        guid=tag_uri(base, f"{published_at:%Y-%m-%d}", f"story-{story.pk}"),
        url=base + story.address,
        headline=legal(story.headline),
        summary=legal(story.standfirst),
        html=_html(story, base) if full else "",
        language=story.language or story.edition.language,
        published_at=published_at,
        updated_at=max(moment for moment in moments if moment is not None),
        authors=_authors(story, base),
        categories=_categories(story, base),
        picture=_picture(story, shown, base),
    )


def _html(story: Story, base: str) -> str:
    blocks, _placed = body_contexts(list(story.body.raw_data), dateline_of(story))
    html = render_to_string("reader/feeds/_body.html", {"story": story, "blocks": blocks})
    return legal(absolute(html, base).strip())


def _authors(story: Story, base: str) -> tuple[FeedAuthor, ...]:
    made = []
    for byline in story.bylines.all():
        touch(f"person:{byline.person_id}")
        address = person_address(story.edition.prefix, byline.person.slug)
        made.append(FeedAuthor(name=legal(byline.person.name), url=base + address))
    return tuple(dict.fromkeys(made))


def _categories(story: Story, base: str) -> tuple[FeedCategory, ...]:
    made = [FeedCategory(name=legal(story.section.name), url=base + story.section_address)]
    for row in story.story_topics.all():
        touch(f"topic:{row.topic_id}:name")
        address = f"{story.edition.prefix}topics/{row.topic.slug}/"
        made.append(FeedCategory(name=legal(row.topic.name), url=base + address))
    return tuple(made)


def _picture(story: Story, shown: dict[int, list[Rendition]], base: str) -> FeedPicture | None:
    picture = story.lead_picture
    if picture is None:
        return None
    touch(f"picture:{picture.pk}")
    plain = [one for one in shown.get(picture.pk, ()) if format_of(one.filter_spec) == "jpeg"]
    fitting = [one for one in plain if one.width <= _WIDEST] or plain
    return _described(picture, fitting[-1], story.lead_caption, base) if fitting else None


def _described(picture: Picture, chosen: Rendition, caption: str, base: str) -> FeedPicture | None:
    try:
        size = chosen.file.size
    except FileNotFoundError:
        return None
    return FeedPicture(
        url=base + chosen.url,
        mime="image/jpeg",
        size=size,
        width=chosen.width,
        height=chosen.height,
        alt=legal(picture.description or picture.caption),
        caption=legal(caption or picture.caption),
        credit=legal(picture.credit_line),
    )
