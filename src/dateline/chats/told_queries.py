"""What readers are told of that moderators decided about them."""

from datetime import datetime

from django.db.models import Q, QuerySet

from dateline.chats.moderation_models import Decision
from dateline.chats.moderation_rules import LASTING, READ_WITHIN, TOLD
from dateline.readers.models import Reader


def decisions_told(reader: Reader, *, limit: int = 50) -> list[Decision]:
    """Return what was decided about a reader's messages and account, the newest first."""
    return list(_told(reader)[:limit])


def decisions_to_read(reader: Reader, now: datetime, *, limit: int = 5) -> list[Decision]:
    """Return what a reader has to know now, the newest first.

    What keeps them from speaking, as long as it does; what else was decided lately, until they say
    that it was read.
    """
    in_force = Q(sanction__until__isnull=True) | Q(sanction__until__gt=now)
    lasting = Q(deed__in=LASTING, sanction__lifted_at__isnull=True) & in_force
    new = ~Q(deed__in=LASTING) & Q(seen_at__isnull=True, at__gt=now - READ_WITHIN)
    return list(_told(reader).filter(lasting | new, undone_at__isnull=True)[:limit])


def _told(reader: Reader) -> QuerySet[Decision]:
    found = Decision.objects.filter(reader=reader, deed__in=TOLD)
    rows = found.select_related("message__chat__story__edition", "sanction", "appeal")
    return rows.defer("message__chat__story__body").order_by("-at", "-pk")
