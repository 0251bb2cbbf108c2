"""Changing people; each change records its entry."""

from collections.abc import Sequence

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

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


@transaction.atomic
def make_group(*, name: str, rights: Sequence[str], picture_rights: Sequence[str] = ()) -> Group:
    """Make a group with these rights and no others, or have the one of that name get them.

    Shape: `rights` as `stories.add_story`, `picture_rights` as `add_image`.

    Raises:
        ValueError: there is no such right.
    """
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.set(_permissions(rights))
    GroupPagePermission.objects.filter(group=group).delete()
    GroupCollectionPermission.objects.filter(group=group).delete()
    everything = Collection.get_first_root_node()
    for right in _permissions([f"wagtailimages.{one}" for one in picture_rights]):
        GroupCollectionPermission.objects.create(
            group=group, collection=everything, permission=right
        )
    return group


def _permissions(rights: Sequence[str]) -> list[Permission]:
    named = Permission.objects.annotate(
        right=Concat(F("content_type__app_label"), Value("."), F("codename"))
    )
    found = {one.right: one for one in named.filter(right__in=rights)}
    unknown = sorted(set(rights) - set(found))
    if unknown:
        raise ValueError(f"no such right: {', '.join(unknown)}")
    return list(found.values())
