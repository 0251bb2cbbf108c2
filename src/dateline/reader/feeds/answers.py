"""Answering for a feed's address."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect

from dateline.press.touch import touch
from dateline.reader.feeds import json_feed, xml
from dateline.reader.feeds.items import feed_items
from dateline.reader.feeds.newsletters import newsletter_feed
from dateline.reader.feeds.shapes import Feed
from dateline.reader.feeds.text import legal
from dateline.reader.present.feed_links import FORMATS
from dateline.reader.scopes import Moved, Scope, scope_of
from dateline.reader.visit import Visit
from dateline.stories.archive_queries import newest_places

MOST_ITEMS = 30
_ADDRESS = re.compile(r"(?:(?P<scope>.+)/)?feed\.(?P<ending>xml|atom|json)")
_NEWSLETTER = re.compile(r"newsletters/(?P<slug>[a-z0-9_-]+)/feed\.(?P<ending>xml|atom|json)")
_WRITERS: dict[str, Callable[[Feed], str]] = {
    "xml": lambda feed: xml.written(feed, xml.Rss),
    "atom": lambda feed: xml.written(feed, xml.Atom),
    "json": json_feed.written,
}


def is_feed(rest: str) -> bool:
    """Say whether an address below an edition names a feed."""
    return _ADDRESS.fullmatch(rest) is not None


def feed_answer(visit: Visit, rest: str) -> HttpResponse | None:
    """Answer for a feed, or None where there is no such list of stories."""
    found = _ADDRESS.fullmatch(rest)
    letters = _NEWSLETTER.fullmatch(rest)
    if letters:
        feed = newsletter_feed(visit, letters["slug"])
        return feed_response(feed, letters["ending"]) if feed else None
    scope = scope_of(visit, found["scope"] or "") if found else None
    if found is None or scope is None:
        return None
    if isinstance(scope, Moved):
        return HttpResponsePermanentRedirect(f"{scope.address}feed.{found['ending']}")
    return feed_response(_feed(visit, scope), found["ending"])


def _feed(visit: Visit, scope: Scope) -> Feed:
    touch(*scope.keys)
    places = newest_places(scope.walks, limit=MOST_ITEMS)
    name = visit.furniture.edition.name
    title = scope.name if scope.name.startswith(name) else f"{name}: {scope.name}"
    return feed_of(
        visit,
        title=title,
        home=scope.address,
        description=scope.description,
        numbers=[number for _at, number in places],
    )


def feed_of(visit: Visit, *, title: str, home: str, description: str, numbers: list[int]) -> Feed:
    """Return some stories, by number and in that order, as a feed at the address asked for."""
    edition, chosen = visit.furniture.edition, settings.DATELINE
    return Feed(
        title=legal(title),
        description=legal(description),
        url=chosen.base_url + visit.path,
        home=chosen.base_url + home,
        site=chosen.base_url + edition.prefix,
        language=edition.language,
        agency=legal(edition.agency),
        hub=chosen.hub_url,
        items=feed_items(numbers, visit.now, full=chosen.feed_text == "full"),
    )


def feed_response(feed: Feed, ending: str) -> HttpResponse:
    """Return a feed in the format its address ends in: `xml`, `atom` or `json`."""
    content_type = f"{FORMATS[ending]}; charset=utf-8"
    response = HttpResponse(_WRITERS[ending](feed), content_type=content_type)
    if feed.hub:
        response["Link"] = f'<{feed.hub}>; rel="hub", <{feed.url}>; rel="self"'
    return response
