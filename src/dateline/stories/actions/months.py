"""Keeping what the sitemap must know of each month."""

from datetime import datetime

from django.db import transaction

from dateline.journal.record import record
from dateline.stories.entries import MonthCounted
from dateline.stories.models import StoryMonth
from dateline.topics.models import Edition


@transaction.atomic
def note_month(
    *, edition: str, month: str, is_new: bool, at: datetime, seq: int, tells: bool = True
) -> None:
    """Note that a story of a month appeared, changed or went.

    Safe to run twice: a row knows up to which entry it counts. `tells` is false where the next
    entry is about the same month: that one tells of both.

    Records: MonthCounted, unless the row counts that entry already or the next one tells.
    """
    place = Edition.objects.filter(code=edition).first()
    if place is None:
        return
    row, _made = StoryMonth.objects.get_or_create(
        edition=place, month=month, defaults={"changed_at": at}
    )
    if seq <= row.seq:
        return
    row.stories, row.changed_at, row.seq = row.stories + is_new, max(row.changed_at, at), seq
    row.save(update_fields=["stories", "changed_at", "seq"])
    if tells:
        record(MonthCounted(edition=edition, month=month))
