"""Lines of the newsfeed: on a page, in its index and from the stream they are made here."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dateline.media.models import Rendition
from dateline.media.renditions import format_of
from dateline.newsfeed.queries import Row, topics_of
from dateline.press.touch import touch
from dateline.reader.contexts import PictureContext, StoryCardContext
from dateline.reader.present.cards import story_cards
from dateline.reader.present.furniture import Furniture
from dateline.reader.present.pictures import picture_context, renditions_of
from dateline.stories.enums import Kind
from dateline.stories.models import Story
from dateline.stories.queries import section_and_above

RowValues = tuple[int, int, tuple[int, ...], str, tuple[int, ...], str, int]
"""A line as scripts count it: number, story, sections, kind, topics, language, urgency."""


def feed_lines(
    stories: Sequence[Story], now: datetime, furniture: Furniture | None
) -> tuple[StoryCardContext, ...]:
    """Return announced stories as lines, in the order given; two queries, whatever their number.

    Only features show a picture, the smallest there is.
    """
    topics = topics_of(story.pk for story in stories)
    touch(*(f"topic:{number}:name" for found in topics.values() for number in found))
    features = [story.lead_picture_id for story in stories if _has_picture(story)]
    renditions = renditions_of(number for number in features if number)
    return tuple(
        replace(
            card,
            number=story.announced_as,
            sections=_sections(story, furniture),
            topics=topics.get(story.pk, ()),
            language=_own_language(story.language, furniture),
            picture=_thumbnail(story, renditions) if _has_picture(story) else None,
        )
        for story, card in zip(stories, story_cards(stories, now, pictures=False), strict=True)
    )


def row_of_card(card: StoryCardContext) -> RowValues | None:
    """Return what a counter needs of a line, None for one that has no place in the newsfeed."""
    if card.number is None:
        return None
    facets = (card.sections, card.kind, card.topics, card.language, card.urgency)
    return (card.number, card.story_id, *facets)


def row_values(row: Row, furniture: Furniture) -> RowValues:
    """Return a row as scripts count it, with the sections that its own is part of."""
    sections = tuple(one.pk for one in section_and_above(furniture.sections[row.section]))
    language = _own_language(row.language, furniture)
    return (row.number, row.story, sections, row.kind, row.topics, language, row.urgency)


def _sections(story: Story, furniture: Furniture | None) -> tuple[int, ...]:
    known = furniture.sections.get(story.section_id) if furniture else None
    return tuple(one.pk for one in section_and_above(known or story.section))


def _own_language(language: str, furniture: Furniture | None) -> str:
    """Return a story's language where it is not the edition's, else an empty text."""
    return "" if furniture and language == furniture.edition.language else language


def _has_picture(story: Story) -> bool:
    return story.kind == Kind.FEATURE and story.lead_picture_id is not None


def _thumbnail(story: Story, renditions: dict[int, list[Rendition]]) -> PictureContext | None:
    smallest: dict[str, Rendition] = {}
    for one in renditions[story.lead_picture_id or 0]:
        smallest.setdefault(format_of(one.filter_spec) or "", one)
    assert story.lead_picture is not None, "a story with a picture's number has it"  # noqa: S101
    made = picture_context(story.lead_picture, list(smallest.values()))
    return made and replace(made, srcset="", alt="")
