"""Fronts of editions and the tops of sections: what an editor placed, and what fills the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.fronts.queries import candidate, placed
from dateline.fronts.rules import FrontPlan, compose_front, compose_section
from dateline.press.touch import touch
from dateline.reader.chat import section_chat
from dateline.reader.contexts import (
    FrontContext,
    LinkContext,
    PageContext,
    SectionContext,
    StoryCardContext,
)
from dateline.reader.lists import (
    PER_PAGE,
    kinds_of,
    newest_url,
    older_url,
    section_crumbs,
)
from dateline.reader.newsfeed import newest_lines
from dateline.reader.present.alerts import alert_shown
from dateline.reader.present.alternates import front_languages, section_languages
from dateline.reader.present.cards import story_cards
from dateline.reader.present.feed_links import feeds_at
from dateline.reader.present.furniture import follow_url, page_of
from dateline.reader.visit import Visit
from dateline.stories.enums import Kind
from dateline.stories.models import Story
from dateline.stories.queries import (
    cards,
    newest,
    newest_of_sections,
    stories_of_edition,
    visible,
)
from dateline.topics.models import Section

Shown = Mapping[int, StoryCardContext]


@dataclass(frozen=True, slots=True)
class SectionTop:
    """What stands above a section's list: its lead and, where an editor placed them, seconds."""

    lead: StoryCardContext | None
    seconds: tuple[StoryCardContext, ...]
    rest: tuple[StoryCardContext, ...]


def front(visit: Visit, *, live: bool = True) -> FrontContext:
    """Return an edition's front, or an older page of its river.

    Without `live` it is composed by the editor's draft.
    """
    edition, furniture = visit.furniture.edition, visit.furniture
    touch(f"front:{edition.code}")
    rows = list(newest(stories_of_edition(edition, visit.now), before=visit.before)[: PER_PAGE + 1])
    page = page_of(
        furniture,
        path=visit.path,
        title=furniture.context.name,
        journal=visit.journal,
        now=visit.now,
    )
    page = replace(
        page,
        description=edition.tagline,
        alternates=front_languages(),
        alert=alert_shown(edition, visit.now),
        shows_alert=True,
    )
    older = older_url(visit, rows)
    if visit.before is not None:
        river = story_cards(rows[:PER_PAGE], visit.now)
        return FrontContext(page=page, river=river, older_url=older, newest_url=newest_url(visit))
    places = placed(edition, None, visit.now, live=live)
    shown = _shown(visit, rows[:PER_PAGE], places)
    plan = compose_front(
        [candidate(row, visit.now) for row in rows[:PER_PAGE]], _seen(places, shown)
    )
    return _laid_out(replace(page, newsfeed=newest_lines(visit)), plan, shown, older)


def section(visit: Visit, section: Section, *, live: bool = True) -> SectionContext | None:
    """Return a section's page, or None for a kind that does not exist.

    Without `live` its top is composed by the editor's draft.
    """
    if visit.kind and visit.kind not in Kind.values:
        return None
    numbers = visit.furniture.numbers_of(section)
    first = "archive" if visit.before else "section"
    touch(*(f"{first}:{number}" for number in numbers), f"section:{section.pk}:name")
    rows = newest_of_sections(
        numbers, visit.now, limit=PER_PAGE + 1, before=visit.before, kind=visit.kind
    )
    top = _section_top(visit, section, rows[:PER_PAGE], live=live)
    address = f"{visit.furniture.edition.prefix}{section.path}/"
    page = page_of(
        visit.furniture,
        path=visit.path,
        title=section.name,
        journal=visit.journal,
        now=visit.now,
    )
    return SectionContext(
        page=replace(
            page,
            description=section.tagline,
            crumbs=section_crumbs(visit, section),
            feeds=(*feeds_at(address, section.name), *page.feeds),
            follow_url=follow_url(page.edition.code, f"section:{section.pk}"),
            alternates=section_languages(section),
        ),
        name=section.name,
        tagline=section.tagline,
        children=tuple(
            LinkContext(label=child.name, url=f"{visit.furniture.edition.prefix}{child.path}/")
            for child in visit.furniture.below(section)
            if child.parent_id == section.pk
        ),
        kinds=kinds_of(visit),
        lead=top.lead,
        seconds=top.seconds,
        stories=top.rest,
        older_url=older_url(visit, rows),
        newest_url=newest_url(visit),
        archive_url=f"{address}archive/",
        chat_url=section_chat(section, address),
    )


def _section_top(
    visit: Visit, section: Section, rows: Sequence[Story], *, live: bool
) -> SectionTop:
    if visit.before is not None:
        return SectionTop(lead=None, seconds=(), rest=story_cards(rows, visit.now))
    places = {} if visit.kind else placed(section.edition, section, visit.now, live=live)
    shown = _shown(visit, rows, places)
    plan = compose_section([row.pk for row in rows], _seen(places, shown))
    return SectionTop(
        lead=None if plan.lead is None else shown[plan.lead],
        seconds=tuple(shown[number] for number in plan.seconds),
        rest=tuple(shown[number] for number in plan.river),
    )


def _shown(
    visit: Visit, rows: Sequence[Story], places: Mapping[str, Sequence[int]]
) -> dict[int, StoryCardContext]:
    """Return the cards of the newest stories and of the placed ones that readers may see.

    Those they may not see now are touched too: the page is made anew when that changes.
    """
    wanted = {number for numbers in places.values() for number in numbers}
    touch(*(f"story:{number}" for number in wanted))
    missing = wanted - {row.pk for row in rows}
    more = list(cards(visible(visit.now).filter(pk__in=missing))) if missing else []
    return {card.story_id: card for card in story_cards([*rows, *more], visit.now)}


def _seen(places: Mapping[str, Sequence[int]], shown: Shown) -> dict[str, list[int]]:
    return {slot: [number for number in places[slot] if number in shown] for slot in places}


def _laid_out(page: PageContext, plan: FrontPlan, shown: Shown, older: str) -> FrontContext:
    return FrontContext(
        page=page,
        lead=shown[plan.lead] if plan.lead else None,
        seconds=tuple(shown[number] for number in plan.seconds),
        rail=tuple(shown[number] for number in plan.rail),
        river=tuple(shown[number] for number in plan.river),
        older_url=older,
    )
