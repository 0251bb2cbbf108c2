"""A search as a feed: what was found, newest first. Like the search itself, it is not pressed."""

from dataclasses import replace
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext

from dateline.common import clock
from dateline.press.touch import touch
from dateline.reader import views
from dateline.reader.feeds.answers import MOST_ITEMS, feed_of, feed_response
from dateline.reader.search import RETRY_SECONDS, Asking, not_kept, searched
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
        return _answer(request, feed_response(made, ending))


def _answer(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Answer 304 to a reader that has the same feed already."""
    etag = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    return not_kept(answer or response)
