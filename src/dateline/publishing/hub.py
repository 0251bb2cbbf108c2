"""The WebSub hub at work: asks callbacks back, looks at feeds that changed, tells who subscribed.

It has a thread of the runner to itself, and those that answer have their turns before those that
do not: a subscriber that stalls holds up others for seconds and nothing else. Feeds are rendered as
readers get them, so nothing leaves that a reader may not see.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve

from dateline.common import clock
from dateline.common.fetch import Bounds, FetchRefused
from dateline.common.keys import new_secret
from dateline.common.posting import ask
from dateline.common.turns import AT_ONCE, Manners, take_turns
from dateline.journal.entries import Recorded
from dateline.press.touch import reading
from dateline.standards.websub import (
    Asked,
    content_headers,
    denial_url,
    is_confirmed,
    verification_url,
)
from dateline.wire.actions import (
    confirm_request,
    deny_request,
    forget_expired,
    mark_changed,
    postpone,
    renew_topic,
    settle,
)
from dateline.wire.enums import Told
from dateline.wire.models import HubRequest, HubSubscriber
from dateline.wire.queries import changed_topics, due_subscribers, hub_requests
from dateline.wire.rules import told_by

log = structlog.get_logger(__name__)
_LONGEST = 10.0
"""Seconds in which the requests of one pass begin: the rest waits for the next."""
_MOST_IN_A_PASS = 64
_FEED = re.compile(r".*/feed\.(?:xml|atom|json|rss)")
_VIEWS = frozenset({"page", "search-feed", "live-feed"})
"""Names of the views that answer with feeds: no other is run for an address somebody gave us."""


@dataclass(frozen=True, slots=True)
class FeedNow:
    """A feed as readers get it at this moment, and what it was made from."""

    body: bytes
    content_type: str
    keys: frozenset[str]

    @property
    def digest(self) -> str:
        """Return what is the same as long as the feed is."""
        return sha256(self.body).hexdigest()


def hub_after(recorded: Recorded) -> None:
    """Note which of the feeds that somebody is told of an entry may have changed."""
    if recorded.entry.keys:
        mark_changed(by=None, keys=recorded.entry.keys)


def work_hub() -> int:
    """Do what is to be done now and return how much it was."""
    forget_expired(by=None, now=clock.now())
    done = _look_at_feeds()
    waiting = hub_requests(_MOST_IN_A_PASS)
    due = due_subscribers(clock.now(), _MOST_IN_A_PASS)
    if waiting or due:
        with ThreadPoolExecutor(AT_ONCE, "hub") as pool:
            _answer(waiting, pool)
            _tell(due, pool)
    return done + len(waiting) + len(due)


def feed_now(address: str) -> FeedNow | None:
    """Render the feed at an address of ours that names our hub; None if there is none."""
    parts = urlsplit(address)
    ours = urlsplit(settings.DATELINE.base_url)
    if (parts.scheme, parts.netloc) != (ours.scheme, ours.netloc):
        return None
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    if found.url_name not in _VIEWS or not _FEED.fullmatch(parts.path):
        return None
    with reading() as keys:
        request = _request(parts.path, parts.query)
        response: HttpResponse = found.func(request, *found.args, **found.kwargs)
    announced = f'<{settings.DATELINE.hub_url}>; rel="hub", <{address}>; rel="self"'
    if response.status_code != 200 or response.headers.get("Link") != announced:
        return None
    return FeedNow(response.content, response.headers["Content-Type"], frozenset(keys))


def _request(path: str, query: str) -> HttpRequest:
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.META = {"QUERY_STRING": query}
    request.GET = QueryDict(query)
    return request


def _answer(waiting: list[HubRequest], pool: ThreadPoolExecutor) -> None:
    """Ask the callbacks of requests back, and do what those want that meant it.

    Whose site rests is not asked: the subscriber may ask us again.
    """
    feeds = {request.pk: feed_now(request.topic) for request in waiting}
    confirmed: dict[int, bool] = {}

    def check(request: HubRequest) -> bool:
        answer = _is_meant(request, feeds[request.pk] is not None)
        confirmed[request.pk] = answer is True
        return answer is not None

    work = [(request.site, request) for request in waiting]
    take_turns(pool, work, check, manners=_manners(), seconds=_LONGEST)
    for request in waiting:
        feed = feeds[request.pk]
        if confirmed.get(request.pk):
            digest, keys = (feed.digest, feed.keys) if feed else ("", frozenset[str]())
            confirm_request(by=None, request=request, digest=digest, keys=keys)
        elif request.pk in confirmed or _manners().rest_of(request.site):
            deny_request(by=None, request=request)


@cache
def _manners() -> Manners:
    return Manners()


def _is_meant(request: HubRequest, is_feed: bool) -> bool | None:
    """Ask a callback whether it meant a request; of a feed that is not there it is told so.

    None where nobody answers.
    """
    asked = _asked(request)
    challenge = new_secret()
    is_open = is_feed or asked.mode == "unsubscribe"
    url = verification_url(asked, challenge) if is_open else denial_url(asked, "no such feed")
    try:
        answered = ask("GET", url, bounds=_bounds())
    except FetchRefused as error:
        log.info("hub: nobody at a callback", why=error.data["why"])
        return None
    return is_open and is_confirmed(answered.status, answered.body, challenge)


def _asked(request: HubRequest) -> Asked:
    return Asked(
        mode="unsubscribe" if request.mode == "unsubscribe" else "subscribe",
        topic=request.topic,
        callback=request.callback,
        secret=request.secret,
        lease=request.lease,
    )


def _look_at_feeds() -> int:
    changed = changed_topics(_MOST_IN_A_PASS)
    for topic in changed:
        feed = feed_now(topic.address)
        # One that is not there any more is told of no more, and again when it comes back.
        digest, keys = (feed.digest, feed.keys) if feed else (topic.digest, frozenset[str]())
        renew_topic(by=None, topic=topic, digest=digest, keys=keys)
    return len(changed)


def _tell(due: list[HubSubscriber], pool: ThreadPoolExecutor) -> None:
    feeds = {address: feed_now(address) for address in {one.topic.address for one in due}}
    outcomes: dict[int, tuple[Told, str]] = {}

    def send(subscriber: HubSubscriber) -> bool:
        try:
            outcomes[subscriber.pk] = _sent(subscriber, feeds[subscriber.topic.address])
        except FetchRefused as error:
            outcomes[subscriber.pk] = Told.FAILED, str(error.data["why"])
            return False
        return True

    work = [(one.site, one) for one in due]
    take_turns(pool, work, send, manners=_manners(), seconds=_LONGEST)
    for subscriber in due:
        rest = _manners().rest_of(subscriber.site)
        if subscriber.pk in outcomes:
            told, answer = outcomes[subscriber.pk]
            settle(by=None, subscriber=subscriber, told=told, answer=answer)
        elif rest:
            postpone(by=None, subscriber=subscriber, rest=rest)


def _sent(subscriber: HubSubscriber, feed: FeedNow | None) -> tuple[Told, str]:
    """Send a subscriber a feed and return what it said."""
    if feed is None:
        return Told.FAILED, "the feed is not there"
    headers = content_headers(
        feed.body,
        content_type=feed.content_type,
        topic=subscriber.topic.address,
        hub=settings.DATELINE.hub_url,
        secret=subscriber.secret,
    )
    callback, bounds = subscriber.callback, _bounds()
    answered = ask("POST", callback, body=feed.body, headers=headers, bounds=bounds)
    return told_by(answered.status), str(answered.status)


@cache
def _bounds() -> Bounds:
    inside = tuple(settings.DATELINE.networks_inside)
    return Bounds(seconds=10.0, max_bytes=16_384, inside=inside)
