"""Work on pictures that nobody waits for."""

from django.db import transaction

from dateline.journal.entries import Entry, Recorded
from dateline.journal.record import record
from dateline.media.entries import PictureChanged, PictureReady
from dateline.media.models import Picture
from dateline.media.renditions import specs_of, specs_of_portrait
from dateline.people.entries import PersonChanged
from dateline.people.models import Person


def renditions_after(recorded: Recorded) -> None:
    """Make what is missing of the renditions of a changed picture, or of a person's portrait.

    Records: PictureReady, when any was made.
    """
    picture = _picture_of(recorded.entry)
    if picture is None:
        return
    have = set(picture.renditions.values_list("filter_spec", flat=True))
    is_portrait = Person.objects.filter(portrait=picture).exists()
    wanted = [*(specs_of_portrait() if is_portrait else ()), *specs_of(picture)]
    missing = [spec for spec in wanted if spec not in have]
    if missing:
        picture.get_renditions(*missing)
        with transaction.atomic():
            record(PictureReady(edition="", picture=picture.pk))


def _picture_of(entry: Entry) -> Picture | None:
    found: Picture | None = None
    if isinstance(entry, PictureChanged):
        found = Picture.objects.filter(pk=entry.picture).first()
    elif isinstance(entry, PersonChanged):
        shown = Person.objects.filter(pk=entry.person).values("portrait")
        found = Picture.objects.filter(pk__in=shown).first()
    return found
