"""Searching: the page, and the suggestions while typing.

Neither is pressed: there are as many questions as readers can type, and the press must not be
filled by whoever types at random. What bounds them is in the search room: the time of each search,
and how many a process does at once.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.gzip import gzip_page

from dateline.common import clock
from dateline.common.html import sanitised
from dateline.journal.queries import head
from dateline.reader import views
from dateline.reader.contexts import (
    CrumbContext,
    FeedContext,
    LinkContext,
    PageContext,
)
from dateline.reader.present.cards import story_cards
from dateline.reader.present.feed_links import feed_title
from dateline.reader.present.furniture import Furniture, furniture_of, home_crumb, page_of
from dateline.reader.search_contexts import (
    SearchChoiceContext,
    SearchContext,
    SearchResultContext,
)
from dateline.reader.unkept import not_kept, not_stored
from dateline.search.enums import Sort
from dateline.search.errors import SearchTooSlow
from dateline.search.queries import (
    Found,
    Question,
    Suggestion,
    did_you_mean,
    search_stories,
    stories_found,
    suggestions,
)
from dateline.search.rules.asking import LONGEST_TEXT, plain_question
from dateline.search.rules.copy import texts_of
from dateline.search.rules.extract import extract, marked
from dateline.stories.enums import Kind
from dateline.stories.models import Story
from dateline.topics.models import Section, Topic
from dateline.topics.queries import topic_by_slug

RETRY_SECONDS = "5"
_DAY = timedelta(days=1)


@gzip_page
def page(request: HttpRequest, code: str = "") -> HttpResponse:
    """Answer the search page of an edition, compressed: the press does not do it."""
    return plain_page(request, code)


def plain_page(request: HttpRequest, code: str = "") -> HttpResponse:
    """Answer the search page of an edition; its form works without scripts."""
    furniture = searched(code)
    if furniture is None:
        return views.page(request, f"{code}/search/" if code else "search/")
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    with views.speaking(furniture):
        asking = Asking(furniture, request.GET, clock.now())
        context = _context(asking, request.path)
        answer = views.render(context)
    if context.is_too_slow:
        answer.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        answer["Retry-After"] = RETRY_SECONDS
    if context.page.is_indexed:
        return not_stored(answer)
    return not_kept(answer)


def suggest(request: HttpRequest) -> HttpResponse:
    """Answer what the words typed may be the beginning of, as JSON."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    furniture = furniture_of(request.GET.get("edition", "")) or furniture_of("")
    lines: list[dict[str, str]] = []
    status = HTTPStatus.OK
    if furniture is not None:
        text = request.GET.get("q", "")[:LONGEST_TEXT]
        question = Question(edition=furniture.edition, text=text, now=clock.now())
        try:
            with views.speaking(furniture):
                lines = [_line(one, furniture) for one in suggestions(question)]
        except SearchTooSlow:
            status = HTTPStatus.SERVICE_UNAVAILABLE
    answer = JsonResponse({"suggestions": lines}, status=status)
    if status != HTTPStatus.OK:
        answer["Retry-After"] = RETRY_SECONDS
    return not_kept(answer)


def searched(code: str) -> Furniture | None:
    """Return the edition that a search's address names, or None where there is none."""
    furniture = furniture_of(code)
    return None if furniture and code and furniture.edition.is_default else furniture


class Asking:
    """What a reader's form says, with everything that is not understood left out."""

    def __init__(self, furniture: Furniture, asked: Mapping[str, str], now: datetime) -> None:
        self.furniture, self.now = furniture, now
        edition = furniture.edition
        self.typed = asked.get("q", "")
        self.text = plain_question(self.typed[: 4 * LONGEST_TEXT])
        self.section = furniture.section_at(asked.get("section", ""))
        self.topic = _topic(edition, asked.get("topic", ""))
        kind, sort = asked.get("kind", ""), asked.get("sort", "")
        self.kind = kind if kind in Kind.values else ""
        self.sort = Sort(sort) if sort in Sort.values else Sort.RELEVANCE
        self.since, self.until = _day(asked.get("from", "")), _day(asked.get("to", ""))
        self.page = asked.get("before", "")

    def question(self) -> Question:
        """Return what is asked of the index; the last day counts whole."""
        zone = ZoneInfo(self.furniture.edition.timezone)
        until = self.until + _DAY if self.until and self.until < date.max else None
        return Question(
            edition=self.furniture.edition,
            text=self.text,
            now=self.now,
            sections=tuple(self.furniture.numbers_of(self.section)) if self.section else (),
            kind=self.kind,
            topic=self.topic.pk if self.topic else None,
            since=datetime.combine(self.since, time.min, zone) if self.since else None,
            until=datetime.combine(until, time.min, zone) if until else None,
            sort=self.sort,
            page=self.page,
        )

    def address(self, path: str, **changes: str) -> str:
        """Return the address of this search with some of it changed; what is empty is left out."""
        asked = {
            "q": self.text,
            "section": self.section.path if self.section else "",
            "kind": self.kind,
            "topic": self.topic.slug if self.topic else "",
            "from": str(self.since or ""),
            "to": str(self.until or ""),
            "sort": "" if self.sort == Sort.RELEVANCE else self.sort.value,
            **changes,
        }
        return f"{path}?{urlencode({name: value for name, value in asked.items() if value})}"


def _context(asking: Asking, path: str) -> SearchContext:
    context = _form(asking, path)
    try:
        found = search_stories(asking.question())
        guess = "" if found.total or asking.page or not found.asked else _guess(asking)
    except SearchTooSlow:
        return replace(context, is_too_slow=True, is_asked=True)
    address = asking.address(path, q=guess)
    return replace(
        context,
        is_asked=bool(found.asked),
        is_cut=found.asked.is_cut,
        results=_results(found, asking),
        total=None if asking.page else found.total,
        is_more=found.is_more,
        guess=LinkContext(label=guess, url=address) if guess else None,
        older_url=asking.address(path, before=found.next_page) if found.next_page else "",
    )


def _guess(asking: Asking) -> str:
    return did_you_mean(asking.question())


def _form(asking: Asking, path: str) -> SearchContext:
    code = asking.furniture.edition.code
    topic = asking.topic
    return SearchContext(
        page=_page(asking, path),
        query=asking.text,
        sections=_section_choices(asking),
        kinds=_choices(Kind.choices, asking.kind, gettext("All kinds")),
        sorts=_choices(Sort.choices, asking.sort.value),
        since=str(asking.since or ""),
        until=str(asking.until or ""),
        has_filter=any((asking.section, asking.kind, asking.since, asking.until)),
        topic=LinkContext(label=topic.name, url=asking.address(path, topic="")) if topic else None,
        topic_slug=topic.slug if topic else "",
        suggest_url=f"/-/suggest?{urlencode({'edition': code})}",
    )


def _page(asking: Asking, path: str) -> PageContext:
    title = gettext("Search")
    made = page_of(
        asking.furniture,
        path=path,
        title=f"{asking.text} – {title}" if asking.text else title,
        journal=head(),
        now=asking.now,
    )
    crumbs = (home_crumb(asking.furniture), CrumbContext(label=title))
    feed = FeedContext(title=feed_title(made.title), url=asking.address(f"{path}feed.xml"))
    feeds = (feed, *made.feeds) if asking.text else made.feeds
    is_found = bool(asking.text)
    return replace(
        made,
        # The empty search is a page like others; what was found is for nobody else's index.
        canonical_url="" if is_found else made.canonical_url,
        description=gettext("Every story since the first, by word, section, kind, topic and day."),
        crumbs=crumbs,
        is_indexed=not is_found,
        feeds=feeds,
    )


def _section_choices(asking: Asking) -> tuple[SearchChoiceContext, ...]:
    rows = [(section.path, _deep(section)) for section in asking.furniture.sections.values()]
    chosen = asking.section.path if asking.section else ""
    return _choices(sorted(rows), chosen, gettext("All sections"))


def _deep(section: Section) -> str:
    return " › ".join([section.parent.name, section.name] if section.parent else [section.name])


def _choices(rows: Any, chosen: str, every: str = "") -> tuple[SearchChoiceContext, ...]:
    all_rows = [("", every), *rows] if every else rows
    return tuple(
        SearchChoiceContext(value=str(value), label=str(label), is_chosen=value == chosen)
        for value, label in all_rows
    )


def _results(found: Found, asking: Asking) -> tuple[SearchResultContext, ...]:
    stories = stories_found(found, asking.now)
    cards = story_cards(stories, asking.now, pictures=False)
    return tuple(
        _result(story, card, found.stems) for story, card in zip(stories, cards, strict=True)
    )


def _result(story: Story, card: Any, stems: frozenset[str]) -> SearchResultContext:
    language = story.language or story.edition.language
    texts = [story.standfirst, *texts_of(story.body.raw_data)]
    shown = extract(texts, stems, language) or format_html("{}", story.standfirst)
    return SearchResultContext(
        card=card,
        headline=sanitised(marked(story.headline, stems, language)),
        extract=sanitised(shown),
    )


def _line(one: Suggestion, furniture: Furniture) -> dict[str, str]:
    if one.section is not None:
        return _named(gettext("Section"), one.section.name, one.section.address)
    if one.topic is not None:
        return _named(gettext("Topic"), one.topic.name, one.topic.address)
    if one.storyline is not None:
        return _named(gettext("Storyline"), one.storyline.name, one.storyline.address)
    if one.person is not None:
        address = f"{furniture.edition.prefix}people/{one.person.slug}/"
        return _named(gettext("Author"), one.person.name, address)
    assert one.story is not None, "a suggestion is one of five"  # noqa: S101
    return _named(one.story.section.name, one.story.headline, one.story.address)


def _named(note: str, label: str, url: str) -> dict[str, str]:
    return {"note": note, "label": label, "url": url}


def _topic(edition: Any, slug: str) -> Topic | None:
    return topic_by_slug(edition, slug) if slug and "\0" not in slug else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
