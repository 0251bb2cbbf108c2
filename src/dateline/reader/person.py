"""The page of somebody whose name stands over stories."""

from dataclasses import replace
from urllib.parse import urlencode

from dateline.people.models import Person
from dateline.press.touch import touch
from dateline.reader.addresses import before_text
from dateline.reader.contexts import PictureContext
from dateline.reader.list_contexts import PersonContext
from dateline.reader.present.cards import story_cards
from dateline.reader.present.feed_links import feeds_at
from dateline.reader.present.furniture import follow_url, page_of
from dateline.reader.present.pictures import portrait_context, renditions_of
from dateline.reader.scopes import Moved, Scope, person_scope
from dateline.reader.visit import Visit
from dateline.stories.archive_queries import newest_places
from dateline.stories.queries import cards, visible

PER_PAGE = 24


def person_page(visit: Visit, slug: str) -> PersonContext | Moved | None:
    """Return a person's page, where it went, or None where there is no such person."""
    scope = person_scope(visit, slug)
    if not isinstance(scope, Scope) or scope.person is None:
        return scope if isinstance(scope, Moved) else None
    touch(*scope.keys)
    rows = newest_places(scope.walks, limit=PER_PAGE + 1, before=visit.before)
    numbers = [number for _at, number in rows[:PER_PAGE]]
    found = {one.pk: one for one in cards(visible(visit.now).filter(pk__in=numbers))}
    stories = [found[number] for number in numbers if number in found]
    older = ""
    if len(rows) > PER_PAGE:
        touch(f"story:{rows[PER_PAGE][1]}")
        older = f"{visit.path}?{urlencode({'before': before_text(*rows[PER_PAGE - 1])})}"
    page = page_of(
        visit.furniture, path=visit.path, title=scope.name, journal=visit.journal, now=visit.now
    )
    crumbs = (*scope.crumbs[:-1], replace(scope.crumbs[-1], url=""))
    feeds = feeds_at(scope.address, scope.name)
    return PersonContext(
        page=replace(
            page,
            description=scope.description,
            crumbs=crumbs,
            feeds=feeds,
            follow_url=follow_url(page.edition.code, f"person:{scope.person.pk}"),
        ),
        name=scope.name,
        title=scope.person.title,
        description=scope.description,
        portrait=_portrait(scope.person),
        stories=story_cards(stories, visit.now),
        older_url=older,
    )


def _portrait(person: Person) -> PictureContext | None:
    number = person.portrait_id
    return portrait_context(number, renditions_of([number])[number]) if number else None
