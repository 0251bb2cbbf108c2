"""Finding editions, sections and topics."""

from django.db.models import QuerySet

from dateline.topics.models import Edition, OldSectionPath, Section, Topic


def editions() -> list[Edition]:
    """Return every edition, the default one first."""
    return sorted(Edition.objects.all(), key=lambda edition: not edition.is_default)


def edition_by_code(code: str) -> Edition | None:
    """Return an edition, or None."""
    return Edition.objects.filter(code=code).first()


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
    return Topic.objects.filter(edition=edition, slug=slug).first()
