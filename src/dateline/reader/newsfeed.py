"""The newsfeed as a page and as an index for counters."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext

from dateline.common.numbers import whole_number
from dateline.newsfeed.queries import announced, rows, topics_in
from dateline.newsfeed.rules import Filter
from dateline.press.touch import touch
from dateline.reader.contexts import CrumbContext, NewsfeedContext
from dateline.reader.list_contexts import (
    ChoiceContext,
    NewsfeedFilterContext,
    NewsfeedPageContext,
)
from dateline.reader.present.alerts import alert_shown
from dateline.reader.present.feed_links import feeds_at
from dateline.reader.present.furniture import home_crumb, newsfeed_of, page_of
from dateline.reader.present.lines import feed_lines, row_values
from dateline.reader.visit import Visit
from dateline.stories.enums import Kind
from dateline.stories.models import Story
from dateline.stories.queries import cards, section_and_above
from dateline.topics.models import Section, Topic
from dateline.topics.queries import topic_by_slug

PER_PAGE, FEED_LINES = 30, 20
FIRST_ROWS, MORE_ROWS = 100, 500
_TOPICS_OFFERED, _AMONG = 40, 200
ASKED = ("section", "kind", "topic", "language")


@dataclass(frozen=True, slots=True)
class _Choice:
    """What the address asks for, as words and as what the database knows of them."""

    words: dict[str, str]
    section: Section | None
    topic: Topic | None
    wanted: Filter


def newsfeed_answer(visit: Visit, rest: str) -> HttpResponse | NewsfeedPageContext | None:
    """Return the newsfeed's page or index, where to look instead, or None for what there is not."""
    asked = QueryDict(visit.query)
    before = whole_number(asked.get("before", ""))
    if before is None and asked.get("before"):
        return None
    if rest.endswith("index.json"):
        return _index(visit, before)
    given = {name: asked[name] for name in ASKED if name in asked}
    if "" in given.values():
        return HttpResponseRedirect(_address(visit, {n: w for n, w in given.items() if w}))
    choice = _choice(visit, given)
    return _page(visit, choice, before) if choice else None


def _choice(visit: Visit, words: dict[str, str]) -> _Choice | None:
    """Return a choice, or None if it names a section, kind or topic that there is not."""
    section = visit.furniture.section_at(words["section"]) if "section" in words else None
    kind = words.get("kind", "")
    topic = None
    if "topic" in words:
        topic = topic_by_slug(visit.furniture.edition, words["topic"])
        touch(f"topics:{visit.furniture.edition.code}")
    missing = ("section" in words and section is None) or ("topic" in words and topic is None)
    if missing or (kind and kind not in Kind.values):
        return None
    wanted = Filter(
        sections=tuple(visit.furniture.numbers_of(section)) if section else (),
        kind=kind,
        topic=topic.pk if topic else None,
        language=words.get("language", ""),
    )
    return _Choice(words, section, topic, wanted)


def _address(visit: Visit, asked: Mapping[str, str | int]) -> str:
    home = f"{visit.furniture.edition.prefix}newsfeed/"
    return f"{home}?{urlencode(asked)}" if asked else home


# --- The page ---------------------------------------------------------------------------------


def _page(visit: Visit, choice: _Choice, before: int | None) -> NewsfeedPageContext:
    edition = visit.furniture.edition
    touch(f"front:{edition.code}")
    found = announced(edition, visit.now, wanted=choice.wanted, before=before)
    stories = list(cards(found)[: PER_PAGE + 1])
    lines = feed_lines(stories[:PER_PAGE], visit.now, visit.furniture)
    title = gettext("Newsfeed")
    home = _address(visit, {})
    page = page_of(
        visit.furniture, path=visit.path, title=title, journal=visit.journal, now=visit.now
    )
    feed = newsfeed_of(visit.furniture, journal=visit.journal)
    return NewsfeedPageContext(
        page=replace(
            page,
            canonical_url=f"{settings.DATELINE.base_url}{home}",
            description=gettext("Every story the moment it is out, newest first."),
            crumbs=(home_crumb(visit.furniture), CrumbContext(label=title)),
            feeds=feeds_at(edition.prefix, edition.name),
            is_indexed=not choice.words and before is None,
            newsfeed=None,
            alert=alert_shown(edition, visit.now),
            shows_alert=True,
        ),
        feed=replace(
            feed,
            lines=lines,
            older_url=_older(visit, choice, stories),
            shows="older" if before is not None else "chosen" if choice.words else "newest",
            filter=_carried(visit, choice),
        ),
        filter=_filter(visit, choice),
        is_first=before is None,
        newest_url="" if before is None else _address(visit, choice.words),
    )


def _carried(visit: Visit, choice: _Choice) -> str:
    """Return what a line must carry to pass, as scripts compare it; empty for no filter."""
    own = visit.furniture.edition.language
    carried: dict[str, object] = {
        "section": choice.section.pk if choice.section else None,
        "kind": choice.wanted.kind or None,
        "topic": choice.wanted.topic,
        "language": _key(choice.wanted.language, own) if choice.wanted.language else None,
    }
    return json.dumps({k: v for k, v in carried.items() if v is not None}) if choice.words else ""


def _key(language: str, own: str) -> str:
    return "" if language == own else language


def _older(visit: Visit, choice: _Choice, stories: Sequence[Story]) -> str:
    if len(stories) <= PER_PAGE:
        return ""
    return _address(visit, {**choice.words, "before": stories[PER_PAGE - 1].announced_as or 0})


def _filter(visit: Visit, choice: _Choice) -> NewsfeedFilterContext:
    """Return the form: topics and languages are those of the newest lines, and the one chosen."""
    newest = announced(visit.furniture.edition, visit.now)
    recent = list(newest.values_list("pk", "language")[:_AMONG])
    return NewsfeedFilterContext(
        url=_address(visit, {}),
        sections=_sections(visit, choice),
        kinds=tuple(
            ChoiceContext(
                value=kind.value,
                label=str(kind.label),
                key=kind.value,
                is_chosen=choice.wanted.kind == kind,
            )
            for kind in Kind
        ),
        topics=_topics([pk for pk, _ in recent], choice),
        languages=_languages(visit, {language for _, language in recent}, choice),
        is_given=bool(choice.words),
    )


def _sections(visit: Visit, choice: _Choice) -> tuple[ChoiceContext, ...]:
    sections = visit.furniture.sections.values()
    touch(*(f"section:{one.pk}:name" for one in sections))
    return tuple(
        ChoiceContext(
            value=one.path, label=_full_name(one), key=str(one.pk), is_chosen=one == choice.section
        )
        for one in sorted(sections, key=lambda one: one.path)
    )


def _full_name(section: Section) -> str:
    return " › ".join(one.name for one in reversed(section_and_above(section)))


def _topics(among: Sequence[int], choice: _Choice) -> tuple[ChoiceContext, ...]:
    offered = {topic.pk: topic for topic in topics_in(among, _TOPICS_OFFERED)}
    if choice.topic:
        offered[choice.topic.pk] = choice.topic
    touch(*(f"topic:{number}:name" for number in offered))
    return tuple(
        ChoiceContext(
            value=topic.slug, label=topic.name, key=str(topic.pk), is_chosen=topic == choice.topic
        )
        for topic in sorted(offered.values(), key=lambda topic: (topic.name, topic.pk))
    )


def _languages(visit: Visit, spoken: set[str], choice: _Choice) -> tuple[ChoiceContext, ...]:
    """Return the languages to choose from, where there is more than one."""
    own, names = visit.furniture.edition.language, dict(settings.LANGUAGES)
    found = {language or own for language in spoken} | {own, choice.wanted.language or own}
    return tuple(
        ChoiceContext(
            value=code,
            label=str(names.get(code, code)),
            key=_key(code, own),
            is_chosen=code == choice.wanted.language,
        )
        for code in sorted(found)
        if len(found) > 1
    )


def newest_lines(visit: Visit) -> NewsfeedContext:
    """Return the newsfeed beside a page: the newest lines, and where it goes on."""
    edition = visit.furniture.edition
    stories = list(cards(announced(edition, visit.now))[: FEED_LINES + 1])
    older = {"before": stories[FEED_LINES - 1].announced_as or 0} if stories[FEED_LINES:] else None
    return replace(
        newsfeed_of(visit.furniture, journal=visit.journal),
        lines=feed_lines(stories[:FEED_LINES], visit.now, visit.furniture),
        older_url=_address(visit, older) if older else "",
        shows="newest",
    )


# --- The index --------------------------------------------------------------------------------


def _index(visit: Visit, before: int | None) -> HttpResponse:
    """Answer with the newest lines, or those before a number, without their words.

    Shape: `journal` is the number it was read at; `lines` as `RowValues`, newest first; `floor` is
        the number above which all lines are among them, 0 when there is no older one.
    """
    edition = visit.furniture.edition
    touch(f"front:{edition.code}", f"topics:{edition.code}")
    limit = FIRST_ROWS if before is None else MORE_ROWS
    found = rows(edition, visit.now, before=before, limit=limit + 1)
    lines = [row_values(row, visit.furniture) for row in found[:limit]]
    floor = lines[-1][0] - 1 if len(found) > limit else 0
    told = {"journal": visit.journal, "floor": floor, "lines": lines}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type="application/json")
