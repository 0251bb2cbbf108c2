"""Storing pictures; each change records its entry."""

import io
from collections.abc import Mapping

from django.core.files.images import ImageFile
from django.db import transaction

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


def note_uses(*, uses: Mapping[int, frozenset[int]]) -> None:
    """Note which pictures stand in the bodies of some stories, in the change that shows them.

    Shape: the numbers of pictures by the number of the story; pictures that are gone are left out.
    """
    if uses:
        _note_uses(uses)


@transaction.atomic
def _note_uses(uses: Mapping[int, frozenset[int]]) -> None:
    wanted = {(story, picture) for story, pictures in uses.items() for picture in pictures}
    rows = PictureUse.objects.filter(story_number__in=uses)
    stored = {(story, picture): pk for pk, story, picture in rows.values_list(*_USE)}
    over = [pk for use, pk in stored.items() if use not in wanted]
    if over:
        PictureUse.objects.filter(pk__in=over).delete()
    new = wanted - stored.keys()
    if new:
        there = Picture.objects.in_bulk({picture for _, picture in new})
        PictureUse.objects.bulk_create(
            PictureUse(story_number=story, picture_id=picture)
            for story, picture in sorted(new)
            if picture in there
        )


_USE = ("pk", "story_number", "picture_id")
