"""A whole story as its page shows it."""

from datetime import datetime

from django.utils.formats import date_format

from dateline.common.html import Markup, clean, sanitised
from dateline.press.touch import touch
from dateline.reader.contexts import (
    BylineContext,
    CorrectionContext,
    DatelineContext,
    LinkContext,
    ParagraphContext,
    StoryContext,
)
from dateline.reader.present.body import body_contexts, plain_text, word_count
from dateline.reader.present.cards import is_breaking
from dateline.reader.present.pictures import picture_by_number
from dateline.stories.enums import Kind, Role
from dateline.stories.models import Story
from dateline.stories.rules import reading_minutes, repeats, short_headline


def story_context(story: Story, *, version: int, now: datetime) -> StoryContext:
    """Return a story with all its parts."""
    touch(f"story:{story.pk}", f"section:{story.section_id}:name")
    raw = list(story.body.raw_data)
    dateline = _dateline(story)
    blocks, placed = body_contexts(raw, dateline)
    first = next((block for block in blocks if isinstance(block, ParagraphContext)), None)
    is_repeated = first is not None and repeats(story.standfirst, plain_text(first.html))
    published_at = story.published_at or now
    return StoryContext(
        story_id=story.pk or 0,
        version=version,
        language=story.language or story.edition.language,
        direction=story.edition.direction,
        headline=story.headline,
        short_headline=short_headline(story.short_headline, story.headline),
        url=story.address,
        kicker=story.kicker,
        standfirst="" if is_repeated else story.standfirst,
        kind=story.kind,
        kind_label=str(Kind(story.kind).label),
        urgency=story.urgency,
        is_breaking=is_breaking(story.urgency, published_at, now),
        section=LinkContext(label=story.section.name, url=story.section_address),
        dateline=None if placed else dateline,
        bylines=_bylines(story),
        published_at=published_at,
        updated_at=story.updated_at,
        reading_minutes=reading_minutes(word_count(raw)),
        picture=picture_by_number(story.lead_picture_id, caption=story.lead_caption),
        blocks=blocks,
        editors_note=sanitised(clean(Markup.INLINE, story.editors_note)),
        corrections=_corrections(story),
        topics=_topics(story),
        source=story.source,
    )


def _dateline(story: Story) -> DatelineContext | None:
    if not (story.dateline_place or story.dateline_date):
        return None
    filed_on = story.dateline_date
    return DatelineContext(
        place=story.dateline_place,
        filed_on=filed_on,
        date_text=date_format(filed_on, "MONTH_DAY_FORMAT") if filed_on else "",
        agency=story.dateline_agency,
    )


def _bylines(story: Story) -> tuple[BylineContext, ...]:
    made = []
    for byline in story.bylines.all():
        touch(f"person:{byline.person_id}")
        role = Role(byline.role)
        shown = byline.person.title if role is Role.WRITER else str(role.label)
        made.append(BylineContext(name=byline.person.name, role=shown))
    return tuple(made)


def _corrections(story: Story) -> tuple[CorrectionContext, ...]:
    if story.corrected_at is None:
        return ()
    return tuple(
        CorrectionContext(at=one.at, html=sanitised(clean(Markup.INLINE, one.text)))
        for one in story.corrections.all()
    )


def _topics(story: Story) -> tuple[LinkContext, ...]:
    made = []
    for row in story.story_topics.all():
        touch(f"topic:{row.topic_id}:name")
        url = f"{story.edition.prefix}topics/{row.topic.slug}/"
        made.append(LinkContext(label=row.topic.name, url=url))
    return tuple(made)
