"""The reader's pages: each parses its address, asks one query and renders one context."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
)
from django.template.loader import render_to_string
from django.utils import timezone, translation

from dateline.common import clock
from dateline.journal.queries import head
from dateline.live.enums import Order
from dateline.reader import browser, fronts, lists
from dateline.reader.addresses import Address, Place, read_address, read_before, words_of
from dateline.reader.archive import archive_page
from dateline.reader.chat import chat_page, chats_page, story_chat
from dateline.reader.contexts import (
    ErrorContext,
    GoneContext,
    template_values,
)
from dateline.reader.feeds.answers import feed_answer
from dateline.reader.live import coverage_page
from dateline.reader.metadata import described
from dateline.reader.newsfeed import newsfeed_answer
from dateline.reader.newsletters import newsletters_page
from dateline.reader.pages import story_page
from dateline.reader.person import person_page
from dateline.reader.present.furniture import (
    Furniture,
    furniture_of,
    home_crumb,
    page_of,
    put_in_place,
)
from dateline.reader.scopes import Moved
from dateline.reader.storylines import storyline_page
from dateline.reader.storylines_index import storylines_page
from dateline.reader.topics_index import topics_page
from dateline.reader.visit import Visit
from dateline.reader.wellknown import file_answer
from dateline.stories.enums import Kind
from dateline.stories.queries import (
    ending_of,
    number_at_old_address,
    story_at,
    story_for_reader,
)
from dateline.stories.rules import number_in_path
from dateline.topics.queries import (
    section_that_moved,
    topic_by_slug,
    topic_that_moved,
)


def page(request: HttpRequest, path: str = "") -> HttpResponse:
    """Answer any address of the site."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    journal = head()
    furniture, rest = edition_and_rest(path)
    if furniture is None:
        return _empty_newsroom()
    with speaking(furniture):
        visit = Visit(
            furniture=furniture,
            path=f"/{path}",
            journal=journal,
            now=clock.now(),
            query=request.META.get("QUERY_STRING", ""),
            before=read_before(request.GET.get("before", "")),
            after=read_before(request.GET.get("after", "")),
            from_start=request.GET.get("order", "") == Order.OLDEST,
            kind=request.GET.get("kind", ""),
            letter=request.GET.get("letter", ""),
        )
        address = read_address(rest)
        own = browser.PAGES.get(rest)
        response = _own(visit, own) if own else _ANSWERS[address.place](visit, address)
        if response.status_code == 200:
            request.pressed_at = journal  # type: ignore[attr-defined]
            response["Speculation-Rules"] = browser.SPECULATION_RULES
        return response


@contextlib.contextmanager
def speaking(furniture: Furniture | None) -> Any:
    """Render in an edition's language and time zone; as it is, for one that is not there."""
    if furniture is None:
        yield
        return
    edition = furniture.context
    with translation.override(edition.language), timezone.override(ZoneInfo(edition.timezone)):
        yield


def render(context: Any, status: int = 200) -> HttpResponse:
    """Render a page's context with its own template."""
    html = render_to_string(context.template, template_values(described(context)))
    return HttpResponse(html, status=status)


def edition_and_rest(path: str) -> tuple[Furniture | None, str]:
    """Return the edition that an address without its first slash is in, and the rest of it."""
    code, slash, rest = path.partition("/")
    named = furniture_of(code) if slash and code else None
    if named is not None and not named.edition.is_default:
        return named, rest
    return furniture_of(""), path


def _own(visit: Visit, make: Callable[[Visit], Any]) -> HttpResponse:
    """Answer with something about the reader's browser: a page of its own, or the manifest."""
    made = make(visit)
    return made if isinstance(made, HttpResponse) else render(made)


def _front(visit: Visit, _: Address) -> HttpResponse:
    if visit.query.startswith(("p=", "page_id=")):
        return _from_before(visit) or HttpResponsePermanentRedirect(visit.path)
    return render(fronts.front(visit))


def _section(visit: Visit, address: Address) -> HttpResponse:
    edition = visit.furniture.edition
    section = visit.furniture.section_at(address.what)
    if section is None:
        moved = section_that_moved(edition, address.what)
        return HttpResponsePermanentRedirect(moved.address) if moved else _gone_before(visit)
    context = fronts.section(visit, section)
    return render(context) if context else missing(visit)


def _topic(visit: Visit, address: Address) -> HttpResponse:
    edition = visit.furniture.edition
    topic = topic_by_slug(edition, address.what)
    if topic is None:
        moved = topic_that_moved(edition, address.what)
        return HttpResponsePermanentRedirect(moved.address) if moved else _gone_before(visit)
    return render(lists.topic(visit, topic))


def _story(visit: Visit, address: Address) -> HttpResponse:
    number = int(address.what)
    story = story_for_reader(number, visit.now)
    if story is None:
        return _from_before(visit) or gone(visit, number)
    put_in_place(story)
    if story.address != visit.path:
        return _from_before(visit) or HttpResponsePermanentRedirect(story.address)
    live = coverage_page(visit, story) if story.kind == Kind.LIVE or visit.query else None
    if isinstance(live, Moved):
        return HttpResponsePermanentRedirect(live.address)
    return render(story_page(visit, story, live=live, chat=story_chat(visit, story)))


def _other(visit: Visit, address: Address) -> HttpResponse:
    old = _from_before(visit)
    if old is None and (visit.furniture.section_at(address.what) or _is_edition(address.what)):
        return HttpResponsePermanentRedirect(f"{visit.path}/")
    return old or missing(visit)


def _is_edition(code: str) -> bool:
    named = furniture_of(code) if "/" not in code else None
    return named is not None and not named.edition.is_default


def _from_before(visit: Visit) -> HttpResponse | None:
    """Answer for a story that an address of an earlier system names; None if it names none."""
    number = number_at_old_address(visit.path, visit.query)
    if number is None:
        return None
    story = story_at(number, visit.now)
    return HttpResponsePermanentRedirect(story.address) if story else gone(visit, number)


def _nowhere(visit: Visit, _: Address) -> HttpResponse:
    return missing(visit)


def missing(visit: Visit) -> HttpResponse:
    """Answer 404 with the words of the address and stories to read instead."""
    context = ErrorContext(
        page=_error_page(visit, translation.gettext("Page not found")),
        words=words_of(visit.path.removeprefix(visit.furniture.edition.prefix)),
        latest=lists.latest(visit),
    )
    return render(context, 404)


def gone(visit: Visit, number: int) -> HttpResponse:
    """Answer 410 for a story that readers once saw, else 404."""
    ending = ending_of(number)
    if ending is None:
        return missing(visit)
    context = GoneContext(
        page=_error_page(visit, translation.gettext("Story withdrawn")),
        withdrawn_at=ending.at,
        notice=ending.notice,
        latest=lists.latest(visit),
    )
    return render(context, 410)


def _error_page(visit: Visit, title: str) -> Any:
    page_context = page_of(
        visit.furniture, path=visit.path, title=title, journal=visit.journal, now=visit.now
    )
    return replace(page_context, canonical_url="", crumbs=(home_crumb(visit.furniture),))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 for addresses that other parts of the house refuse."""
    furniture = furniture_of("")
    if furniture is None:
        return _empty_newsroom()
    with speaking(furniture):
        visit = Visit(furniture=furniture, path=request.path, journal=head(), now=clock.now())
        return missing(visit)


def ended(request: HttpRequest, number: int) -> HttpResponse:
    """Answer for a story by its number alone that readers may not see: 410 or 404."""
    furniture = furniture_of("")
    if furniture is None:
        return _empty_newsroom()
    with speaking(furniture):
        visit = Visit(furniture=furniture, path=request.path, journal=head(), now=clock.now())
        return gone(visit, number)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a page that needs no database."""
    with translation.override("en"):
        return HttpResponse(render_to_string("reader/500.html"), status=500)


def _empty_newsroom() -> HttpResponse:
    text = "This newsroom has no edition yet. Make one in the newsroom's settings.\n"
    return HttpResponse(text, status=404, content_type="text/plain; charset=utf-8")


def _topics(visit: Visit, _: Address) -> HttpResponse:
    return _shown(visit, topics_page(visit))


def _person(visit: Visit, address: Address) -> HttpResponse:
    return _shown(visit, person_page(visit, address.what))


def _storyline(visit: Visit, address: Address) -> HttpResponse:
    return _shown(visit, storyline_page(visit, address.what))


def _storylines(visit: Visit, _: Address) -> HttpResponse:
    return render(storylines_page(visit))


def _archive(visit: Visit, address: Address) -> HttpResponse:
    return _shown(visit, archive_page(visit, address.what))


def _shown(visit: Visit, context: Any) -> HttpResponse:
    """Render a context, lead to where it went, or say that there is nothing."""
    if isinstance(context, Moved):
        return HttpResponsePermanentRedirect(context.address)
    return render(context) if context else _gone_before(visit)


def _gone_before(visit: Visit) -> HttpResponse:
    """Answer for a story that an address of an earlier system names, or 404."""
    return _from_before(visit) or missing(visit)


def _newsfeed(visit: Visit, address: Address) -> HttpResponse:
    made = newsfeed_answer(visit, address.what)
    return made if isinstance(made, HttpResponse) else _shown(visit, made)


def _newsletters(visit: Visit, address: Address) -> HttpResponse:
    return _shown(visit, newsletters_page(visit, address.what))


def _chats(visit: Visit, _: Address) -> HttpResponse:
    return render(chats_page(visit))


def _chat(visit: Visit, address: Address) -> HttpResponse:
    made = chat_page(visit, address.what)
    number = number_in_path(address.what)
    if made is None and number is not None:
        return gone(visit, number)
    return _shown(visit, made)


def _feed(visit: Visit, address: Address) -> HttpResponse:
    return feed_answer(visit, address.what) or _other(visit, address)


def _file(visit: Visit, address: Address) -> HttpResponse:
    return file_answer(visit, address.what) or _other(visit, address)


_ANSWERS = {
    Place.FRONT: _front,
    Place.SECTION: _section,
    Place.TOPIC: _topic,
    Place.STORY: _story,
    Place.TOPICS: _topics,
    Place.STORYLINE: _storyline,
    Place.STORYLINES: _storylines,
    Place.PERSON: _person,
    Place.ARCHIVE: _archive,
    Place.FEED: _feed,
    Place.NEWSFEED: _newsfeed,
    Place.NEWSLETTERS: _newsletters,
    Place.FILE: _file,
    Place.CHATS: _chats,
    Place.CHAT: _chat,
    Place.OTHER: _other,
    Place.NOWHERE: _nowhere,
}
