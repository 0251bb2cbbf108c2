"""Stories in lists."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from dateline.live.queries import running_among
from dateline.media.models import Rendition
from dateline.press.touch import touch
from dateline.reader.contexts import LinkContext, StoryCardContext
from dateline.reader.present.pictures import picture_context, renditions_of
from dateline.stories.enums import Kind, Urgency
from dateline.stories.models import Story
from dateline.stories.rules import BREAKING_FOR, short_headline


def story_cards(
    stories: Iterable[Story], now: datetime, *, pictures: bool = True
) -> tuple[StoryCardContext, ...]:
    """Return stories as lists show them, in the order given.

    One query for all their pictures, and one for which live coverage is running, if there is any.
    """
    rows = list(stories)
    shown = [row.lead_picture_id for row in rows if row.lead_picture_id] if pictures else []
    renditions = renditions_of(shown)
    running = running_among(row.pk for row in rows if row.kind == Kind.LIVE)
    made = (_card(row, renditions.get(row.lead_picture_id or 0), now) for row in rows)
    return tuple(replace(one, is_live=True) if one.story_id in running else one for one in made)


def _card(story: Story, renditions: list[Rendition] | None, now: datetime) -> StoryCardContext:
    touch(f"story:{story.pk}", f"section:{story.section_id}:name")
    published_at = story.published_at or now
    picture = story.lead_picture if renditions is not None else None
    return StoryCardContext(
        story_id=story.pk,
        headline=story.headline,
        short_headline=short_headline(story.short_headline, story.headline),
        url=story.address,
        kicker=story.kicker,
        standfirst=story.standfirst,
        kind=story.kind,
        kind_label=str(Kind(story.kind).label),
        urgency=story.urgency,
        is_breaking=is_breaking(story.urgency, published_at, now),
        section=LinkContext(label=story.section.name, url=story.section_address),
        place=story.dateline_place,
        published_at=published_at,
        updated_at=story.updated_at,
        is_corrected=story.corrected_at is not None,
        picture=picture_context(picture, renditions or [], caption=story.lead_caption)
        if picture
        else None,
    )


def is_breaking(urgency: int, published_at: datetime, now: datetime) -> bool:
    """Say whether a story is shown as breaking: urgent enough, and fresh."""
    return urgency <= Urgency.BULLETIN and now - published_at < BREAKING_FOR
