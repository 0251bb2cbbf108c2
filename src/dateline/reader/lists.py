"""Pages that list stories: fronts, sections, topics."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django.utils.translation import gettext

from dateline.press.touch import touch
from dateline.reader.addresses import before_text
from dateline.reader.contexts import (
    CrumbContext,
    KindLinkContext,
    PictureContext,
    StoryCardContext,
    TopicContext,
)
from dateline.reader.present.alternates import languages_of_list
from dateline.reader.present.cards import story_cards
from dateline.reader.present.feed_links import feeds_at
from dateline.reader.present.furniture import follow_url, home_crumb, page_of
from dateline.reader.present.pictures import picture_context, renditions_of
from dateline.reader.visit import Visit
from dateline.stories.enums import Kind
from dateline.stories.models import Story
from dateline.stories.queries import (
    cards,
    section_and_above,
    stories_of_edition,
    topic_rows,
    visible,
)
from dateline.topics.enums import TopicKind
from dateline.topics.models import Section, Topic

PER_PAGE = 24
LATEST = 4


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
    prefix = visit.furniture.edition.prefix
    address = f"{prefix}topics/{topic.slug}/"
    crumbs = (
        home_crumb(visit.furniture),
        CrumbContext(label=gettext("Topics"), url=f"{prefix}topics/"),
        CrumbContext(label=topic.name),
    )
    return TopicContext(
        page=replace(
            page,
            description=topic.description,
            crumbs=crumbs,
            feeds=(*feeds_at(address, topic.name), *page.feeds),
            follow_url=follow_url(page.edition.code, f"topic:{topic.pk}"),
            alternates=languages_of_list(topic),
        ),
        name=topic.name,
        kind_label=str(TopicKind(topic.kind).label),
        description=topic.description,
        aliases=tuple(dict.fromkeys(alias.name for alias in topic.aliases.all())),
        picture=_picture(topic),
        stories=story_cards(stories[:PER_PAGE], visit.now),
        older_url=older_url(visit, stories),
        newest_url=newest_url(visit),
        archive_url=f"{address}archive/",
    )


def _picture(topic: Topic) -> PictureContext | None:
    number = topic.picture_id
    made = renditions_of([number])[number] if number else []
    if number:
        touch(f"picture:{number}")
    return picture_context(made[0].image, made) if made else None


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


def kinds_of(visit: Visit) -> tuple[KindLinkContext, ...]:
    """Return the filter by kind of the list that is visited."""
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


def newest_url(visit: Visit) -> str:
    """Return the address of the first page of a list, from an older one."""
    if visit.before is None:
        return ""
    return f"{visit.path}?kind={visit.kind}" if visit.kind else visit.path


def older_url(visit: Visit, rows: Sequence[Story]) -> str:
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
