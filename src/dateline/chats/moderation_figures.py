"""The moderation in numbers: by day, and as a transparency report asks for them.

All of it is counted from what was decided, as it was decided: the journal's entries of what rules
held and refused, and the rows of decisions, reports and appeals. What became of a message
afterwards changes no figure.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from dateline.chats.entries import MessageHeld, MessageKept, MessageRejected
from dateline.chats.models import Message
from dateline.chats.moderation_enums import Deed, Ground, Law
from dateline.chats.moderation_models import Appeal, Decision, Report
from dateline.journal.queries import entries_between

_SETTLES = (Deed.APPROVE, Deed.REJECT)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, in UTC, the last one included."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        """Return when it begins."""
        return datetime.combine(self.first, time.min, UTC)

    @property
    def until(self) -> datetime:
        """Return when it is over."""
        return datetime.combine(self.last, time.min, UTC) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one day; `day` is an ISO date, `held` and `rejected` count decisions."""

    day: str
    posted: int
    held: int
    rejected: int
    reports: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The moderation of a period, as the transparency report asks for it.

    Shape: `deeds`, `grounds`, `reports` and `notices` have every value of their lists, zeros too.
        `deeds` are the decisions of moderators, and what was held after reports. `held_by_rule` and
        `rejected_by_rule` are what the judgement of words did by itself, `found_by_rule` what a
        moderator rejected of that. `median_minutes` is from a report to the first decision about
        its message, None where none was decided in the period.
    Source: Regulation (EU) 2022/2065, articles 15 and 24.
    """

    period: Period
    days: list[Day]
    deeds: dict[str, int]
    grounds: dict[str, int]
    held_by_rule: int
    rejected_by_rule: int
    found_by_rule: int
    reports: dict[str, int]
    notices: dict[str, int]
    appeals: int
    median_minutes: float | None

    def rows(self) -> Iterator[tuple[str, str, str, int | float | None]]:
        """Yield all of it as rows of an export: day, figure, of what, value.

        Shape: `day` is empty where the value is that of the whole period.
        """
        for day in self.days:
            for name in ("posted", "held", "rejected", "reports"):
                yield day.day, name, "", getattr(day, name)
        for name in ("deeds", "grounds", "reports", "notices"):
            for what, value in getattr(self, name).items():
                yield "", name, what, value
        for name in _SINGLE:
            yield "", name, "", getattr(self, name)


_SINGLE = ("held_by_rule", "rejected_by_rule", "found_by_rule", "appeals", "median_minutes")


def figures(period: Period) -> Figures:
    """Return what happened in a period."""
    kept = [entry for entry in _kept(period) if entry[1].by_rule]
    decided = _within(Decision.objects.all(), period)
    reported = _within(Report.objects.all(), period)
    held = [at for at, entry in kept if isinstance(entry, MessageHeld)]
    rejected = [at for at, entry in kept if isinstance(entry, MessageRejected)]
    return Figures(
        period=period,
        days=_days(period, held=held, rejected=rejected),
        deeds=_counted(decided, "deed", Deed.values),
        grounds=_counted(decided, "ground", Ground.values),
        held_by_rule=len(held),
        rejected_by_rule=len(rejected),
        found_by_rule=decided.filter(is_found_by_rule=True).count(),
        reports=_counted(reported.filter(law=""), "ground", Ground.values),
        notices=_counted(reported, "law", Law.values),
        appeals=_within(Appeal.objects.all(), period).count(),
        median_minutes=_median_minutes(period),
    )


def _kept(period: Period) -> Iterator[tuple[datetime, MessageKept]]:
    kinds = (MessageHeld, MessageRejected)
    for line in entries_between(kinds, period.since, period.until):
        if isinstance(line.entry, MessageKept):
            yield line.at, line.entry


def _within(rows: QuerySet[Any], period: Period, name: str = "at") -> QuerySet[Any]:
    return rows.filter((f"{name}__gte", period.since), (f"{name}__lt", period.until)).order_by()


def _counted(rows: QuerySet[Any], name: str, values: Iterable[str]) -> dict[str, int]:
    found = dict(rows.values_list(name).annotate(Count("pk")))
    return {value: found.get(value, 0) for value in values}


def _median_minutes(period: Period) -> float | None:
    """Undoing a decision does not take back that it was made."""
    decided = Decision.objects.filter(deed__in=_SETTLES, message=OuterRef("message"))
    first = decided.filter(at__gte=OuterRef("at")).order_by("at").values("at")[:1]
    ended = Report.objects.annotate(ended=Subquery(first))
    spans = [end - at for at, end in _within(ended, period, "ended").values_list("at", "ended")]
    return sorted(spans)[len(spans) // 2] / timedelta(minutes=1) if spans else None


def _days(period: Period, *, held: list[datetime], rejected: list[datetime]) -> list[Day]:
    """Return the counts of each day on which anything happened."""
    decided = _within(Decision.objects.all(), period)
    posted = _by_day(_times(_within(Message.objects.all(), period, "posted_at"), "posted_at"))
    counted = (
        posted,
        _by_day([*held, *_times(decided.filter(deed=Deed.HOLD))]),
        _by_day([*rejected, *_times(decided.filter(deed=Deed.REJECT))]),
        _by_day(_times(_within(Report.objects.all(), period))),
    )
    days = sorted({day for counts in counted for day in counts})
    return [Day(day, *(counts[day] for counts in counted)) for day in days]


def _times(rows: QuerySet[Any], name: str = "at") -> Iterator[datetime]:
    return rows.values_list(name, flat=True).iterator()


def _by_day(times: Iterable[datetime]) -> Counter[str]:
    return Counter(at.astimezone(UTC).date().isoformat() for at in times)
