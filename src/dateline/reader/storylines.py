"""A running story: its page, and the little of it that stands under each of its stories."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from dateline.live.enums import Order
from dateline.press.touch import touch
from dateline.reader.addresses import before_text
from dateline.reader.contexts import PageContext, PartOfContext, StorylineStepContext
from dateline.reader.list_contexts import StorylineContext
from dateline.reader.present.alternates import languages_of_list
from dateline.reader.present.cards import story_cards
from dateline.reader.present.feed_links import feeds_at
from dateline.reader.present.furniture import follow_url, page_of
from dateline.reader.scopes import Moved, Scope, storyline_scope
from dateline.reader.visit import Visit
from dateline.stories.archive_queries import Place, newest_places, oldest_places
from dateline.stories.around_queries import Around
from dateline.stories.models import Story
from dateline.stories.queries import cards, visible
from dateline.stories.rules import short_headline
from dateline.topics.models import Storyline

PER_PAGE = 24


def storyline_page(visit: Visit, slug: str) -> StorylineContext | Moved | None:
    """Return a storyline's page, where it went, or None where readers never saw a story of it."""
    scope = storyline_scope(visit, slug)
    if not isinstance(scope, Scope) or scope.storyline is None:
        return scope if isinstance(scope, Moved) else None
    touch(*scope.keys)
    places = _places(visit, scope)
    numbers = [number for _at, number in places[:PER_PAGE]]
    found = {one.pk: one for one in cards(visible(visit.now).filter(pk__in=numbers))}
    stories = [found[number] for number in numbers if number in found]
    start = f"{visit.path}?{urlencode({'order': Order.OLDEST.value})}"
    is_first = (visit.after if visit.from_start else visit.before) is None
    here, other = (start, visit.path) if visit.from_start else (visit.path, start)
    return StorylineContext(
        page=_page(visit, scope, scope.storyline),
        name=scope.name,
        standfirst=scope.description,
        began_at=_began_at(scope),
        ended_at=scope.storyline.ended_at,
        from_start=visit.from_start,
        stories=story_cards(stories, visit.now),
        switch_url=other,
        first_url="" if is_first else here,
        next_url=_next_url(visit, places),
    )


def _places(visit: Visit, scope: Scope) -> list[Place]:
    """Return the places of a page's stories and of one more, if there is one."""
    if visit.from_start:
        [walk] = scope.walks
        return oldest_places(walk, limit=PER_PAGE + 1, after=visit.after)
    return newest_places(scope.walks, limit=PER_PAGE + 1, before=visit.before)


def _began_at(scope: Scope) -> datetime | None:
    [walk] = scope.walks
    return next((at for at, _number in oldest_places(walk, limit=1)), None)


def _next_url(visit: Visit, places: Sequence[Place]) -> str:
    """Return the address of the next page, which is there for the sake of one story."""
    if len(places) <= PER_PAGE:
        return ""
    touch(f"story:{places[PER_PAGE][1]}")
    place = before_text(*places[PER_PAGE - 1])
    asked = {"order": Order.OLDEST.value, "after": place} if visit.from_start else {"before": place}
    return f"{visit.path}?{urlencode(asked)}"


def _page(visit: Visit, scope: Scope, storyline: Storyline) -> PageContext:
    page = page_of(
        visit.furniture, path=visit.path, title=scope.name, journal=visit.journal, now=visit.now
    )
    return replace(
        page,
        description=scope.description,
        crumbs=(*scope.crumbs[:-1], replace(scope.crumbs[-1], url="")),
        feeds=(*feeds_at(scope.address, scope.name), *page.feeds),
        follow_url=follow_url(page.edition.code, f"storyline:{storyline.pk}"),
        alternates=languages_of_list(storyline),
    )


def part_of(story: Story, around: Around, now: datetime) -> PartOfContext | None:
    """Return the storyline of a story with the nearest of it; None for a story of no storyline.

    The page changes when one of these stories does, when one comes between them, and while nothing
    follows yet, when anything does.
    """
    storyline = story.storyline
    if storyline is None:
        return None
    own = f"storyline:{storyline.pk}"
    touch(f"{own}:name", f"{own}:past", *([] if around.later else [own]))
    storyline.edition = story.edition
    here = StorylineStepContext(
        headline=short_headline(story.short_headline, story.headline),
        published_at=story.published_at or now,
    )
    return PartOfContext(
        name=storyline.name,
        url=storyline.address,
        follow_url=follow_url(story.edition.code, own),
        steps=(*map(step_of, around.earlier), here, *map(step_of, around.later)),
    )


def step_of(story: Story) -> StorylineStepContext:
    """Return a visible story of a storyline as a line that leads to it."""
    touch(f"story:{story.pk}")
    assert story.published_at is not None, "a visible story was published"  # noqa: S101
    return StorylineStepContext(
        headline=short_headline(story.short_headline, story.headline),
        url=story.address,
        published_at=story.published_at,
    )
