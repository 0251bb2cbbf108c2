"""Finding editions, sections, topics and storylines."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from dateline.topics.models import (
    Edition,
    OldSectionPath,
    OldStorylineSlug,
    OldTopicSlug,
    Section,
    Storyline,
    Topic,
)

T = TypeVar("T", Topic, Storyline)


def editions() -> list[Edition]:
    """Return every edition, the default one first."""
    return sorted(Edition.objects.all(), key=lambda edition: not edition.is_default)


def edition_by_code(code: str) -> Edition | None:
    """Return an edition, or None."""
    return Edition.objects.filter(code=code).first()


def edition_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of some editions by their codes."""
    return dict(Edition.objects.filter(code__in=set(codes)).values_list("code", "name"))


def default_edition() -> Edition | None:
    """Return the edition whose addresses have no prefix, or None in an empty newsroom."""
    return Edition.objects.filter(is_default=True).first()


def sections_of(edition: Edition) -> QuerySet[Section]:
    """Return an edition's sections in the order of its navigation."""
    return Section.objects.filter(edition=edition).order_by("position", "id")


def section_by_path(edition: Edition, path: str) -> Section | None:
    """Return the section that stands at a path now, or None."""
    return Section.objects.filter(edition=edition, path=path).first()


def section_that_moved(edition: Edition, path: str) -> Section | None:
    """Return the section that once stood at a path, or None."""
    old = OldSectionPath.objects.filter(edition=edition, path=path)
    line = old.select_related("section__edition").first()
    return line.section if line else None


def topic_by_slug(edition: Edition, slug: str) -> Topic | None:
    """Return a topic, or None."""
    topic: Topic | None = Topic.objects.filter(edition=edition, slug=slug).first()
    return topic


def topic_that_moved(edition: Edition, slug: str) -> Topic | None:
    """Return the topic that once had a slug, or None."""
    old = OldTopicSlug.objects.filter(edition=edition, slug=slug).select_related("topic__edition")
    line = old.first()
    return line.topic if line else None


def same_elsewhere(thing: T) -> list[T]:
    """Return what is the same topic or storyline in other editions; asks nothing without a key."""
    return [one for one in pairs_of(thing) if one.edition_id != thing.edition_id]


def pairs_of(thing: T, before: T | None = None) -> list[T]:
    """Return the topics or storylines whose pages link to one, or to what it was before."""
    keys = {thing.shared_key, before.shared_key if before else ""} - {""}
    if not keys:
        return []
    rows: QuerySet[Any] = type(thing)._default_manager.filter(shared_key__in=keys)
    rows = rows.exclude(pk=thing.pk).select_related("edition")
    return list(rows.order_by("edition__position", "edition", "pk"))


def index_of_topics(edition: Edition, *, kind: str = "") -> QuerySet[Topic]:
    """Return an edition's topics in the order of their index, of one kind or of all."""
    topics: QuerySet[Topic] = Topic.objects.filter(edition=edition)
    if kind:
        topics = topics.filter(kind=kind)
    return topics.order_by("initial", "name", "pk")


def initials_of_topics(edition: Edition, *, kind: str = "", most: int = 100) -> list[str]:
    """Return the initials there are, each found by one step in the index."""
    found: list[str] = []
    topics = index_of_topics(edition, kind=kind).order_by("initial")
    while len(found) < most:
        later = topics.filter(initial__gt=found[-1]) if found else topics
        initial = later.values_list("initial", flat=True).first()
        if initial is None:
            break
        found.append(initial)
    return found


def storyline_by_slug(edition: Edition, slug: str) -> Storyline | None:
    """Return a storyline, or None."""
    return Storyline.objects.filter(edition=edition, slug=slug).first()


def storyline_that_moved(edition: Edition, slug: str) -> Storyline | None:
    """Return the storyline that once had a slug, or None."""
    old = OldStorylineSlug.objects.filter(edition=edition, slug=slug)
    line = old.select_related("storyline__edition").first()
    return line.storyline if line else None


def storylines_to_choose(kept: int | None = None) -> QuerySet[Storyline]:
    """Return the storylines that a story may be given: those that run, and the one it has."""
    rows = Storyline.objects.filter(Q(ended_at__isnull=True) | Q(pk=kept))
    return rows.select_related("edition").order_by("edition__position", "edition", "name")
