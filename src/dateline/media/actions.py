"""Storing pictures; each change records its entry."""

import io

from django.core.files.images import ImageFile
from django.db import transaction

from dateline.journal.record import record
from dateline.media.entries import PictureChanged
from dateline.media.models import Picture
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
