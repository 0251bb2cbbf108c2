"""What is followed as files name it, by slug, and as the desk calls it; numbers say nothing."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from dateline.people.models import Person
from dateline.people.queries import person_by_slug
from dateline.stories.models import Story
from dateline.subscriptions.enums import Followed
from dateline.subscriptions.models import Newsletter
from dateline.subscriptions.newsletter_queries import newsletter_at
from dateline.subscriptions.rules import Subject, subject_of
from dateline.topics.models import Edition, Section, Storyline, Topic
from dateline.topics.queries import (
    edition_by_code,
    sections_of,
    storyline_by_slug,
    topic_by_slug,
)

_BY_NUMBER = frozenset({"story", "live"})
_TABLES: dict[str, tuple[type[Any], str, str]] = {
    "section": (Section, "path", "name"),
    "topic": (Topic, "slug", "name"),
    "storyline": (Storyline, "slug", "name"),
    "person": (Person, "slug", "name"),
    "newsletter": (Newsletter, "slug", "title"),
    "story": (Story, "pk", "headline"),
    "live": (Story, "pk", "headline"),
}
"""Where each kind of subject is kept, its name in a file, and what it is called."""


def name_of(subject: Subject) -> str:
    """Return a subject's name in a file, as `section:world`; empty for one that is not there."""
    number = subject.number
    if number is None or subject.kind in _BY_NUMBER:
        return str(subject)
    if subject.kind not in _TABLES:
        return ""
    table, field, _ = _TABLES[subject.kind]
    name = table.objects.filter(pk=number).values_list(field, flat=True).first()
    return f"{subject.kind}:{name}" if name else ""


def called(texts: Iterable[str]) -> dict[str, str]:
    """Return what the desk calls stored subjects, as `Topic: Ostrel`, a question for each kind.

    Stories are called by their headline whether readers may see them or not. What is no subject, or
    is gone, is left as it is stored.
    """
    subjects = {text: subject for text in texts if (subject := subject_of(text))}
    numbers: dict[str, set[int]] = defaultdict(set)
    for subject in subjects.values():
        numbers[subject.kind].add(subject.number or 0)
    names = {
        (kind, pk): name
        for kind in numbers.keys() & _TABLES.keys()
        for pk, name in _names(kind, numbers[kind])
    }
    made = dict.fromkeys(texts, "")
    for text, subject in subjects.items():
        label = str(Followed(subject.kind).label)
        if subject.kind == "replies":
            made[text] = label
        else:
            name = names.get((subject.kind, subject.number or 0), subject.name)
            made[text] = f"{label}: {name}"
    return {text: words or text for text, words in made.items()}


def _names(kind: str, numbers: set[int]) -> Iterable[tuple[int, str]]:
    table, _, field = _TABLES[kind]
    rows: Iterable[tuple[int, str]] = table.objects.filter(pk__in=numbers).values_list("pk", field)
    return rows


def subject_named(name: str, edition: Edition) -> Subject | None:
    """Return the subject of a name in a file; None where there is no such thing here."""
    kind, _, what = name.partition(":")
    if kind in {"front", "breaking"}:
        return subject_of(name) if edition_by_code(what) else None
    if kind in _BY_NUMBER:
        return subject_of(name)
    found: Section | Topic | Storyline | Person | Newsletter | None = None
    if kind == "section":
        found = next((one for one in sections_of(edition) if one.path == what), None)
    elif kind == "topic":
        found = topic_by_slug(edition, what)
    elif kind == "storyline":
        found = storyline_by_slug(edition, what)
    elif kind == "person":
        found = person_by_slug(what)
    elif kind == "newsletter":
        found = newsletter_at(edition, what)
    return Subject(kind, str(found.pk)) if found else None
