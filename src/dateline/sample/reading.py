"""Read the sample newsroom from its files: pure, no database, no Django."""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dateline.sample.checking import check
from dateline.sample.dating import Calendar, Teller, age
from dateline.sample.errors import SampleError
from dateline.sample.markup import blocks_of
from dateline.sample.shapes import (
    SampleCorrection,
    SampleDateline,
    SampleEdition,
    SampleEvent,
    SampleLive,
    SampleNewsroom,
    SamplePerson,
    SamplePicture,
    SamplePost,
    SampleSection,
    SampleStory,
    SampleStoryline,
    SampleTopic,
    SampleWithdrawal,
)

HERE = Path(__file__).parent

Facts = Mapping[str, Any]


@cache
def newsroom(folder: Path = HERE, *, now: datetime | None = None) -> SampleNewsroom:
    """Return the sample newsroom, every reference checked.

    Args:
        folder: Where its files are.
        now: When it is filled: days move as `dating` says, and what lies ahead is left out. Without
            it everything is as the files have it, written on the Tuesday after the talks.

    Raises:
        SampleError: a field is missing, unknown or of the wrong kind, or a reference leads nowhere.
    """
    files = sorted(folder.glob("newsroom*.toml"), key=lambda path: (path.stem.count("."), path))
    parts = [_facts(path) for path in files]
    calendar = _calendar(parts[0], now)
    editions = _all(parts, "editions", lambda one: SampleEdition(**one))
    reader = _Reader(calendar, {edition.code: edition for edition in editions})
    stories = [reader.story(path) for path in sorted((folder / "stories").glob("*/*.toml"))]
    room = SampleNewsroom(
        editions=editions,
        sections=_all(parts, "sections", lambda one: SampleSection(**one)),
        people=_all(parts, "people", lambda one: SamplePerson(**one)),
        topics=_all(parts, "topics", _topic),
        storylines=_all(parts, "storylines", partial(_storyline, calendar)),
        stories=_in_order(stories, now),
    )
    check(room)
    return room


def _calendar(facts: Facts, now: datetime | None) -> Calendar:
    try:
        days = facts["calendar"]
        return Calendar(now or days["written_at"], days["moves_from"], days["talks"])
    except KeyError as problem:
        raise SampleError(where="newsroom.toml", what=f"calendar: {problem}") from problem


def _in_order(stories: Iterable[SampleStory], now: datetime | None) -> tuple[SampleStory, ...]:
    """Return stories by first publication, an edition's first before its translations."""
    out = [story for story in stories if now is None or story.published_at <= now]
    return tuple(sorted(out, key=lambda story: (story.published_at, story.edition, story.slug)))


def _facts(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise SampleError(where=path.name, what=str(problem)) from problem


def _all(
    parts: Sequence[Facts], key: str, make: Callable[[dict[str, Any]], Any]
) -> tuple[Any, ...]:
    """Return what all files list under a key; what a file is of one edition belongs to it."""
    try:
        return tuple(
            make({**_edition_of(part, key), **one}) for part in parts for one in part.get(key, ())
        )
    except (KeyError, TypeError) as problem:
        raise SampleError(where="newsroom.toml", what=f"{key}: {problem}") from problem


def _edition_of(part: Facts, key: str) -> dict[str, Any]:
    return {"edition": part["edition"]} if key in {"sections", "storylines", "topics"} else {}


def _topic(facts: dict[str, Any]) -> SampleTopic:
    return SampleTopic(**{**facts, "aliases": tuple(facts.get("aliases", ()))})


def _storyline(calendar: Calendar, facts: dict[str, Any]) -> SampleStoryline:
    told = facts.get("events", ())
    events = [SampleEvent(on=calendar.day(one["on"]), title=one["title"]) for one in told]
    return SampleStoryline(**{**facts, "events": tuple(events)})


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads stories' files: knows the editions and what day it is."""

    calendar: Calendar
    editions: Mapping[str, SampleEdition]

    def story(self, path: Path) -> SampleStory:
        facts = _facts(path)
        where = f"{path.parent.name}/{path.name}"
        try:
            return self._story(path, facts, where)
        except (KeyError, TypeError) as problem:
            raise SampleError(where=where, what=str(problem)) from problem

    def _story(self, path: Path, facts: Facts, where: str) -> SampleStory:
        edition = self.editions[path.parent.name]
        zone = ZoneInfo(edition.timezone)
        published_at = self._moment(facts, "published_at", "ago", where)
        own_day = published_at.astimezone(zone).date()
        told = Teller(self.calendar, own_day, edition.language, zone, where).told
        place = facts["dateline"]
        body = told(_text(facts["copy"], "body", where))
        return SampleStory(
            slug=path.stem,
            edition=edition.code,
            published_at=published_at,
            updated_at=self._updated_at(facts, where),
            body=blocks_of(body, where=where),
            dateline=SampleDateline(
                place=place["place"],
                date=self.calendar.day(place["date"]) if "date" in place else own_day,
                agency=place.get("agency", edition.source),
            ),
            picture=SamplePicture(**facts["picture"]) if "picture" in facts else None,
            corrections=tuple(self._correction(one, told) for one in facts.get("corrections", ())),
            withdrawn=SampleWithdrawal(**facts["withdrawn"]) if "withdrawn" in facts else None,
            topics=tuple(facts["topics"]),
            bylines=tuple(facts["bylines"]),
            urgency=int(facts["urgency"]),
            live=self._live(facts["live"], told, where) if "live" in facts else None,
            **_plain_fields(facts, edition, told, where),
        )

    def _live(self, facts: Facts, told: Callable[[str], str], where: str) -> SampleLive:
        posts = [
            SamplePost(
                **{
                    **{key: value for key, value in one.items() if key != "ago"},
                    "at": self.calendar.now - age(one["ago"], where),
                    "text": blocks_of(told(_text(one, "text", where)), where=where),
                }
            )
            for one in facts["posts"]
        ]
        return SampleLive(summary=tuple(facts["summary"]), posts=tuple(posts))

    def _moment(self, facts: Facts, at: str, ago: str, where: str) -> datetime:
        if ago in facts:
            return self.calendar.now - age(facts[ago], where)
        return self.calendar.moment(facts[at])

    def _updated_at(self, facts: Facts, where: str) -> datetime | None:
        if "updated_at" not in facts and "updated_ago" not in facts:
            return None
        return min(self._moment(facts, "updated_at", "updated_ago", where), self.calendar.now)

    def _correction(self, facts: Facts, told: Callable[[str], str]) -> SampleCorrection:
        moment = self._moment(facts, "at", "ago", "correction")
        return SampleCorrection(at=moment, text=told(facts["text"]))


def _plain_fields(
    facts: Facts, edition: SampleEdition, told: Callable[[str], str], where: str
) -> dict[str, str]:
    required = ("headline", "short_headline", "slugline", "kicker", "kind", "section", "standfirst")
    fields = {key: told(_text(facts, key, where)) for key in required}
    for key in ("storyline", "editors_note", "translation"):
        fields[key] = told(str(facts.get(key, "")))
    fields["source"] = str(facts.get("source", edition.source))
    return fields


def _text(facts: Facts, key: str, where: str) -> str:
    value = facts.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SampleError(where=where, what=f"{key} must be a text")
    return value.strip()
