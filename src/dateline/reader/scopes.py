"""What a list of stories is about: the site, a section, a topic, a storyline, a person, a kind.

Feeds and archives exist for each of these at an address below it, so both ask here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext

from dateline.people.models import Person
from dateline.people.queries import person_by_slug, person_that_moved
from dateline.press.touch import touch
from dateline.reader.contexts import CrumbContext
from dateline.reader.lists import section_crumbs
from dateline.reader.present.furniture import home_crumb
from dateline.reader.visit import Visit
from dateline.stories.archive_queries import (
    Walk,
    walk_of_edition,
    walk_of_person,
    walk_of_storyline,
    walk_of_topic,
    walks_of_sections,
)
from dateline.stories.enums import Kind
from dateline.stories.queries import has_told
from dateline.topics.models import Section, Storyline, Topic
from dateline.topics.queries import (
    section_that_moved,
    storyline_by_slug,
    storyline_that_moved,
    topic_by_slug,
    topic_that_moved,
)

_NAMED = re.compile(r"(?P<place>topics|storylines|people|kinds)/(?P<slug>[^/]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One list of stories.

    Shape: `address` is the path of its page, ending in a slash; `keys` are rung when any of its
        stories changes, and for nothing that cannot change the list; `crumbs` lead to the page.
    """

    name: str
    address: str
    walks: tuple[Walk, ...]
    keys: tuple[str, ...]
    description: str = ""
    crumbs: tuple[CrumbContext, ...] = ()
    has_archive: bool = True
    section: Section | None = None
    topic: Topic | None = None
    storyline: Storyline | None = None
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """The list is at another address now, for ever."""

    address: str


def scope_of(visit: Visit, path: str) -> Scope | Moved | None:
    """Return the list that stands at a path below an edition: `""`, `world`, `topics/ostrel`."""
    if not path:
        return _edition(visit)
    named = _NAMED.fullmatch(path)
    if named is None:
        return _section(visit, path)
    return _FINDERS[named["place"]](visit, named["slug"])


def _edition(visit: Visit) -> Scope:
    edition = visit.furniture.edition
    return Scope(
        name=edition.name,
        address=edition.prefix,
        walks=walk_of_edition(edition, visit.now),
        keys=(f"front:{edition.code}",),
        description=edition.tagline,
        crumbs=(home_crumb(visit.furniture),),
    )


def _section(visit: Visit, path: str) -> Scope | Moved | None:
    edition = visit.furniture.edition
    section = visit.furniture.section_at(path)
    if section is None:
        moved = section_that_moved(edition, path)
        return Moved(moved.address) if moved else None
    numbers = visit.furniture.numbers_of(section)
    touch(f"section:{section.pk}:name")
    return Scope(
        name=section.name,
        address=section.address,
        walks=walks_of_sections(numbers, visit.now),
        keys=tuple(f"section:{number}" for number in numbers),
        description=section.tagline,
        crumbs=_linked(section_crumbs(visit, section), section.address),
        section=section,
    )


def _linked(crumbs: tuple[CrumbContext, ...], address: str) -> tuple[CrumbContext, ...]:
    return (*crumbs[:-1], CrumbContext(label=crumbs[-1].label, url=address))


def topic_scope(visit: Visit, slug: str) -> Scope | Moved | None:
    """Return a topic's list by its slug, or where it went."""
    edition = visit.furniture.edition
    topic = topic_by_slug(edition, slug)
    if topic is None:
        moved = topic_that_moved(edition, slug)
        return Moved(moved.address) if moved else None
    topic.edition = edition
    touch(f"topic:{topic.pk}:name")
    index = CrumbContext(label=gettext("Topics"), url=f"{edition.prefix}topics/")
    return Scope(
        name=topic.name,
        address=topic.address,
        walks=walk_of_topic(topic, visit.now),
        keys=(f"topic:{topic.pk}",),
        description=topic.description,
        crumbs=(
            home_crumb(visit.furniture),
            index,
            CrumbContext(label=topic.name, url=topic.address),
        ),
        topic=topic,
    )


def storyline_scope(visit: Visit, slug: str) -> Scope | Moved | None:
    """Return a storyline's list by its slug, or where it went; None before readers saw a story."""
    edition = visit.furniture.edition
    storyline = storyline_by_slug(edition, slug)
    moved = storyline_that_moved(edition, slug) if storyline is None else None
    found = storyline or moved
    if found is None or not has_told(found):
        return None
    if moved is not None:
        return Moved(moved.address)
    found.edition = edition
    touch(f"storyline:{found.pk}:name")
    return Scope(
        name=found.name,
        address=found.address,
        walks=walk_of_storyline(found, visit.now),
        keys=(f"storyline:{found.pk}",),
        description=found.standfirst,
        crumbs=(
            home_crumb(visit.furniture),
            CrumbContext(label=gettext("Storylines"), url=f"{edition.prefix}storylines/"),
            CrumbContext(label=found.name, url=found.address),
        ),
        has_archive=False,
        storyline=found,
    )


def person_scope(visit: Visit, slug: str) -> Scope | Moved | None:
    """Return the list of what a person wrote by their slug, or where it went."""
    edition = visit.furniture.edition
    person = person_by_slug(slug)
    if person is None:
        moved = person_that_moved(slug)
        return Moved(person_address(edition.prefix, moved.slug)) if moved else None
    address = person_address(edition.prefix, person.slug)
    return Scope(
        name=person.name,
        address=address,
        walks=walk_of_person(person, edition, visit.now),
        keys=(f"person:{person.pk}",),
        description=person.description,
        crumbs=(home_crumb(visit.furniture), CrumbContext(label=person.name, url=address)),
        has_archive=False,
        person=person,
    )


def person_address(prefix: str, slug: str) -> str:
    """Return the address of a person's page in an edition."""
    return f"{prefix}people/{slug}/"


def _kind(visit: Visit, slug: str) -> Scope | None:
    if slug not in Kind.values:
        return None
    edition = visit.furniture.edition
    label = str(Kind(slug).label)
    return Scope(
        name=f"{edition.name}: {label}",
        address=edition.prefix,
        walks=walks_of_sections(list(visit.furniture.sections), visit.now, kind=slug),
        keys=(f"front:{edition.code}",),
        description=edition.tagline,
        crumbs=(home_crumb(visit.furniture),),
        has_archive=False,
    )


_FINDERS: dict[str, Callable[[Visit, str], Scope | Moved | None]] = {
    "topics": topic_scope,
    "storylines": storyline_scope,
    "people": person_scope,
    "kinds": _kind,
}
