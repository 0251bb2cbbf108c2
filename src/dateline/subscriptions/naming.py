"""What is followed as files name it, by slug, and as the desk calls it; numbers say nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dateline.people.models import Person
from dateline.people.queries import person_by_slug
from dateline.stories.models import Story
from dateline.subscriptions.models import Newsletter
from dateline.subscriptions.newsletter_queries import newsletter_at
from dateline.subscriptions.reasons import Reason, kind_of, label_of_kind, since_they_follow
from dateline.subscriptions.rules import Subject, subject_of
from dateline.topics.models import Edition, Section, Storyline, Topic
from dateline.topics.queries import (
    edition_by_code,
    edition_names,
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


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a stored subject: its kind, a topic's own, and its name."""

    kind: str
    topic: str
    name: str

    @property
    def label(self) -> str:
        """Return what it is and its name, which replies have none of."""
        label = label_of_kind(self.kind, self.topic)
        return label if self.kind == "replies" else f"{label}: {self.name}"

    @property
    def reason(self) -> Reason:
        """Return the sentence that says why it was sent."""
        return since_they_follow(kind_of(self.kind, self.topic), self.name)


def called(texts: Iterable[str]) -> dict[str, str]:
    """Return what the desk calls stored subjects, as `Place: Ostrel`, a question for each kind.

    Stories are called by their headline whether readers may see them or not. What is gone is called
    by its number, and what is no subject is left as it is stored.
    """
    asked = set(texts)
    known = _known(asked)
    return {text: known[text].label if text in known else text for text in asked}


def reasons(texts: Iterable[str]) -> dict[str, Reason]:
    """Return why something was sent, by stored subjects; without what is none."""
    return {text: known.reason for text, known in _known(texts).items()}


def _known(texts: Iterable[str]) -> dict[str, _Known]:
    subjects = {text: subject for text in texts if (subject := subject_of(text))}
    editions = edition_names(one.name for one in subjects.values() if one.number is None)
    numbers: dict[str, set[int]] = defaultdict(set)
    for subject in subjects.values():
        numbers[subject.kind].add(subject.number or 0)
    rows = {kind: _rows(kind, numbers[kind]) for kind in numbers.keys() & _TABLES.keys()}
    made = {}
    for text, subject in subjects.items():
        name = editions.get(subject.name, subject.name)
        row = rows.get(subject.kind, {}).get(subject.number or 0, (name, ""))
        made[text] = _Known(kind=subject.kind, name=row[0], topic=row[1])
    return made


def _rows(kind: str, numbers: set[int]) -> dict[int, tuple[str, str]]:
    """Return the names of subjects of one kind, each with its kind of topic, if any."""
    table, _, field = _TABLES[kind]
    found = table.objects.filter(pk__in=numbers)
    if kind == "topic":
        return {pk: (name, own) for pk, name, own in found.values_list("pk", field, "kind")}
    return {pk: (name, "") for pk, name in found.values_list("pk", field)}


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
