"""The index of storylines: what is running, the one told of last on top."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext

from dateline.press.touch import touch
from dateline.reader.addresses import before_text
from dateline.reader.contexts import CrumbContext, PageContext
from dateline.reader.list_contexts import StorylineLineContext, StorylinesContext
from dateline.reader.present.alternates import front_languages
from dateline.reader.present.feed_links import feeds_at
from dateline.reader.present.furniture import home_crumb, page_of
from dateline.reader.storylines import step_of
from dateline.reader.visit import Visit
from dateline.stories.archive_queries import storylines_told
from dateline.stories.models import Story
from dateline.stories.queries import cards_by_number
from dateline.topics.models import Storyline

PER_PAGE = 24
PLACE = "storylines/"


def storylines_page(visit: Visit) -> StorylinesContext:
    """Return the storylines of which there is a story to read; any new story may change them."""
    edition = visit.furniture.edition
    touch(f"storylines:{edition.code}", f"front:{edition.code}")
    told = storylines_told(edition, visit.now, before=visit.before)
    rows = list(told[: PER_PAGE + 1])
    latest = {one.pk: one for one in cards_by_number([row.told for row in rows], visit.now)}
    return StorylinesContext(
        page=_page(visit),
        storylines=tuple(
            _line(visit, row, latest[row.told]) for row in rows[:PER_PAGE] if row.told in latest
        ),
        first_url=visit.path if visit.before else "",
        next_url=_next_url(visit, rows),
    )


def _page(visit: Visit) -> PageContext:
    title = gettext("Storylines")
    page = page_of(
        visit.furniture, path=visit.path, title=title, journal=visit.journal, now=visit.now
    )
    return replace(
        page,
        description=gettext("Stories that go on, each from its first day."),
        crumbs=(home_crumb(visit.furniture), CrumbContext(label=title)),
        alternates=front_languages(PLACE),
    )


def _line(visit: Visit, row: Storyline, latest: Story) -> StorylineLineContext:
    row.edition = visit.furniture.edition
    return StorylineLineContext(
        name=row.name,
        url=row.address,
        standfirst=row.standfirst,
        ended_at=row.ended_at,
        latest=step_of(latest),
        feed_url=feeds_at(row.address, row.name)[0].url,
    )


def _next_url(visit: Visit, rows: Sequence[Any]) -> str:
    """Return the address of the next page, which is there for the sake of one storyline."""
    if len(rows) <= PER_PAGE:
        return ""
    last = rows[PER_PAGE - 1]
    return f"{visit.path}?{urlencode({'before': before_text(last.told_at, last.pk)})}"
