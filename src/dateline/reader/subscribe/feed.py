"""A feed of what one subscriber follows, at an address that only they know.

It is not pressed: no two readers have the same, and nothing of it may be kept by a cache.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from math import ceil

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dateline.common import clock, house
from dateline.common.rates import Rate, RateFile
from dateline.newsfeed.alert_queries import stories_of_alerts
from dateline.reader import views
from dateline.reader.feeds.answers import MOST_ITEMS, feed_of, feed_response
from dateline.reader.letters.walks import walks_followed
from dateline.reader.present.furniture import furniture_of
from dateline.reader.unkept import kept_by_its_reader, not_kept
from dateline.reader.visit import Visit
from dateline.stories.archive_queries import Walk, newest_places
from dateline.stories.queries import visible
from dateline.subscriptions.models import Subscriber, Subscription
from dateline.subscriptions.queries import (
    stories_following_up,
    subscriber_by_feed,
    subscriptions_of,
)
from dateline.subscriptions.rules import subject_of

_RATE = Rate(60, timedelta(minutes=10))
"""How often one address is answered: each time it is made anew."""
MOST_SUBJECTS = 100
"""Subjects that one feed looks into: each is a question to the database."""


def feed_address(subscriber: Subscriber) -> str:
    """Return below which path a subscriber's feeds are, ending in a slash."""
    return f"/letters/feed/{subscriber.feed_key}/"


@require_safe
def feed(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    """Answer the newest stories of what a subscriber follows, as nobody's but theirs.

    Its links lead to stories and the front alone: whoever is shown the feed, as the service that
    fetches it is, learns no address by which something can be changed.
    """
    wait = _table().take(f"feed {key}", _RATE, clock.now())
    if wait:
        answer = HttpResponse(status=429)
        answer["Retry-After"] = str(ceil(wait.total_seconds()))
        return not_kept(answer)
    subscriber = subscriber_by_feed(key)
    furniture = furniture_of(subscriber.edition.code) if subscriber else None
    if subscriber is None or furniture is None:
        return not_kept(views.not_found(request))
    with views.speaking(furniture):
        now = clock.now()
        made = feed_of(
            Visit(furniture=furniture, path=request.path, journal=0, now=now),
            title=_("%(site)s: what I follow") % {"site": furniture.edition.name},
            home=furniture.edition.prefix,
            description="",
            numbers=_newest(subscriptions_of(subscriber), now),
        )
        return kept_by_its_reader(request, feed_response(replace(made, hub=""), ending))


def _newest(rows: Sequence[Subscription], now: datetime) -> list[int]:
    followed = {(row.subject, row.edition_id): row for row in rows}.values()
    walks = [
        walk
        for row in list(followed)[:MOST_SUBJECTS]
        for walk in walks_followed(row.subject, row.edition, now)
    ]
    single = _single(list(followed))
    if single:
        walks.append(Walk(visible(now).filter(pk__in=single)))
    return [number for _at, number in newest_places(walks, limit=MOST_ITEMS)]


def _single(rows: Sequence[Subscription]) -> list[int]:
    """Return the stories followed one by one, what follows them up, and those of alerts."""
    subjects = [one for row in rows if (one := subject_of(row.subject)) is not None]
    stories = [row for row in rows if row.subject.startswith("story:")]
    own = [one.number for one in subjects if one.kind in {"story", "live"} and one.number]
    alerts = [one.name for one in subjects if one.kind == "breaking"]
    return [
        *own,
        *(stories_following_up(stories) if stories else ()),
        *(stories_of_alerts(alerts, MOST_ITEMS) if alerts else ()),
    ]


@cache
def _table() -> RateFile:
    return RateFile(house.home() / "run" / "feed-tries", secret=settings.SECRET_KEY, sets=512)
