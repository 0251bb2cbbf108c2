"""The moderation in numbers: by day, and as a transparency report asks for them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from dateline.chats.enums import MessageState
from dateline.chats.models import Message
from dateline.chats.moderation_models import Appeal, Decision, Report


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one day; `day` is an ISO date."""

    day: str
    posted: int
    held: int
    rejected: int
    reports: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The moderation of a span of time, as the transparency report asks for it.

    Shape: `deeds` and `grounds` count decisions that stand; `by_rule` those no person made.
        `median_minutes` is from a report to its settling, None where none was settled.
    Source: Regulation (EU) 2022/2065, articles 15 and 24.
    """

    days: list[Day]
    deeds: dict[str, int]
    grounds: dict[str, int]
    by_rule: int
    found_by_rule: int
    reports: dict[str, int]
    notices: dict[str, int]
    appeals: int
    granted: int
    median_minutes: float | None


def figures(since: datetime, until: datetime) -> Figures:
    """Return what happened between two times, days in UTC."""
    decided = Decision.objects.filter(at__gte=since, at__lt=until, undone_at__isnull=True)
    reported = Report.objects.filter(at__gte=since, at__lt=until)
    appeals = Appeal.objects.filter(at__gte=since, at__lt=until)
    return Figures(
        days=_days(since, until),
        deeds=_counted(decided, "deed"),
        grounds=_counted(decided.exclude(ground=""), "ground"),
        by_rule=decided.filter(by__isnull=True).count(),
        found_by_rule=decided.filter(is_found_by_rule=True).count(),
        reports=_counted(reported.filter(law=""), "ground"),
        notices=_counted(reported.exclude(law=""), "law"),
        appeals=appeals.count(),
        granted=appeals.filter(is_granted=True).count(),
        median_minutes=_median_minutes(reported),
    )


def _counted(rows: QuerySet[Any], name: str) -> dict[str, int]:
    return dict(rows.values_list(name).annotate(n=Count("pk")).order_by("-n", name))


def _median_minutes(reported: QuerySet[Report]) -> float | None:
    settled = reported.filter(settled_at__isnull=False).values_list("at", "settled_at")
    spans = sorted((end - begin) / timedelta(minutes=1) for begin, end in settled if end)
    return spans[len(spans) // 2] if spans else None


def _days(since: datetime, until: datetime) -> list[Day]:
    """Return each day's counts, from the messages and reports of the span."""
    rows: dict[str, list[int]] = {}
    said = Message.objects.filter(posted_at__gte=since, posted_at__lt=until)
    for at, state, why in said.values_list("posted_at", "state", "why").iterator():
        row = rows.setdefault(at.date().isoformat(), [0, 0, 0, 0])
        row[0] += 1
        row[1] += bool(why) and state in {MessageState.HELD, MessageState.PUBLISHED}
        row[2] += state in {MessageState.REJECTED, MessageState.REMOVED}
    for at in Report.objects.filter(at__gte=since, at__lt=until).values_list("at", flat=True):
        rows.setdefault(at.date().isoformat(), [0, 0, 0, 0])[3] += 1
    return [Day(day, *row) for day, row in sorted(rows.items())]
