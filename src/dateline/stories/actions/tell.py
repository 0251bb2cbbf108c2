"""Making a story's entries and putting it in the reader's lists."""

from datetime import datetime
from typing import Any

from dateline.journal.record import record
from dateline.media.actions import note_uses
from dateline.stories.actions.quiet import told
from dateline.stories.blocks import pictures_in
from dateline.stories.entries import StoryKept, StoryPublished, StoryUpdated, StoryWithdrawn
from dateline.stories.models import Byline, Story, StoryTopic
from dateline.stories.queries import (
    section_and_above,
    section_and_below,
    stories_of_sections,
    visible,
)
from dateline.stories.rules import address_slug, day_text, short_headline


def show(
    *, story: Story, version: int, now: datetime, is_back: bool, announces: bool = True
) -> None:
    """Show a story for the first time, or again after it was away or moved to another section.

    Lists below the newest must look again when it comes back, or was published before elsewhere.
    The newsfeed has it from now on under the entry's number, unless that is quiet, or the story
    only moved (not `announces`).

    Records: StoryPublished, or quietly StoryImported.
    """
    is_first = story.slug == ""
    _date(story, story.published_at or now)
    is_newest = not is_back and not (is_first and _has_newer(story, now))
    entry = told(StoryPublished(**_where(story), **_line(story, version), is_newest=is_newest))
    number = record(entry)
    if announces and isinstance(entry, StoryPublished):
        story.announced_as = number
    _place(story)


def update(*, story: Story, version: int, now: datetime | None, is_newest: bool = True) -> None:
    """Show the present state of a story that readers see already; `now` marks it as updated.

    `is_newest` is false when older pages of a list may begin or cease to show it.

    Records: StoryUpdated, or quietly StoryImported.
    """
    if now is not None:
        story.updated_at = now
    _date(story, _published_at(story))
    _place(story)
    record(told(StoryUpdated(**_where(story), **_line(story, version), is_newest=is_newest)))


def hide(*, story: Story) -> None:
    """Tell readers' pages that a story they could see is gone; the newsfeed has no line of it.

    Records: StoryWithdrawn.
    """
    story.announced_as = None
    Story.objects.filter(pk=story.pk, announced_as__isnull=False).update(announced_as=None)
    record(StoryWithdrawn(**_where(story), is_newest=False))


def keep(*, story: Story, version: int) -> None:
    """Tell the desk of a change that readers must not learn of.

    Records: StoryKept.
    """
    record(StoryKept(**_where(story), version=version))


def _date(story: Story, published_at: datetime) -> None:
    story.slug, story.published_at = address_slug(story.headline), published_at


def _place(story: Story) -> None:
    Story.objects.filter(pk=story.pk).update(
        slug=story.slug,
        published_at=story.published_at,
        updated_at=story.updated_at,
        announced_as=story.announced_as,
    )
    StoryTopic.objects.filter(story=story).update(published_at=story.published_at)
    Byline.objects.filter(story=story).update(published_at=story.published_at)
    note_uses(uses={story.pk: pictures_in(story.body)})


def _has_newer(story: Story, now: datetime) -> bool:
    """Say whether its storyline, its section or one above it has a newer story.

    One just published can have newer ones too: machines' clocks differ, and are set back.
    """
    numbers = section_and_below(section_and_above(story.section)[-1])
    lists = [stories_of_sections(numbers, now)]
    if story.storyline_id is not None:
        lists.append(visible(now).filter(storyline=story.storyline_id))
    return any(rows.filter(published_at__gt=story.published_at).exists() for rows in lists)


def _published_at(story: Story) -> datetime:
    assert story.published_at is not None, "a story that is shown was published"  # noqa: S101
    return story.published_at


def _line(story: Story, version: int) -> dict[str, Any]:
    return {
        "version": version,
        "address": story.address,
        "headline": story.headline,
        "short_headline": short_headline(story.short_headline, story.headline),
        "kicker": story.kicker,
        "story_kind": story.kind,
        "urgency": story.urgency,
        "section_name": story.section.name,
        "section_address": story.section_address,
        "published_at": _published_at(story),
    }


def _where(story: Story) -> dict[str, Any]:
    return {
        "edition": story.edition.code,
        "story": story.pk,
        "sections": tuple(section.pk for section in section_and_above(story.section)),
        "topics": tuple(StoryTopic.objects.filter(story=story).values_list("topic", flat=True)),
        "people": tuple(story.bylines.values_list("person", flat=True)),
        "storyline": story.storyline_id,
        "day": day_text(story.published_at, story.edition.timezone),
        "translations": story.translation_key.hex if story.translation_key else "",
    }
