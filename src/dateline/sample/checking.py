"""Refusing a sample newsroom whose references lead nowhere or whose values do not fit."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from dateline.sample.drawing import DRAWINGS
from dateline.sample.errors import SampleError
from dateline.sample.markup import drawings_of
from dateline.sample.shapes import SampleNewsroom, SampleStory

KINDS = ("news", "live", "offbeat", "feature", "analysis")
SHORT_HEADLINE_MAX = 60


def check(room: SampleNewsroom) -> None:
    """Check every reference and value.

    Raises:
        SampleError: one is unknown or does not fit.
    """
    editions = {edition.code for edition in room.editions}
    for section in room.sections:
        _known(section.edition, editions, "edition", section.slug)
    known: dict[str, set[Any]] = {
        "section": {(section.edition, section.path) for section in room.sections},
        "person": {person.slug for person in room.people},
        "topic": {(topic.edition, topic.slug) for topic in room.topics},
        "storyline": {(one.edition, one.slug) for one in room.storylines},
        "drawing": set(DRAWINGS),
    }
    for story in room.stories:
        _check_references(story, known)
        _check_values(story)


def _check_references(story: SampleStory, known: Mapping[str, Iterable[Any]]) -> None:
    _known((story.edition, story.section), known["section"], "section", story.slug)
    if story.storyline:
        _known((story.edition, story.storyline), known["storyline"], "storyline", story.slug)
    for person in story.bylines:
        _known(person, known["person"], "person", story.slug)
    for topic in story.topics:
        _known((story.edition, topic), known["topic"], "topic", story.slug)
    for post in story.live.posts if story.live else ():
        _known(post.by, known["person"], "person", story.slug)
    for scene in scenes_of(story):
        _known(scene, known["drawing"], "drawing", story.slug)


def scenes_of(story: SampleStory) -> list[str]:
    """Return the scenes a story has drawn, the lead picture's first."""
    lead = [story.picture.drawing] if story.picture else []
    return lead + [one.scene for one in drawings_of(story.body)]


def _check_values(story: SampleStory) -> None:
    _known(story.kind, KINDS, "kind", story.slug)
    _known(story.urgency, range(1, 9), "urgency", story.slug)
    if len(story.short_headline) > SHORT_HEADLINE_MAX:
        raise SampleError(where=story.slug, what="the short headline is over 60 characters")
    for moment in (story.published_at, story.updated_at, *(c.at for c in story.corrections)):
        _check_moment(moment, story)
    if not isinstance(story.dateline.date, date):
        raise SampleError(where=story.slug, what="the dateline's date must be a day")


def _check_moment(moment: datetime | None, story: SampleStory) -> None:
    if moment is None:
        return
    if moment.tzinfo is None or moment < story.published_at:
        raise SampleError(where=story.slug, what=f"{moment} has no zone or is before publication")


def _known(value: object, known: Iterable[object], what: str, where: str) -> None:
    if value not in known:
        shown = value[1] if isinstance(value, tuple) else value
        raise SampleError(where=where, what=f"unknown {what} {shown!r}")
