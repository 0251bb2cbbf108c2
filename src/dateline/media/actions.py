"""Storing pictures; each change records its entry."""

import io
from collections.abc import Mapping

from django.core.files.images import ImageFile
from django.db import transaction
from django.db.models import Model

from dateline.journal.record import record
from dateline.media.entries import PictureChanged
from dateline.media.models import Picture, PictureUse
from dateline.people.models import Account


@transaction.atomic
def add_picture(*, by: Account | None, name: str, data: bytes, picture: Picture) -> Picture:
    """Store a new picture's file and row.

    Records: PictureChanged, by way of the bridge, as for pictures added on Wagtail's own screens.
    """
    picture.uploaded_by_user = by
    picture.file = ImageFile(io.BytesIO(data), name=name)
    picture.save()
    return picture


@transaction.atomic
def tell_picture_changed(*, by: Account | None, picture: Picture) -> Picture:
    """Record that a picture is no longer what pages show.

    Records: PictureChanged.
    """
    record(PictureChanged(edition="", picture=picture.pk))
    return picture


def note_uses(
    *,
    uses: Mapping[int, frozenset[int]],
    rows: type[Model] = PictureUse,
    whose: str = "story_number",
) -> None:
    """Note which pictures stand in the bodies of some stories, in the change that shows them.

    Shape: the numbers of pictures by the number of the story; pictures that are gone are left out.
        What else shows pictures has `rows` of its own, where `whose` names what shows them.
    """
    if uses:
        _note_uses(uses, rows, whose)


@transaction.atomic
def _note_uses(uses: Mapping[int, frozenset[int]], rows: type[Model], whose: str) -> None:
    wanted = {(one, picture) for one, pictures in uses.items() for picture in pictures}
    noted = rows._default_manager.filter(**{f"{whose}__in": uses})
    stored = {
        (one, picture): pk for pk, one, picture in noted.values_list("pk", whose, "picture_id")
    }
    over = [pk for use, pk in stored.items() if use not in wanted]
    if over:
        rows._default_manager.filter(pk__in=over).delete()
    new = wanted - stored.keys()
    if new:
        there = Picture.objects.in_bulk({picture for _, picture in new})
        rows._default_manager.bulk_create(
            rows(**{whose: one}, picture_id=picture)
            for one, picture in sorted(new)
            if picture in there
        )
