"""One render of one address, however many readers wait for it."""

import asyncio
import logging
from dataclasses import dataclass, field
from enum import Enum, auto

from .asgi import Renderer, Reply, Scope, TooBigError
from .bodies import BodyLimits
from .page import QUICKLY_CODED, PressedPage, Pressing, press

logger = logging.getLogger("dateline.press")

_NO_CACHE = (b"cache-control", b"no-store")


class Outcome(Enum):
    """What came of a render."""

    PRESSED = auto()
    SHARED = auto()
    PERSONAL = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Landing:
    """The end of a flight.

    Shape: PRESSED has a `page`; SHARED has a `reply` anyone may have once, never stored; PERSONAL
        has neither, since the application set a cookie, sent more than a page, or refused this
        reader what another may have: each must ask for themselves; FAILED has the `reply` to give
        when there is no stale copy.
    """

    outcome: Outcome
    page: PressedPage | None = None
    reply: Reply | None = None


@dataclass(slots=True)
class Flight:
    """A render under way: `seen` is the ring position before it began."""

    seen: int
    task: asyncio.Task[Landing]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a render may take, how long its response may be, and the bodies of requests."""

    render_seconds: float = 30.0
    max_page_bytes: int = 8 << 20
    bodies: BodyLimits = field(default_factory=BodyLimits)


async def render(renderer: Renderer, scope: Scope, pressing: Pressing, limits: Limits) -> Landing:
    """Render one address and press the result; never raises but for cancellation."""
    try:
        async with asyncio.timeout(limits.render_seconds):
            reply = await renderer(scope, limits.max_page_bytes)
        return await _land(reply, pressing)
    except TooBigError:
        return Landing(Outcome.PERSONAL)
    except TimeoutError:
        logger.exception("The render of %s took too long.", scope["path"])
        return Landing(Outcome.FAILED, reply=_plain(503, b"Service Unavailable"))
    except Exception:
        logger.exception("The render of %s failed.", scope["path"])
        return Landing(Outcome.FAILED, reply=_plain(500, b"Internal Server Error"))


async def _land(reply: Reply, pressing: Pressing) -> Landing:
    if reply.status >= 500:
        return Landing(Outcome.FAILED, reply=_uncached(reply))
    if reply.header(b"set-cookie") is not None or _depends_on_who_asks(reply):
        return Landing(Outcome.PERSONAL)
    keys = (reply.header(b"cache-tag") or b"").decode("latin-1").replace(",", " ").split()
    if not keys or not _storable(reply):
        return Landing(Outcome.SHARED, reply=_uncached(reply))
    if len(reply.body) <= QUICKLY_CODED:
        page = press(reply.body, reply.headers, keys, pressing)
    else:
        page = await asyncio.to_thread(press, reply.body, reply.headers, keys, pressing)
    return Landing(Outcome.PRESSED, page=page)


def _depends_on_who_asks(reply: Reply) -> bool:
    """Say whether what nobody may have is not the same for everybody: a refusal marked private."""
    return reply.status in (401, 403, 404) and "private" in _directives(reply)


def _directives(reply: Reply) -> set[str]:
    stated = (reply.header(b"cache-control") or b"public").decode("latin-1").lower()
    return {part.partition("=")[0].strip() for part in stated.split(",")}


def _storable(reply: Reply) -> bool:
    """Say whether a response with keys may be stored: a whole, public, uncoded 200.

    `no-cache` binds caches that cannot know what changed; the press is told.
    """
    directives = _directives(reply)
    public = "public" in directives and not directives & {"private", "no-store"}
    return reply.status == 200 and public and reply.header(b"content-encoding") is None


def _uncached(reply: Reply) -> Reply:
    """Return the reply with `no-store` where it says nothing: a 404 must not outlive its cause."""
    if reply.header(b"cache-control") is not None:
        return reply
    return Reply(reply.status, [*reply.headers, _NO_CACHE], reply.body)


def _plain(status: int, text: bytes) -> Reply:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(text)),
        _NO_CACHE,
    ]
    return Reply(status, headers, text)
