"""The readers of all server processes together, wherever they run."""

import uuid
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from dateline.common import clock
from dateline.publishing.models import Reading

KEPT_FOR = timedelta(seconds=45)
"""A process that has not counted for so long is no more, and its readers are with others."""
_MOST = 60


class Census:
    """One process's part in counting: a row for each channel that has readers with it."""

    def __init__(self) -> None:
        self._process = uuid.uuid4().hex
        self._had_rows = False

    def share(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Tell the others what this process counted, and return what all of them count."""
        if counts or self._had_rows:
            self._store(counts)
        fresh = Reading.objects.filter(counted_at__gt=clock.now() - KEPT_FOR)
        summed = fresh.values_list("channel").annotate(Sum("readers")).order_by("channel")
        return dict(summed)

    @transaction.atomic
    def _store(self, counts: Mapping[str, int]) -> None:
        now = clock.now()
        Reading.objects.filter(process=self._process).delete()
        Reading.objects.filter(counted_at__lt=now - 2 * KEPT_FOR).delete()
        Reading.objects.bulk_create(
            Reading(process=self._process, channel=name[:_MOST], readers=number, counted_at=now)
            for name, number in counts.items()
        )
        self._had_rows = bool(counts)


def counts_together() -> bool:
    """Say whether there may be other server processes to count with."""
    chosen = settings.DATELINE
    return chosen.workers > 1 or bool(chosen.database.get_secret_value())
