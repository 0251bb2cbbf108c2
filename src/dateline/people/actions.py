"""Changing people; each change records its entry."""

from collections.abc import Sequence

from django.db import transaction

from dateline.journal.record import record, record_all
from dateline.people.entries import PersonChanged
from dateline.people.models import Account, OldPersonSlug, Person


@transaction.atomic
def save_person(*, by: Account | None, person: Person) -> Person:
    """Store somebody a byline can name; the address their page had before redirects.

    Records: PersonChanged.
    """
    before = Person.objects.filter(pk=person.pk).first() if person.pk else None
    person.full_clean()
    person.save()
    if before is not None and before.slug != person.slug:
        OldPersonSlug.objects.update_or_create(slug=before.slug, defaults={"person": person})
    OldPersonSlug.objects.filter(slug=person.slug).delete()
    record(PersonChanged(edition="", person=person.pk))
    return person


@transaction.atomic
def add_people(*, by: Account | None, people: Sequence[Person]) -> list[Person]:
    """Store many new people at once.

    Records: PersonChanged, for each.

    Raises:
        ValidationError: a field does not fit.
        django.db.IntegrityError: an address is taken.
    """
    for person in people:
        person.clean_fields()
    stored: list[Person] = Person.objects.bulk_create(people)
    record_all([PersonChanged(edition="", person=one.pk) for one in stored])
    return stored


@transaction.atomic
def delete_person(*, by: Account | None, person: Person) -> None:
    """Remove somebody no story names.

    Records: PersonChanged.

    Raises:
        django.db.models.ProtectedError: a story's byline names them.
    """
    number = person.pk
    person.delete()
    record(PersonChanged(edition="", person=number))


@transaction.atomic
def make_staff(*, name: str, password: str, by_password: bool = False) -> Account:
    """Make the account that may do everything, for the first login of a new newsroom.

    `by_password` lets it enter without a second factor, as in a demonstration.
    """
    return Account.objects.create_superuser(
        username=name, password=password, may_enter_by_password=by_password
    )
