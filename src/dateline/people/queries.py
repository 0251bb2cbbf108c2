"""Finding people."""

from dateline.people.models import OldPersonSlug, Person


def person_by_slug(slug: str) -> Person | None:
    """Return the person whose page has a slug now, or None."""
    return Person.objects.filter(slug=slug).first()


def person_that_moved(slug: str) -> Person | None:
    """Return the person whose page once had a slug, or None."""
    line = OldPersonSlug.objects.filter(slug=slug).select_related("person").first()
    return line.person if line else None


def person_showing(picture: int) -> int | None:
    """Return the number of somebody whose portrait a picture is, or None."""
    found = Person.objects.filter(portrait=picture).order_by().values_list("pk", flat=True)
    return found.first()
