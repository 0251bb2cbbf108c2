"""From where readers speak, as far as it helps to know returning spammers."""

from datetime import datetime

from django.db import transaction

from dateline.chats.moderation_house import place_of
from dateline.chats.moderation_models import Origin
from dateline.chats.moderation_rules import ORIGIN_KEPT
from dateline.common import clock
from dateline.common.prepared_rows import PreparedRow
from dateline.readers.models import Reader


@transaction.atomic(savepoint=False)
def note_origin(*, by: Reader, address: str) -> None:
    """Note from which network a reader speaks, as a digest."""
    place = place_of(address)
    if place:
        _PLACE.write(Origin(reader=by, place=place, at=clock.now()))


_PLACE = PreparedRow(Origin, unique=["reader", "place"], update=["at"])


def forget_origins(now: datetime) -> int:
    """Forget from where readers spoke more than a month ago and return how much that was."""
    return Origin.objects.filter(at__lt=now - ORIGIN_KEPT).delete()[0]
