"""Pages that list stories: fronts, sections, topics."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django.utils.translation import gettext

from dateline.press.touch import touch
from dateline.reader.addresses import before_text
from dateline.reader.contexts import (
    CrumbContext,
    FrontContext,
    KindLinkContext,
    LinkContext,
    SectionContext,
    StoryCardContext,
    TopicContext,
)
from dateline.reader.present.cards import story_cards
from dateline.reader.present.furniture import home_crumb, newsfeed_of, page_of
from dateline.reader.visit import Visit
from dateline.stories.enums import Kind
from dateline.stories.models import Story
from dateline.stories.queries import (
    cards,
    newest,
    section_and_above,
    section_and_below,
    stories_of_edition,
    stories_of_sections,
    topic_rows,
    visible,
)
from dateline.stories.rules import Candidate, compose_front
from dateline.topics.enums import TopicKind
from dateline.topics.models import Section, Topic

PER_PAGE = 24
FEED_LINES = 20
LATEST = 5


def front(visit: Visit) -> FrontContext:
    """Return an edition's front, or an older page of its river."""
    edition = visit.furniture.edition
    touch(f"front:{edition.code}")
    rows = list(newest(stories_of_edition(edition, visit.now), before=visit.before)[: PER_PAGE + 1])
    page_rows = rows[:PER_PAGE]
    shown = {card.story_id: card for card in story_cards(page_rows, visit.now)}
    furniture = visit.furniture
    page = page_of(
        furniture,
        path=visit.path,
        title=furniture.context.name,
        journal=visit.journal,
        now=visit.now,
    )
    page = replace(page, description=edition.tagline)
    older = _older(visit, rows)
    if visit.before is not None:
        return FrontContext(page=page, river=tuple(shown.values()), older_url=older)
    plan = compose_front(
        [
            Candidate(
                number=row.pk,
                urgency=row.urgency,
                has_picture=row.lead_picture_id is not None,
                published_at=row.published_at or visit.now,
                is_news=row.kind == Kind.NEWS,
            )
            for row in page_rows
        ]
    )
    lines = tuple(shown.values())
    feed = replace(newsfeed_of(furniture, journal=visit.journal), lines=lines[:FEED_LINES])
    return FrontContext(
        page=replace(page, newsfeed=feed),
        lead=shown[plan.lead] if plan.lead else None,
        seconds=tuple(shown[number] for number in plan.seconds),
        rail=tuple(shown[number] for number in plan.rail),
        river=tuple(shown[number] for number in plan.river),
        older_url=older,
    )


def section(visit: Visit, section: Section) -> SectionContext | None:
    """Return a section's page, or None for a kind that does not exist."""
    if visit.kind and visit.kind not in Kind.values:
        return None
    numbers = section_and_below(section)
    first = "archive" if visit.before else "section"
    touch(*(f"{first}:{number}" for number in numbers), f"section:{section.pk}:name")
    stories = stories_of_sections(numbers, visit.now)
    if visit.kind:
        stories = stories.filter(kind=visit.kind)
    rows = list(newest(cards(stories), before=visit.before)[: PER_PAGE + 1])
    shown = story_cards(rows[:PER_PAGE], visit.now)
    has_lead = visit.before is None and bool(shown)
    page = page_of(
        visit.furniture,
        path=visit.path,
        title=section.name,
        journal=visit.journal,
        now=visit.now,
    )
    return SectionContext(
        page=replace(page, description=section.tagline, crumbs=section_crumbs(visit, section)),
        name=section.name,
        tagline=section.tagline,
        children=tuple(
            LinkContext(label=child.name, url=f"{visit.furniture.edition.prefix}{child.path}/")
            for child in section.children.all()
        ),
        kinds=_kinds(visit),
        lead=shown[0] if has_lead else None,
        stories=shown[1:] if has_lead else shown,
        older_url=_older(visit, rows),
    )


def topic(visit: Visit, topic: Topic) -> TopicContext:
    """Return a topic's page."""
    touch(f"topic:{topic.pk}", f"topic:{topic.pk}:name")
    rows = topic_rows(topic, visit.now)
    if visit.before is not None:
        at, number = visit.before
        rows = rows.filter(published_at__lte=at).exclude(published_at=at, story_id__gte=number)
    order = list(rows.values_list("story_id", flat=True)[: PER_PAGE + 1])
    found = {story.pk: story for story in cards(visible(visit.now).filter(pk__in=order))}
    stories = [found[number] for number in order if number in found]
    page = page_of(
        visit.furniture, path=visit.path, title=topic.name, journal=visit.journal, now=visit.now
    )
    crumbs = (home_crumb(visit.furniture), CrumbContext(label=topic.name))
    return TopicContext(
        page=replace(page, description=topic.description, crumbs=crumbs),
        name=topic.name,
        kind_label=str(TopicKind(topic.kind).label),
        description=topic.description,
        stories=story_cards(stories[:PER_PAGE], visit.now),
        older_url=_older(visit, stories),
    )


def latest(visit: Visit) -> tuple[StoryCardContext, ...]:
    """Return an edition's newest stories, for pages that have nothing else to offer."""
    rows = stories_of_edition(visit.furniture.edition, visit.now)[:LATEST]
    return story_cards(rows, visit.now)


def section_crumbs(
    visit: Visit, section: Section, *, is_page: bool = True
) -> tuple[CrumbContext, ...]:
    """Return the way from the site down to a section."""
    prefix = visit.furniture.edition.prefix
    line = list(reversed(section_and_above(section)))
    touch(*(f"section:{one.pk}:name" for one in line))
    crumbs = [CrumbContext(label=one.name, url=f"{prefix}{one.path}/") for one in line]
    if is_page:
        crumbs[-1] = CrumbContext(label=section.name)
    return (home_crumb(visit.furniture), *crumbs)


def _kinds(visit: Visit) -> tuple[KindLinkContext, ...]:
    every = KindLinkContext(
        kind="", label=gettext("All"), url=visit.path, is_current=not visit.kind
    )
    return (
        every,
        *(
            KindLinkContext(
                kind=kind.value,
                label=str(kind.label),
                url=f"{visit.path}?kind={kind.value}",
                is_current=visit.kind == kind.value,
            )
            for kind in Kind
        ),
    )


def _older(visit: Visit, rows: Sequence[Story]) -> str:
    """Return the address of the next page, if one more story than fits was found.

    The page depends on that story too: should it go, so does the link.
    """
    if len(rows) <= PER_PAGE:
        return ""
    touch(f"story:{rows[PER_PAGE].pk}")
    last = rows[PER_PAGE - 1]
    asked = {"kind": visit.kind} if visit.kind else {}
    place = before_text(last.published_at or visit.now, last.pk)
    return f"{visit.path}?{urlencode(asked | {'before': place})}"
