"""Where the stories of what somebody follows are found."""

from collections.abc import Callable
from datetime import datetime

from dateline.people.models import Person
from dateline.stories.archive_queries import (
    Walk,
    walk_of_edition,
    walk_of_person,
    walk_of_storyline,
    walk_of_topic,
    walks_of_sections,
)
from dateline.stories.queries import section_and_below
from dateline.subscriptions.rules import subject_of
from dateline.topics.models import Edition, Section, Storyline, Topic


def walks_followed(text: str, edition: Edition, now: datetime) -> tuple[Walk, ...]:
    """Return the walks of one subject's visible stories; none for what is no list of stories.

    `edition` is the one it is followed in: a person writes for several.
    """
    subject = subject_of(text)
    if subject is None:
        return ()
    if subject.kind == "front":
        return walk_of_edition(edition, now)
    number = subject.number or 0
    return _WALKS[subject.kind](number, edition, now) if subject.kind in _WALKS else ()


def _section(number: int, _: Edition, now: datetime) -> tuple[Walk, ...]:
    section = Section.objects.filter(pk=number).first()
    return walks_of_sections(section_and_below(section), now) if section else ()


def _topic(number: int, _: Edition, now: datetime) -> tuple[Walk, ...]:
    topic = Topic.objects.filter(pk=number).first()
    return walk_of_topic(topic, now) if topic else ()


def _storyline(number: int, _: Edition, now: datetime) -> tuple[Walk, ...]:
    storyline = Storyline.objects.filter(pk=number).first()
    return walk_of_storyline(storyline, now) if storyline else ()


def _person(number: int, edition: Edition, now: datetime) -> tuple[Walk, ...]:
    person = Person.objects.filter(pk=number).first()
    return walk_of_person(person, edition, now) if person else ()


_WALKS: dict[str, Callable[[int, Edition, datetime], tuple[Walk, ...]]] = {
    "section": _section,
    "topic": _topic,
    "storyline": _storyline,
    "person": _person,
}
