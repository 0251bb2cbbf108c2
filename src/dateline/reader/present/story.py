"""A whole story as its page shows it."""

from datetime import datetime

from dateline.common.html import Markup, for_readers
from dateline.press.touch import touch
from dateline.reader.contexts import (
    CorrectionContext,
    DatelineContext,
    LinkContext,
    ParagraphContext,
    StoryContext,
    TopicLinkContext,
)
from dateline.reader.dates import day_of_month
from dateline.reader.present.body import body_contexts, word_count
from dateline.reader.present.bylines import lead_sizes, picture_and_bylines
from dateline.reader.present.cards import is_breaking
from dateline.reader.present.contents import contents_of, with_hours
from dateline.stories.enums import Kind
from dateline.stories.models import Story
from dateline.stories.paragraphs import plain_text
from dateline.stories.rules import reading_minutes, repeats, short_headline


def story_context(story: Story, *, version: int, now: datetime) -> StoryContext:
    """Return a story with all its parts."""
    touch(f"story:{story.pk}", f"section:{story.section_id}:name")
    raw = list(story.body.raw_data)
    dateline = dateline_of(story)
    # A feature opens with its own first letter: its dateline is a line by itself.
    stands_alone = story.kind == Kind.FEATURE
    blocks, placed = body_contexts(raw, None if stands_alone else dateline)
    blocks = with_hours(blocks) if story.kind == Kind.LIVE else blocks
    words = word_count(raw)
    picture, bylines = picture_and_bylines(story)
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
        dateline=None if placed and not stands_alone else dateline,
        bylines=bylines,
        published_at=published_at,
        updated_at=story.updated_at,
        reading_minutes=reading_minutes(words),
        word_count=words,
        contents=contents_of(story.kind, blocks, words),
        picture=picture,
        picture_sizes=lead_sizes(story.kind),
        blocks=blocks,
        editors_note=for_readers(Markup.INLINE, story.editors_note),
        corrections=_corrections(story),
        topics=_topics(story),
        source=story.source,
    )


def dateline_of(story: Story) -> DatelineContext | None:
    """Return what stands at the head of a story's copy, or None where nothing does."""
    if not (story.dateline_place or story.dateline_date):
        return None
    filed_on = story.dateline_date
    return DatelineContext(
        place=story.dateline_place,
        filed_on=filed_on,
        date_text=day_of_month(filed_on) if filed_on else "",
        agency=story.dateline_agency,
    )


def _corrections(story: Story) -> tuple[CorrectionContext, ...]:
    if story.corrected_at is None:
        return ()
    return tuple(
        CorrectionContext(at=one.at, html=for_readers(Markup.INLINE, one.text))
        for one in story.corrections.all()
    )


def _topics(story: Story) -> tuple[TopicLinkContext, ...]:
    made = []
    for row in story.story_topics.all():
        touch(f"topic:{row.topic_id}:name")
        url = f"{story.edition.prefix}topics/{row.topic.slug}/"
        made.append(
            TopicLinkContext(
                label=row.topic.name,
                url=url,
                kind=row.topic.kind,
                wikidata_id=row.topic.wikidata_id,
            )
        )
    return tuple(made)
