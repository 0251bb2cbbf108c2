"""One server process: the press and the stream in the HTTP parser, Django behind them."""

import socket
from datetime import timedelta
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import uvicorn
from django.conf import settings

from dateline.archive.rules import OLD_ARGUMENTS, OLD_SCRIPT
from dateline.chats.enums import Sort
from dateline.common import house
from dateline.common.keys import KEY
from dateline.config.asgi import OneHopHandler
from dateline.config.metrics import answer_metrics
from dateline.config.presence import answer_presence
from dateline.config.settings_table import Settings
from dateline.config.verify import answer_verify
from dateline.live.enums import Order
from dateline.press.asgi import App
from dateline.press.bodies import BodyLimits, Wider
from dateline.press.flight import Limits
from dateline.press.front import PressFront
from dateline.press.limits import ConnectionLimits
from dateline.press.page import Pressing
from dateline.press.policy import Arguments, Policy
from dateline.press.protocol import make_protocol
from dateline.press.ring import KeyRing
from dateline.press.static import StaticFiles
from dateline.press.store import PageStore
from dateline.publishing.announce import JournalSource
from dateline.reader.marks import without_journal
from dateline.stories.enums import Kind
from dateline.stories.rules import STORY_PATH
from dateline.stream.holder import Holder
from dateline.stream.hub import Hub

STREAM_PATH = "/-/stream"
METRICS_PATH = "/-/metrics"
GRACE = timedelta(seconds=10)
PACE = timedelta(milliseconds=25)
_OLD_ARGUMENTS = {"p": r"\d{1,18}", "page_id": r"\d{1,18}"}
"""By what the addresses of other systems name a story where our front is."""
_OLD_SCRIPTS = dict.fromkeys(OLD_ARGUMENTS, r"[\w-]{1,60}")
_PLACE = r"\d{1,19}-\d{1,18}"
_KIND = "|".join(Kind.values)
_LIST_ARGUMENTS = {"before": _PLACE, "kind": _KIND}
_COVERAGE_ARGUMENTS = {
    "after": _PLACE,
    "before": _PLACE,
    "order": "|".join(Order.values),
    "post": KEY,
}
_TIMELINE_ARGUMENTS = {"after": _PLACE, "order": Order.OLDEST.value}
_EDITION = r"(?:/lite)?/(?:[a-z][a-z0-9-]*/)?"
_NEWSFEED = f"{_EDITION}newsfeed/"
_FEED_PLACE = {"before": r"\d{1,18}"}
_FEED_ARGUMENTS = _FEED_PLACE | {
    "section": r"[a-z0-9/-]{1,200}",
    "kind": _KIND,
    "topic": r"[\w-]{1,120}",
    "language": r"[A-Za-z0-9-]{1,20}",
}
_CHAT = r"/(?:[^?]+/)?chat/"
_CHAT_ARGUMENTS = {
    "about": r"[\w-]{1,40}",
    "after": r"\d{1,18}",
    "before": r"\d{1,18}",
    "order": "|".join(Sort.values),
    "thread": KEY,
}
_CHAT_DEEDS = (
    r"/chats/(?:mine\.json|present\.json|notices/.*|\d+/(?:say|people|read|follow|search))"
    r"|/m/[a-z0-9]+/act"
)
"""Of one reader each: never pressed."""
_INDEX_ARGUMENTS = {"kind": r"[a-z]{1,12}", "letter": r"\S{1,4}"}


def policy_of(chosen: Settings) -> Policy:
    """Return what may be pressed on this site."""
    base = urlsplit(chosen.base_url)
    return Policy(
        canonical=base.netloc,
        scheme=base.scheme,
        trusted_headers=frozenset({b"x-forwarded-for"}) if chosen.proxies else frozenset(),
        hosts=frozenset(host.lower() for host in chosen.every_host),
        private_prefixes=(
            f"/{chosen.staff_path}",
            "/account",
            "/subscribe",
            "/letters",
            "/me",
            "/-/live",
            "/-/ready",
            METRICS_PATH,
            STREAM_PATH,
        ),
        # As many as readers can type: they would fill the press.
        private_paths=rf"{_EDITION}search/(?:feed\.[a-z]+)?|/-/suggest|{_CHAT_DEEDS}",
        open_prefixes=("/-/live", "/-/ready"),
        arguments=(
            Arguments(path=r"/(?:[^?]*/)?", allowed=_LIST_ARGUMENTS),
            Arguments(path=f"{_EDITION}topics/", allowed=_INDEX_ARGUMENTS),
            Arguments(path=f"{_EDITION}storylines/[^/?]+/", allowed=_TIMELINE_ARGUMENTS),
            Arguments(path=_CHAT, allowed=_CHAT_ARGUMENTS),
            Arguments(path=r"/chats/\d+/index[.]json", allowed=_FEED_PLACE),
            Arguments(path=_NEWSFEED, allowed=_FEED_ARGUMENTS),
            Arguments(path=f"{_NEWSFEED}index[.]json", allowed=_FEED_PLACE),
            Arguments(path="/", allowed=_OLD_ARGUMENTS),
            Arguments(path=f"(?:/lite)?{STORY_PATH}", allowed=_COVERAGE_ARGUMENTS),
            Arguments(path=OLD_SCRIPT, allowed=_OLD_SCRIPTS),
        ),
    )


def limits_of(chosen: Settings) -> ConnectionLimits:
    """Return the limits of one connection."""
    return ConnectionLimits(
        header_seconds=chosen.header_seconds,
        body_seconds=chosen.body_seconds,
        idle_seconds=chosen.idle_seconds,
        per_address=chosen.connections_per_address,
    )


def bodies_of(chosen: Settings, django: OneHopHandler) -> BodyLimits:
    """Return how long the bodies of requests may be; a form is longer than its picture."""
    return BodyLimits(
        anyone_bytes=chosen.body_kib << 10,
        wider=(
            Wider(
                f"/{chosen.staff_path}/".encode(),
                (chosen.upload_mib + 1) << 20,
                django.knows_staff,
            ),
            Wider(b"/account/picture/", chosen.reader_upload_kib << 10, django.knows_reader),
        ),
        cookie=settings.SESSION_COOKIE_NAME.encode(),
        seconds=chosen.body_seconds,
    )


def front_of(chosen: Settings) -> PressFront:
    """Return the press with its store, static files and Django behind it."""
    store = PageStore(KeyRing(house.ring_path()), chosen.press_mib << 20)
    files = StaticFiles(Path(settings.STATIC_ROOT), settings.STATIC_URL)
    django = OneHopHandler()
    front = PressFront(
        cast("App", django),
        store,
        policy_of(chosen),
        static=files,
        limits=Limits(bodies=bodies_of(chosen, django)),
        pressing=Pressing(plain=without_journal),
    )
    front.renderer = django.render
    return front


def hub_of(chosen: Settings, source: JournalSource) -> Hub:
    """Return the hub of open streams."""
    return Hub(
        source,
        pace=PACE,
        max_per_address=chosen.stream_max_per_address,
        holder=Holder(chosen.stream_holders) if chosen.stream_holders else None,
        share=source.share,
    )


async def serve(listener: socket.socket) -> None:
    """Serve the site on a listening socket until TERM."""
    chosen: Settings = settings.DATELINE
    front = front_of(chosen)
    source = JournalSource(front.refresh)
    hub = hub_of(chosen, source)
    await hub.start()
    takeovers = {STREAM_PATH: hub.takeover}
    bodies = front.limits.bodies
    protocol = make_protocol(front.store, front.policy, limits_of(chosen), takeovers, bodies)
    config = uvicorn.Config(
        front,
        http=protocol,
        loop="none",
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=int(GRACE.total_seconds()),
    )
    verifier = await answer_verify(front)
    counter = await answer_metrics(hub, source, front)
    presence = await answer_presence(hub)
    try:
        await _Server(config, hub).serve(sockets=[listener])
    finally:
        verifier.close()
        counter.close()
        presence.close()
        await front.stop()
        source.close()


class _Server(uvicorn.Server):
    """uvicorn's server, which says goodbye to open streams before it waits for connections."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Drain the streams, then everything else; who comes now waits for the next process."""
        for server in self.servers:
            server.close()
        await self._hub.stop(GRACE)
        await super().shutdown(sockets)
