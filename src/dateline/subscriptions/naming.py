"""Subjects as files name them: by slug, since numbers are those of one database."""

from dateline.people.models import Person
from dateline.people.queries import person_by_slug
from dateline.subscriptions.models import Newsletter
from dateline.subscriptions.newsletter_queries import newsletter_at, newsletter_by_number
from dateline.subscriptions.rules import Subject, subject_of
from dateline.topics.models import Edition, Section, Storyline, Topic
from dateline.topics.queries import (
    edition_by_code,
    sections_of,
    storyline_by_slug,
    topic_by_slug,
)

_BY_NUMBER = frozenset({"story", "live"})


def name_of(subject: Subject) -> str:
    """Return a subject's name in a file, as `section:world`; empty for one that is not there."""
    number = subject.number
    if number is None or subject.kind in _BY_NUMBER:
        return str(subject)
    name = ""
    if subject.kind == "section":
        section = Section.objects.filter(pk=number).first()
        name = section.path if section else ""
    elif subject.kind == "topic":
        name = Topic.objects.filter(pk=number).values_list("slug", flat=True).first() or ""
    elif subject.kind == "storyline":
        name = Storyline.objects.filter(pk=number).values_list("slug", flat=True).first() or ""
    elif subject.kind == "person":
        name = Person.objects.filter(pk=number).values_list("slug", flat=True).first() or ""
    elif subject.kind == "newsletter":
        found = newsletter_by_number(number)
        name = found.slug if found else ""
    return f"{subject.kind}:{name}" if name else ""


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
