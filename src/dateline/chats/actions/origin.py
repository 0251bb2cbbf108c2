"""From where readers speak, as far as it helps to know returning spammers."""

from django.db import transaction
from django.utils.crypto import salted_hmac

from dateline.chats.moderation_models import Origin
from dateline.chats.moderation_rules import ORIGIN_KEPT, network_of
from dateline.common import clock
from dateline.readers.models import Reader


@transaction.atomic
def note_origin(*, by: Reader, address: str) -> None:
    """Note from which network a reader speaks, as a digest; what is older than a month goes."""
    network = network_of(address)
    if not network:
        return
    now = clock.now()
    place = salted_hmac("dateline.chats.origin", network, algorithm="sha256").hexdigest()[:16]
    if not Origin.objects.filter(reader=by, place=place).update(at=now):
        Origin.objects.update_or_create(reader=by, place=place, defaults={"at": now})
    Origin.objects.filter(reader=by, at__lt=now - ORIGIN_KEPT).delete()
