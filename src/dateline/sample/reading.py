"""Read the sample newsroom from its files: pure, no database, no Django."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from dateline.sample.drawing import DRAWINGS
from dateline.sample.errors import SampleError
from dateline.sample.markup import blocks_of
from dateline.sample.shapes import (
    SampleCorrection,
    SampleDateline,
    SampleEdition,
    SampleEvent,
    SampleNewsroom,
    SamplePerson,
    SamplePicture,
    SampleSection,
    SampleStory,
    SampleStoryline,
    SampleTopic,
)

HERE = Path(__file__).parent
KINDS = ("news", "live", "offbeat", "feature", "analysis")
SHORT_HEADLINE_MAX = 60

Facts = Mapping[str, Any]


@cache
def newsroom(folder: Path = HERE) -> SampleNewsroom:
    """Return the sample newsroom, every reference checked.

    Raises:
        SampleError: a field is missing, unknown or of the wrong kind, or a reference leads nowhere.
    """
    where = "newsroom.toml"
    facts = _facts(folder / where)
    stories = [_story(path) for path in sorted((folder / "stories").glob("*/*.toml"))]
    room = SampleNewsroom(
        agency=_text(facts, "agency", where),
        source=_text(facts, "source", where),
        editions=_all(facts, "editions", lambda one: SampleEdition(**one)),
        sections=_all(facts, "sections", lambda one: SampleSection(**one)),
        people=_all(facts, "people", lambda one: SamplePerson(**one)),
        topics=_all(facts, "topics", lambda one: SampleTopic(**one)),
        storylines=_all(facts, "storylines", _storyline),
        stories=tuple(sorted(stories, key=lambda story: story.published_at)),
    )
    _check(room)
    return room


def _facts(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise SampleError(where=path.name, what=str(problem)) from problem


def _all(facts: Facts, key: str, make: Callable[[dict[str, Any]], Any]) -> tuple[Any, ...]:
    try:
        return tuple(make(one) for one in facts[key])
    except (KeyError, TypeError) as problem:
        raise SampleError(where="newsroom.toml", what=f"{key}: {problem}") from problem


def _storyline(facts: dict[str, Any]) -> SampleStoryline:
    events = tuple(SampleEvent(**one) for one in facts.pop("events", ()))
    return SampleStoryline(**facts, events=events)


def _story(path: Path) -> SampleStory:
    facts = _facts(path)
    where = f"{path.parent.name}/{path.name}"
    try:
        return SampleStory(
            slug=path.stem,
            edition=path.parent.name,
            body=blocks_of(_text(facts["copy"], "body", where), where=where),
            dateline=SampleDateline(**facts["dateline"]),
            picture=SamplePicture(**facts["picture"]) if "picture" in facts else None,
            corrections=tuple(SampleCorrection(**one) for one in facts.get("corrections", ())),
            topics=tuple(facts["topics"]),
            bylines=tuple(facts["bylines"]),
            **_plain_fields(facts, where),
        )
    except (KeyError, TypeError) as problem:
        raise SampleError(where=where, what=str(problem)) from problem


def _plain_fields(facts: Facts, where: str) -> dict[str, Any]:
    required = ("headline", "short_headline", "slugline", "kicker", "kind", "section")
    fields: dict[str, Any] = {key: _text(facts, key, where) for key in (*required, "standfirst")}
    for key in ("source", "storyline", "editors_note"):
        fields[key] = str(facts.get(key, ""))
    fields["urgency"] = int(facts["urgency"])
    fields["published_at"] = facts["published_at"]
    fields["updated_at"] = facts.get("updated_at")
    return fields


def _text(facts: Facts, key: str, where: str) -> str:
    value = facts.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SampleError(where=where, what=f"{key} must be a text")
    return value.strip()


def _check(room: SampleNewsroom) -> None:
    editions = {edition.code for edition in room.editions}
    for section in room.sections:
        _known(section.edition, editions, "edition", section.slug)
    known: dict[str, set[Any]] = {
        "section": {(section.edition, section.slug) for section in room.sections},
        "person": {person.slug for person in room.people},
        "topic": {topic.slug for topic in room.topics},
        "storyline": {storyline.slug for storyline in room.storylines} | {""},
        "drawing": set(DRAWINGS),
    }
    for story in room.stories:
        _check_references(story, known)
        _check_values(story)


def _check_references(story: SampleStory, known: Mapping[str, Iterable[Any]]) -> None:
    _known((story.edition, story.section), known["section"], "section", story.slug)
    _known(story.storyline, known["storyline"], "storyline", story.slug)
    for person in story.bylines:
        _known(person, known["person"], "person", story.slug)
    for topic in story.topics:
        _known(topic, known["topic"], "topic", story.slug)
    if story.picture:
        _known(story.picture.drawing, known["drawing"], "drawing", story.slug)


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
        raise SampleError(where=where, what=f"unknown {what} {value!r}")
