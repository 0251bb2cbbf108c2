"""Work on pictures that nobody waits for."""

from django.db import transaction

from dateline.journal.entries import Recorded
from dateline.journal.record import record
from dateline.media.entries import PictureChanged, PictureReady
from dateline.media.models import Picture
from dateline.media.renditions import specs_of


def renditions_after(recorded: Recorded) -> None:
    """Make what is missing of a changed picture's renditions, smallest first.

    Records: PictureReady, when any was made.
    """
    entry = recorded.entry
    if not isinstance(entry, PictureChanged):
        return
    picture = Picture.objects.filter(pk=entry.picture).first()
    if picture is None:
        return
    have = set(picture.renditions.values_list("filter_spec", flat=True))
    missing = [spec for spec in specs_of(picture) if spec not in have]
    if missing:
        picture.get_renditions(*missing)
        with transaction.atomic():
            record(PictureReady(edition="", picture=picture.pk))
