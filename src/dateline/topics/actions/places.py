"""Changing editions and sections; each change records its entry."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dateline.common.languages import is_language_tag
from dateline.common.zones import time_zones
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.topics.entries import EditionChanged, SectionChanged
from dateline.topics.models import Edition, OldSectionPath, Section
from dateline.topics.rules import is_reserved, section_path


@transaction.atomic
def save_edition(*, by: Account | None, edition: Edition) -> Edition:
    """Store an edition.

    Records: EditionChanged.

    Raises:
        ValidationError: a field does not fit, or the site itself uses the code in addresses; a time
            zone that does not exist would end every page.
    """
    edition.full_clean()
    if is_reserved(edition.code):
        raise ValidationError({"code": _("The site uses this address itself; choose another.")})
    if not is_language_tag(edition.language):
        raise ValidationError({"language": _("There is no such language; write en or pt-BR.")})
    if edition.timezone not in time_zones():
        raise ValidationError({"timezone": _("There is no such time zone; write Europe/Vienna.")})
    edition.save()
    record(EditionChanged(edition=edition.code))
    return edition


@transaction.atomic
def save_section(*, by: Account | None, section: Section) -> Section:
    """Store a section and move the paths of those below it; old paths redirect.

    Records: SectionChanged, for it and for each section below it.

    Raises:
        ValidationError: the address is taken, reserved, the section would be part of itself or of
            another edition, or it would leave its edition with what stands in it.
    """
    _refuse_circle(section)
    _refuse_other_edition(section)
    parent_path = section.parent.path if section.parent else ""
    old_path, section.path = section.path, section_path(parent_path=parent_path, slug=section.slug)
    taken = {settings.DATELINE.staff_path, *Edition.objects.values_list("code", flat=True)}
    if is_reserved(section.path, taken=frozenset(taken)):
        raise ValidationError({"slug": _("The site uses this address itself; choose another.")})
    section.full_clean()
    section.save()
    if old_path and old_path != section.path:
        OldSectionPath.objects.update_or_create(
            edition=section.edition, path=old_path, defaults={"section": section}
        )
    OldSectionPath.objects.filter(edition=section.edition, path=section.path).delete()
    record(SectionChanged(edition=section.edition.code, section=section.pk))
    for child in section.children.all():
        save_section(by=by, section=child)
    return section


def _refuse_circle(section: Section) -> None:
    above = section.parent
    while above is not None:
        if above.pk == section.pk and section.pk is not None:
            raise ValidationError({"parent": _("A section cannot be part of itself.")})
        above = above.parent


def _refuse_other_edition(section: Section) -> None:
    """Refuse a section apart from its edition: a story stands in its section's edition."""
    if section.parent is not None and section.parent.edition_id != section.edition_id:
        raise ValidationError({"parent": _("That section belongs to another edition.")})
    has_moved = Section.objects.filter(pk=section.pk).exclude(edition=section.edition).exists()
    if has_moved and (section.stories.exists() or section.children.exists()):
        text = _("This section has stories or sections in it; they cannot change their edition.")
        raise ValidationError({"edition": text})


@transaction.atomic
def delete_section(*, by: Account | None, section: Section) -> None:
    """Remove an empty section.

    Records: SectionChanged.

    Raises:
        django.db.models.ProtectedError: stories or sections still stand in it.
    """
    code, number = section.edition.code, section.pk
    section.delete()
    record(SectionChanged(edition=code, section=number))
