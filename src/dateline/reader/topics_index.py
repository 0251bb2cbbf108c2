"""The index of topics, A to Z; a newsroom with many topics sees one letter at a time."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from urllib.parse import quote, urlencode

from django.utils.translation import gettext

from dateline.press.touch import touch
from dateline.reader.contexts import CrumbContext, LinkContext
from dateline.reader.list_contexts import TopicGroupContext, TopicLineContext, TopicsContext
from dateline.reader.present.furniture import home_crumb, page_of
from dateline.reader.visit import Visit
from dateline.topics.enums import TopicKind
from dateline.topics.models import Topic
from dateline.topics.queries import index_of_topics, initials_of_topics

ON_ONE_PAGE = 400


def topics_page(visit: Visit) -> TopicsContext | None:
    """Return the index, or None for a kind or letter there is not."""
    if visit.kind and visit.kind not in TopicKind.values:
        return None
    edition = visit.furniture.edition
    touch(f"topics:{edition.code}")
    index = index_of_topics(edition, kind=visit.kind)
    rows = list(index[: ON_ONE_PAGE + 1])
    initials = initials_of_topics(edition, kind=visit.kind)
    is_whole = len(rows) <= ON_ONE_PAGE
    letter = visit.letter or ("" if is_whole or not initials else initials[0])
    if letter and letter not in initials:
        return None
    if letter:
        rows = list(index.filter(initial=letter)[: ON_ONE_PAGE * 10])
    return _context(visit, rows, initials, letter=letter, is_whole=is_whole)


def _context(
    visit: Visit, rows: Sequence[Topic], initials: Sequence[str], *, letter: str, is_whole: bool
) -> TopicsContext:
    title = gettext("Topics")
    page = page_of(
        visit.furniture, path=visit.path, title=title, journal=visit.journal, now=visit.now
    )
    crumbs = (home_crumb(visit.furniture), CrumbContext(label=title))
    return TopicsContext(
        page=replace(page, crumbs=crumbs),
        kinds=_kinds(visit),
        initials=tuple(
            _initial(visit, initial, letter=letter, is_whole=is_whole) for initial in initials
        ),
        groups=tuple(
            TopicGroupContext(initial=initial, topics=tuple(_line(visit, topic) for topic in group))
            for initial, group in groupby(rows, key=lambda topic: topic.initial)
        ),
    )


def _initial(visit: Visit, initial: str, *, letter: str, is_whole: bool) -> LinkContext:
    if is_whole and not letter:
        return LinkContext(label=initial, url=f"#{quote(initial)}")
    asked = {"kind": visit.kind} if visit.kind else {}
    url = f"{visit.path}?{urlencode(asked | {'letter': initial})}"
    return LinkContext(label=initial, url=url, is_current=initial == letter)


def _line(visit: Visit, topic: Topic) -> TopicLineContext:
    return TopicLineContext(
        label=topic.name,
        url=f"{visit.furniture.edition.prefix}topics/{topic.slug}/",
        kind_label="" if visit.kind else str(TopicKind(topic.kind).label),
    )


def _kinds(visit: Visit) -> tuple[LinkContext, ...]:
    labels = {
        "": gettext("All"),
        TopicKind.PERSON: gettext("People"),
        TopicKind.ORGANISATION: gettext("Organisations"),
        TopicKind.PLACE: gettext("Places"),
        TopicKind.SUBJECT: gettext("Subjects"),
    }
    return tuple(
        LinkContext(
            label=label,
            url=f"{visit.path}?kind={kind}" if kind else visit.path,
            is_current=visit.kind == kind,
        )
        for kind, label in labels.items()
    )
