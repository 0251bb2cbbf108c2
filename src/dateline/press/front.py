"""The press as a plain ASGI layer: any page for any reader is one look-up."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Coroutine
from contextvars import Context
from functools import partial
from typing import Any, TypeVar

from .asgi import (
    App,
    Receive,
    Renderer,
    Scope,
    Send,
    asked_of,
    collect,
    send_answer,
    send_reply,
    target_of,
)
from .bodies import Meter, has_body, refusal, stated_length
from .flight import Flight, Landing, Limits, Outcome, render
from .page import Answer, Asked, Pressing
from .policy import Policy
from .static import StaticFiles
from .store import PageStore

logger = logging.getLogger("dateline.press")

T = TypeVar("T")

_TICK_SECONDS = 0.1
_RETRY_SECONDS = 1.0
_PERSONAL_SECONDS = 60.0
_PERSONAL_KEPT = 1024
_REPRESS_WORKERS = 2
_REPRESS_QUEUE = 256
_STALE = b'dateline-stale: 1\r\nwarning: 110 - "Response is Stale"\r\n'


def _refusal(status: int, text: bytes) -> Answer:
    head = b"content-type: text/plain; charset=utf-8\r\ncache-control: no-store\r\n"
    return Answer(status, head + b"content-length: %d\r\n" % len(text), text)


_BAD_HOST = _refusal(400, b"The request names no host, or more than one.")
_OTHER_HOST = _refusal(421, b"This site does not answer for that host.")


class PressFront:
    """An ASGI application that answers what is pressed and asks the inner one for the rest.

    Hits are served from `store`, files of `static` too. A miss is rendered from its address alone,
    once however many readers wait, in a task of its own that no reader's disconnecting can end:
    by `renderer`, where the inner application has a shorter way than ASGI's messages.
    What the policy does not admit goes to the inner application.

    Order: belongs to one event loop.
    """

    def __init__(
        self,
        app: App,
        store: PageStore,
        policy: Policy,
        *,
        pressing: Pressing | None = None,
        limits: Limits | None = None,
        static: StaticFiles | None = None,
    ) -> None:
        self.app = app
        self.renderer: Renderer | None = None
        self.store = store
        self.policy = policy
        self.pressing = pressing or Pressing()
        self.limits = limits or Limits()
        self.static = static
        self._flights: dict[str, Flight] = {}
        self._personal: dict[str, float] = {}
        self._cooled: dict[str, None] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._ticker: asyncio.Task[None] | None = None
        self._state: dict[str, object] | None = None
        store.on_cooled = self._note_cooled

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one ASGI connection."""
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
            return
        if scope["type"] != "http":
            await self.app(self._passed(scope), receive, send)
            return
        self._start()
        self._state = scope.get("state")
        refusal = self._refused(scope)
        if refusal is not None:
            await send_answer(send, _bodiless(refusal) if scope["method"] == "HEAD" else refusal)
            return
        key = self._key(scope)
        if key is None or not await self._serve(key, asked_of(scope), send, _whole(scope, key)):
            self.store.counts.passed += 1
            await self._pass(scope, receive, send)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask the application, which gets no longer a body than its sender may send."""
        if not has_body(scope):
            await self.app(self._passed(scope), receive, send)
            return
        allowed = await self.limits.bodies.allowed(target_of(scope), scope["headers"])
        if (stated_length(scope["headers"]) or 0) > allowed:
            await send_answer(send, refusal(413))
            return
        meter = Meter(receive, send, self.limits.bodies, allowed)
        await self.app(self._passed(scope), meter.receive, meter.send)
        if meter.refused and not meter.started:
            await send_answer(send, refusal(meter.refused))

    def refresh(self) -> None:
        """Drop what the ring says is out of date now; call it when the doorbell rings."""
        self.store.refresh()

    async def verify(self) -> list[str]:
        """Render every stored page again; return the addresses whose page differs.

        A page that went out of date meanwhile is not held against the press.
        """
        return [key for key in list(self.store.pages) if await self._differs(key)]

    async def _differs(self, key: str) -> bool:
        stored = self.store.find(key)
        if stored is None or not stored.keys:
            return False
        landing = await self._rendered(key)
        if self.store.find(key) is not stored:
            return False
        plain = self.pressing.plain
        return landing.page is None or plain(landing.page.body) != plain(stored.body)

    def _refused(self, scope: Scope) -> Answer | None:
        if self.policy.is_open(scope["path"]):
            return None
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if not hosts and scope.get("http_version") == "1.0":
            return None
        if len(hosts) != 1:
            return _BAD_HOST
        return None if self.policy.admits_host(hosts[0]) else _OTHER_HOST

    def _key(self, scope: Scope) -> str | None:
        if scope["method"] not in ("GET", "HEAD"):
            return None
        key = self.policy.key_for(target_of(scope))
        if key is None or self._personal.get(key, 0.0) > time.monotonic():
            return None
        return key

    def _passed(self, scope: Scope) -> Scope:
        """Return a request as the application sees it: by the scheme of the site's own address."""
        headers = self.policy.passed_headers(scope["headers"])
        scheme = self.policy.scheme if scope["type"] == "http" else scope.get("scheme", "ws")
        return {**scope, "scheme": scheme, "headers": headers}

    async def _serve(self, key: str, asked: Asked, send: Send, whole: bool) -> bool:
        """Answer for a pressable address; False when the reader must ask the application.

        `whole` says that the address holds all of the request's query. Where there is nothing at
        an address, the rest of a query may still name something to the application.
        """
        page = self.store.find(key)
        if page is not None:
            self.store.counts.hits += 1
            page.visited = True
            await send_answer(send, page.answer(asked))
            return True
        self.store.counts.misses += 1
        if self.static is not None and key in self.static:
            page = await self.static.page(key)
            self.store.pin(key, page)
            await send_answer(send, page.answer(asked))
            return True
        return await self._serve_miss(key, asked, send, whole)

    async def _serve_miss(self, key: str, asked: Asked, send: Send, whole: bool) -> bool:
        copy = self.store.stale.get(key)
        if copy is not None and copy.retry_at > time.monotonic():
            return await self._serve_stale(key, asked, send)
        landing = await self._landing(key)
        if landing.outcome is Outcome.PERSONAL:
            return False
        if landing.outcome is Outcome.FAILED and await self._serve_stale(key, asked, send):
            return True
        if landing.page is not None:
            await send_answer(send, landing.page.answer(asked))
        elif landing.reply is not None:
            if landing.reply.status == 404 and not whole:
                return False
            await send_reply(send, landing.reply, head=asked.head)
        return True

    async def _serve_stale(self, key: str, asked: Asked, send: Send) -> bool:
        self.store.refresh()
        copy = self.store.stale.get(key)
        if copy is None:
            return False
        if copy.retry_at <= time.monotonic():
            copy.retry_at = time.monotonic() + _RETRY_SECONDS
        self.store.counts.stale += 1
        answer = copy.page.answer(asked)
        await send_answer(send, answer._replace(head=answer.head + _STALE))
        return True

    async def _landing(self, key: str) -> Landing:
        """Return a render of the address that is no older than this call.

        A flight that took off before the ring last moved may have read the state before a change
        that this reader knows of. Its page will do if none of its keys was rung since; else the
        next flight will, since that one begins after this call.
        """
        flight = self._flights.get(key)
        if flight is not None:
            as_new = flight.seen == self.store.ring.position
            landing = await asyncio.shield(flight.task)
            page = landing.page
            if as_new or (page and not self.store.rung_since(page, flight.seen)):
                return landing
            flight = self._flights.get(key)
        return await asyncio.shield((flight or self._take_off(key)).task)

    def _take_off(self, key: str) -> Flight:
        seen = self.store.ring.position
        task = _background(self._fly(key, seen))
        flight = self._flights[key] = Flight(seen, task)
        return flight

    async def _fly(self, key: str, seen: int) -> Landing:
        try:
            landing = await self._rendered(key)
            if landing.page is not None:
                self.store.put(key, landing.page, seen)
            elif landing.outcome is not Outcome.FAILED:
                # The page is no longer there for everybody: nor is its copy for bad times.
                self.store.stale.drop(key)
            if landing.outcome is Outcome.PERSONAL:
                self._note_personal(key)
            return landing
        finally:
            del self._flights[key]

    def _rendered(self, key: str) -> Awaitable[Landing]:
        scope = self.policy.render_scope(key)
        if self._state is not None:
            scope["state"] = self._state.copy()
        return render(
            self.renderer or partial(collect, self.app), scope, self.pressing, self.limits
        )

    def _note_personal(self, key: str) -> None:
        """Let an address that sets cookies go straight to the application for a while."""
        if len(self._personal) >= _PERSONAL_KEPT:
            self._personal.clear()
        self._personal[key] = time.monotonic() + _PERSONAL_SECONDS

    def _note_cooled(self, key: str) -> None:
        """Press a hot page again at once, a few at a time."""
        if len(self._cooled) < _REPRESS_QUEUE:
            self._cooled[key] = None
        if len(self._workers) < _REPRESS_WORKERS:
            worker = _background(self._repress())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    async def _repress(self) -> None:
        while self._cooled:
            key = next(iter(self._cooled))
            del self._cooled[key]
            if self.store.find(key) is None:
                await self._landing(key)

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._start()
        try:
            await self.app(scope, receive, send)
        finally:
            await self.stop()

    def _start(self) -> None:
        if self._ticker is None or self._ticker.done():
            self._ticker = _background(self._tick())

    async def _tick(self) -> None:
        """Drop pages, and press hot ones again, also while no reader asks."""
        while True:
            try:
                self.store.refresh()
            except OSError:
                # Without its file the ring cannot say what changed: keep nothing.
                logger.exception("The ring of keys cannot be opened again.")
                self.store.clear()
            await asyncio.sleep(_TICK_SECONDS)

    async def stop(self) -> None:
        """End what runs in the background."""
        running = [*self._workers, *([self._ticker] if self._ticker else [])]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


def _background(work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """Start a task in an empty context, so that nothing of one reader's request comes along."""
    return asyncio.get_running_loop().create_task(work, context=Context())


def _whole(scope: Scope, key: str) -> bool:
    query: bytes = scope.get("query_string", b"")
    return key.partition("?")[2].encode("ascii") == query


def _bodiless(answer: Answer) -> Answer:
    return answer._replace(body=b"")
