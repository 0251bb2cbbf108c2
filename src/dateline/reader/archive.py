"""The archive: every day that has stories, of the site, of a section, of a topic."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext

from dateline.press.touch import touch
from dateline.reader.addresses import before_text
from dateline.reader.contexts import CrumbContext, LinkContext, StoryCardContext
from dateline.reader.dates import day_with_weekday
from dateline.reader.list_contexts import ArchiveContext, MonthContext, YearContext
from dateline.reader.months import month_context
from dateline.reader.periods import Period, months_between, period_of, read_period, span_of
from dateline.reader.present.cards import story_cards
from dateline.reader.present.furniture import page_of
from dateline.reader.scopes import Moved, Scope, scope_of
from dateline.reader.visit import Visit
from dateline.stories.archive_queries import (
    Place,
    Span,
    first_and_last,
    first_from,
    last_before,
    newest_places,
    spans_with_stories,
)
from dateline.stories.queries import cards, visible

PER_PAGE = 50
_MOST_MONTH_KEYS = 24
_ADDRESS = re.compile(r"(?:(?P<scope>.+)/)?archive/(?P<period>(?:\d+/)*)")
_FORMATS = {1: "Y", 2: "F Y"}


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive of one list of stories, with the edition's clocks."""

    visit: Visit
    scope: Scope
    zone: ZoneInfo

    @property
    def address(self) -> str:
        """Return the address of its index."""
        return f"{self.scope.address}archive/"

    def url(self, period: Period) -> str:
        """Return the address of a year, a month or a day."""
        return f"{self.address}{period.path}"

    def touch(self, periods: Iterable[Period]) -> None:
        """Note that the page shows whether these periods have stories."""
        touch(*(f"days:{self.visit.furniture.edition.code}:{one.key}" for one in periods))

    def touch_all(self) -> None:
        """Note that any story of the edition can change the page."""
        touch(f"days:{self.visit.furniture.edition.code}:")

    def filled(self, periods: Sequence[Period]) -> set[Period]:
        """Return which of some periods have stories."""
        spans = [span_of(period, self.zone) for period in periods]
        return {periods[n] for n in spans_with_stories(self.scope.walks, spans)}


def archive_page(visit: Visit, rest: str) -> ArchiveContext | Moved | None:
    """Return a page of an archive, where it went, or None where no story was published."""
    found = _ADDRESS.fullmatch(rest)
    scope = scope_of(visit, found["scope"] or "") if found else None
    if found is None or scope is None:
        return None
    if isinstance(scope, Moved):
        return Moved(f"{scope.address}archive/{found['period']}")
    if not scope.has_archive:
        return None
    archive = Archive(visit, scope, ZoneInfo(visit.furniture.edition.timezone))
    if not found["period"]:
        return _index(archive)
    period = read_period(found["period"])
    return _period(archive, period) if period else None


def _index(archive: Archive) -> ArchiveContext:
    archive.touch_all()
    bounds = first_and_last(archive.scope.walks)
    years = _years(archive, bounds) if bounds else ()
    crumb = CrumbContext(label=gettext("Archive"))
    return _context(archive, (crumb,), title=gettext("Archive"), period="index", years=years)


def _years(archive: Archive, bounds: Span) -> tuple[YearContext, ...]:
    first, last = (period_of(moment, archive.zone, 1) for moment in bounds)
    months = months_between(first, last)
    filled = archive.filled(months)
    years = sorted({month.up(1) for month in filled}, reverse=True)
    return tuple(
        YearContext(
            label=f"{year.year}",
            url=archive.url(year),
            months=tuple(
                LinkContext(
                    label=date_format(month.first, "M"),
                    url=archive.url(month) if month in filled else "",
                )
                for month in year.parts()
            ),
        )
        for year in years
    )


def _period(archive: Archive, period: Period) -> ArchiveContext | None:
    scope = archive.scope
    span = span_of(period, archive.zone)
    rows: list[Place] = []
    if period.depth == 1:
        shown = archive.filled([period])
    else:
        before = archive.visit.before
        rows = newest_places(scope.walks, limit=PER_PAGE + 1, span=span, before=before)
        shown = {period} if rows else set()
    if not shown:
        return None
    archive.touch([period])
    stories = _stories(archive, rows[:PER_PAGE])
    return _context(
        archive,
        _crumbs(archive, period),
        title=words_of(period),
        period=("year", "month", "day")[period.depth - 1],
        months=_months(archive, period),
        stories=stories,
        older_url=_older(archive, rows),
        **_neighbours(archive, period, span),
    )


def words_of(period: Period) -> str:
    """Return a period as the edition's language writes it."""
    if period.depth == 3:
        return day_with_weekday(period.first)
    return date_format(period.first, _FORMATS[period.depth])


def _stories(archive: Archive, rows: Sequence[Place]) -> tuple[StoryCardContext, ...]:
    now = archive.visit.now
    numbers = [number for _at, number in rows]
    found = {one.pk: one for one in cards(visible(now).filter(pk__in=numbers))}
    return story_cards([found[number] for number in numbers if number in found], now)


def _older(archive: Archive, rows: Sequence[Place]) -> str:
    if len(rows) <= PER_PAGE:
        return ""
    touch(f"story:{rows[PER_PAGE][1]}")
    return f"{archive.visit.path}?{urlencode({'before': before_text(*rows[PER_PAGE - 1])})}"


def _months(archive: Archive, period: Period) -> tuple[MonthContext, ...]:
    months = period.parts() if period.depth == 1 else (period.up(2),)
    archive.touch([period.up(1)] if period.depth == 1 else months)
    filled = archive.filled([day for month in months for day in month.parts()])
    return tuple(month_context(month, filled, archive.url, current=period) for month in months)


def _crumbs(archive: Archive, period: Period) -> tuple[CrumbContext, ...]:
    above = [period.up(depth) for depth in range(1, period.depth)]
    labels = {1: "Y", 2: "F", 3: "j"}
    return (
        CrumbContext(label=gettext("Archive"), url=archive.address),
        *(
            CrumbContext(label=date_format(one.first, labels[one.depth]), url=archive.url(one))
            for one in above
        ),
        CrumbContext(label=date_format(period.first, labels[period.depth])),
    )


def _neighbours(archive: Archive, period: Period, span: Span) -> dict[str, LinkContext | None]:
    """Return the nearest periods of the same depth that have stories, and note what that rests on.

    Between them and this one nothing was published: should that change, so does the link.
    """
    before = last_before(archive.scope.walks, span[0])
    after = first_from(archive.scope.walks, span[1])
    if before is None or after is None:
        archive.touch_all()
    earlier, later = (_near(archive, period, moment) for moment in (before, after))
    months = months_between(earlier or period, later or period)
    as_years = period.depth == 1 or len(months) > _MOST_MONTH_KEYS
    archive.touch({month.up(1) for month in months} if as_years else months)
    return {
        "earlier": _link(archive, earlier) if earlier else None,
        "later": _link(archive, later) if later else None,
    }


def _near(archive: Archive, period: Period, moment: datetime | None) -> Period | None:
    return period_of(moment, archive.zone, period.depth) if moment else None


def _link(archive: Archive, period: Period) -> LinkContext:
    short = {1: "Y", 2: "F Y", 3: "DATE_FORMAT"}
    return LinkContext(
        label=date_format(period.first, short[period.depth]), url=archive.url(period)
    )


def _context(
    archive: Archive, crumbs: tuple[CrumbContext, ...], *, title: str, **given: Any
) -> ArchiveContext:
    visit, scope = archive.visit, archive.scope
    heading = title if scope.section is None and scope.topic is None else f"{scope.name}: {title}"
    page = page_of(
        visit.furniture, path=visit.path, title=heading, journal=visit.journal, now=visit.now
    )
    return ArchiveContext(
        page=replace(page, crumbs=(*scope.crumbs, *crumbs)),
        title=title,
        scope=LinkContext(label=scope.name, url=scope.address),
        **given,
    )
