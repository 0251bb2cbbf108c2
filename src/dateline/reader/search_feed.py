"""A search as a feed: what was found, newest first. Like the search itself, it is not pressed."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext

from dateline.common import clock
from dateline.press.touch import touch
from dateline.reader import views
from dateline.reader.feeds.answers import MOST_ITEMS, feed_of, feed_response
from dateline.reader.search import RETRY_SECONDS, Asking, searched
from dateline.reader.unkept import kept_by_its_reader, not_kept
from dateline.reader.visit import Visit
from dateline.search.enums import Sort
from dateline.search.errors import SearchTooSlow
from dateline.search.queries import search_stories


def feed(request: HttpRequest, ending: str, code: str = "") -> HttpResponse:
    """Answer the newest stories a search finds; without words there are none."""
    furniture = searched(code)
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if furniture is None:
        return views.not_found(request)
    with views.speaking(furniture):
        asking = Asking(furniture, request.GET, clock.now())
        touch(f"front:{furniture.edition.code}")
        question = replace(asking.question(), sort=Sort.NEWEST, page="", limit=MOST_ITEMS)
        try:
            numbers = search_stories(question).numbers
        except SearchTooSlow:
            return not_kept(HttpResponse(status=503, headers={"Retry-After": RETRY_SECONDS}))
        page = f"{furniture.edition.prefix}search/"
        here = asking.address(request.path) if asking.text else request.path
        visit = Visit(furniture=furniture, path=here, journal=0, now=asking.now)
        title = gettext("%(site)s: search for %(words)s")
        made = feed_of(
            visit,
            title=title % {"site": furniture.edition.name, "words": asking.text},
            home=asking.address(page) if asking.text else page,
            description="",
            numbers=list(numbers),
        )
        return kept_by_its_reader(request, feed_response(made, ending))
