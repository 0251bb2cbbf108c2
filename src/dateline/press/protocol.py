"""The clever file: a hit is answered inside uvicorn's parser callbacks, before any task exists.

Measured against the ASGI layer, which gives the same bytes, this halves the work of a hit and more
(docs/decisions/0001-press-in-the-protocol.md). Whatever is out of the ordinary goes on to uvicorn
and from there to `PressFront`, which answers from the same store: a body, a range, an upgrade, a
header sent twice, a foreign host, a reader who does not take what was written.

It leans on these inner parts of uvicorn, pinned and tested: `cycle`, `flow`, `scope`, `url`,
`headers`, `expect_100_continue`, `server_state`, and the callbacks of httptools.
"""

import asyncio
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar, Protocol

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from .bodies import BodyLimits, refusal, stated_length
from .limits import UNLIMITED, ConnectionLimits, Pace, Watch
from .negotiate import knows
from .page import Headers, PressedPage, Variant
from .policy import Policy
from .store import Counts, PageStore

logger = logging.getLogger("dateline.press")

_UNUSUAL = frozenset({b"content-length", b"transfer-encoding", b"expect", b"upgrade", b"range"})
_CRLF = b"\r\n"
_CLOSE = b"connection: close\r\n\r\n"
_IGNORED_BYTES = 65536
# A client that sends its whole body before it listens should still hear why it was refused.
_LINGER_BYTES, _LINGER_SECONDS = 1 << 20, 1.0
_WIRES, _WIRE_BYTES = 1024, 32768


class Taken(Protocol):
    """Who a connection belongs to after a takeover."""

    def pause_writing(self) -> None:
        """Hear that the reader does not keep up."""

    def resume_writing(self) -> None:
        """Hear that the reader has caught up."""

    def connection_lost(self, exc: Exception | None) -> None:
        """Hear that the connection has ended."""

    def shutdown(self) -> None:
        """Finish and close the transport soon: the server is stopping."""


class Takeover(Protocol):
    """Called for a GET of a listed path; takes the connection over, or declines with None."""

    def __call__(
        self,
        *,
        path: str,
        query: bytes,
        headers: Headers,
        client: tuple[str, int] | None,
        transport: asyncio.Transport,
        keep_alive: bool,
    ) -> Taken | None:
        """Answer the request on the transport, from now on alone."""


class PressProtocol(HttpToolsProtocol):
    """uvicorn's HTTP/1 connection with the press, takeovers and limits in it.

    Use `make_protocol`, which makes the subclass that knows its store.
    """

    store: ClassVar[PageStore]
    policy: ClassVar[Policy]
    limits: ClassVar[ConnectionLimits]
    bodies: ClassVar[BodyLimits]
    takeovers: ClassVar[Mapping[str, Takeover]]
    watch: ClassVar[Watch]
    # Copies of what the quick path reads, so that it takes one step to each.
    counts: ClassVar[Counts]
    hosts_admitted: ClassVar[set[bytes]]
    max_headers: ClassVar[int]
    max_header_bytes: ClassVar[int]
    # What holds the date is made anew each second: the first lines, and whole hot responses.
    _defaults: ClassVar[list[tuple[bytes, bytes]] | None] = None
    _prefixes: ClassVar[dict[int, bytes]] = {}
    _wires: ClassVar[dict[Variant, bytes]] = {}
    _wires_304: ClassVar[dict[Variant, bytes]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.timeout_keep_alive = self.limits.idle_seconds  # type: ignore[assignment]
        self.taken: Taken | None = None
        self.url = b""
        self.first = self.named = dict[bytes, bytes]()
        self.repeated: Headers | None = None  # all headers, where one of them came twice
        self.partial = self.first  # the last head that came in pieces
        self.passed = False  # the head was read and is uvicorn's
        self.over = False
        self.held = False  # over, or not to be answered from here just now
        self.head_bytes = self.body_bytes = self.max_body = self.ignored = 0
        self.patience = _IGNORED_BYTES

    # The connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to watch the connection, or cut it where there are too many."""
        super().connection_made(transport)
        if not self.watch.admit(self, self.loop):
            self.over = self.held = True
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who took the connection, and forget it."""
        self.over = self.held = True
        self.watch.release(self)
        if self.taken is not None:
            self.taken.connection_lost(exc)
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Pass on to who took the connection."""
        super().pause_writing()
        self.held = True
        if self.taken is not None:
            self.taken.pause_writing()

    def resume_writing(self) -> None:
        """Pass on to who took the connection."""
        super().resume_writing()
        self.held = self.over
        if self.taken is not None:
            self.taken.resume_writing()

    def shutdown(self) -> None:
        """Let who took the connection finish it; it stays registered until it is lost."""
        if self.taken is not None:
            self.taken.shutdown()
        else:
            super().shutdown()

    def handle_websocket_upgrade(self) -> None:
        """Stop watching: the transport gets another protocol."""
        self.watch.release(self)
        super().handle_websocket_upgrade()

    def data_received(self, data: bytes) -> None:
        """Parse; count the bytes of a head that comes in pieces."""
        if self.over:
            self._ignore(data)
            return
        if self.timeout_keep_alive_task is not None:
            self._unset_keepalive_if_required()
        long = len(data) > self.max_header_bytes
        if long:
            self.held = True  # `_go_on` adds up the heads in it
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._upgrade()
        except httptools.HttpParserCallbackError:
            logger.exception("A request failed before it reached the application.")
            self._refuse(500)
        except httptools.HttpParserError:
            self._refuse(400)
        if long:
            self.held = self.over or self.flow.write_paused
        if self.url:
            self._count(len(data))

    def _upgrade(self) -> None:
        if self.over:
            return
        if self._should_upgrade():
            self.handle_websocket_upgrade()
        else:
            self._forget()

    def _count(self, size: int) -> None:
        """Add up a head that is still incomplete; what came before it in its first piece is not."""
        if self.passed or self.over:
            return
        if self.partial is self.named:
            self.head_bytes += size
        else:
            self.partial, self.head_bytes = self.named, 0
        if self.head_bytes > self.max_header_bytes or self._too_much():
            self._refuse(431)

    def _ignore(self, data: bytes) -> None:
        self.ignored += len(data)
        if self.ignored > self.patience:
            self.transport.abort()

    # The request

    # Between requests `url` and `named` are empty already; each callback less is a hit sooner.
    on_message_begin = None  # type: ignore[assignment]

    def on_header(self, name: bytes, value: bytes) -> None:
        """Note a header; the list is only made when one comes twice."""
        named, name = self.named, name.lower()
        if name in named or self.repeated:
            self._repeat(name, value)
        else:
            named[name] = value

    def _repeat(self, name: bytes, value: bytes) -> None:
        if self.repeated is None:
            self.repeated = list(self.named.items())
        self.repeated.append((name, value))
        self.named.setdefault(name, value)

    def on_headers_complete(self) -> None:
        """Answer from the press if this is a plain request for a page that is there."""
        named, cycle = self.named, self.cycle
        if (
            # Nothing may be written while an earlier answer is unfinished, or not taken yet.
            (cycle is None or cycle.response_complete)
            and not (self.held or self.repeated)
            and _UNUSUAL.isdisjoint(named)
        ):
            store = self.store
            if store.ring.words[0] != store.seen:
                store.catch_up()
            # A stored address is its own canonical target: most targets are found as they came.
            page = store.pages.get(self.url.decode("latin-1")) or self._spelt_otherwise()
            if page is not None and self._answer(page, named):
                # Now the next request may begin.
                self.url, self.named = b"", {}
                return
        self._go_on()

    def _answer(self, page: PressedPage, named: dict[bytes, bytes]) -> bool:
        """Write the whole answer at once; False where the method or the host is not ours."""
        method = self.parser.get_method()
        if method != b"GET" and method != b"HEAD":
            return False
        if named.get(b"host") not in self.hosts_admitted and not self._is_ours(named):
            return False
        encoding = named.get(b"accept-encoding")
        variant = page.picked.get(encoding) or page.pick(encoding)
        page.visited = True
        self.counts.hits += 1
        self.cycle = None  # type: ignore[assignment]
        if self.server_state.default_headers is not self._defaults:
            self._begin_second()
        known = named.get(b"if-none-match")
        etag = variant.etag
        unchanged = known is not None and (known == etag or knows(known, etag))
        if method == b"GET" and b"connection" not in named and self.parser.should_keep_alive():
            wires = self._wires_304 if unchanged else self._wires
            self.transport.write(wires.get(variant) or self._wire(variant, unchanged))
        else:
            self._write(named, variant, unchanged)
        return True

    def _write(self, named: dict[bytes, bytes], variant: Variant, unchanged: bool) -> None:
        """Write an answer; HTTP/1.0 connections are never kept, as uvicorn has it."""
        keep = self.parser.should_keep_alive() and (b"connection" not in named or self._is_1_1())
        status, head = (304, variant.head_unchanged) if unchanged else (200, variant.head)
        body = b"" if unchanged or self.parser.get_method() == b"HEAD" else variant.body
        end = _CRLF if keep else _CLOSE
        self.transport.write(b"".join((self._prefixes[status], head, end, body)))
        if not keep:
            self._end()

    def _wire(self, variant: Variant, unchanged: bool) -> bytes:
        """Return the whole response, and keep it while its date is right."""
        if unchanged:
            wires = self._wires_304
            wire = self._prefixes[304] + variant.head_unchanged + _CRLF
        else:
            wires = self._wires
            wire = b"".join((self._prefixes[200], variant.head, _CRLF, variant.body))
        if len(wires) < _WIRES and len(wire) <= _WIRE_BYTES:
            wires[variant] = wire
        return wire

    def _begin_second(self) -> None:
        """Make again what holds the date; uvicorn renews its default headers each second."""
        kind, defaults = type(self), self.server_state.default_headers
        lines = b"".join(name + b": " + value + _CRLF for name, value in defaults)
        kind._prefixes = {status: STATUS_LINE[status] + lines for status in (200, 304)}
        kind._wires, kind._wires_304 = {}, {}
        kind._defaults = defaults

    def _go_on(self) -> None:
        """Refuse the request, hand the connection over, or let uvicorn run the ASGI application."""
        if self.over:
            return
        free = self._is_free() and not self.held
        if self._too_much():
            self._refuse(431)
        elif b"content-length" in self.named and self._too_long():
            self._refuse_body()
        elif not (free and _UNUSUAL.isdisjoint(self.named) and self._hand_over()):
            self._pass_on()

    def on_body(self, body: bytes) -> None:
        """Pass a body on to its ASGI request."""
        if not self.over and self.cycle is not None:
            self.body_bytes += len(body)
            if self.body_bytes > self.max_body:
                self._refuse_body()
            else:
                super().on_body(body)

    def on_message_complete(self) -> None:
        """End the ASGI request's body; after a hit there is nothing to do."""
        if self.passed and not self.over:
            super().on_message_complete()
            if not self.parser.should_upgrade():
                self._forget()

    def _forget(self) -> None:
        """Make ready for the next request; also drops trailers, which came as headers."""
        self.url, self.named, self.repeated, self.passed = b"", {}, None, False

    def _is_free(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _heads(self) -> Headers:
        return self.repeated or list(self.named.items())

    def _too_much(self) -> bool:
        headers = self._heads()
        if len(headers) > self.max_headers:
            return True
        size = sum(len(name) + len(value) + 4 for name, value in headers) + len(self.url)
        return size > self.max_header_bytes

    def _too_long(self) -> bool:
        headers = self._heads()
        return (stated_length(headers) or 0) > self.bodies.most(self.url, headers)

    def _spelt_otherwise(self) -> PressedPage | None:
        key = self.policy.key_for(self.url)
        return None if key is None else self.store.pages.get(key)

    def _is_ours(self, named: dict[bytes, bytes]) -> bool:
        return self.policy.admits_host(named.get(b"host"))

    def _twice(self, name: bytes) -> bool:
        return sum(known == name for known, _ in self.repeated or ()) > 1

    def _is_1_1(self) -> bool:
        """Say whether the connection may go on: HTTP/1.0 never does here, as in uvicorn."""
        return self.parser.get_http_version() == "1.1"

    def _hand_over(self) -> bool:
        """Give the connection to the takeover of this path, if there is one and it wants it."""
        path, _, query = self.url.decode("latin-1").partition("?")
        takeover = self.takeovers.get(path)
        if takeover is None or self.parser.get_method() != b"GET" or self._twice(b"host"):
            return False
        if not self._is_ours(self.named):
            return False
        self.taken = takeover(
            path=path,
            query=query.encode("latin-1"),
            headers=self.policy.passed_headers(self._heads()),
            client=self.client,
            transport=self.transport,
            keep_alive=self.parser.should_keep_alive() and self._is_1_1(),
        )
        if self.taken is None:
            return False
        self.over = self.held = True
        self.cycle = None  # type: ignore[assignment]
        self.watch.release(self)
        self._unset_keepalive_if_required()
        if isinstance(self.taken, asyncio.Protocol):
            # A whole protocol needs nothing of this one any more: parser and request are freed.
            self.connections.discard(self)
            self.transport.set_protocol(self.taken)
        return True

    def _pass_on(self) -> None:
        """Go uvicorn's way, as if its own callbacks had seen the request from the start."""
        url = self.url
        if not _has_path(url):
            self._refuse(400)
            return
        super().on_message_begin()
        self.url = url
        # The parser reports trailers as headers: this list is closed before they can come.
        self.headers = self.scope["headers"] = self._heads()
        self.repeated, self.passed = None, True
        self.body_bytes = 0
        self.max_body = self.bodies.most(url, self.headers)
        self.expect_100_continue = self.named.get(b"expect", b"").lower() == b"100-continue"
        super().on_headers_complete()

    # The end

    def pace(self) -> Pace:
        """Say what the connection is doing, for the watch."""
        limits, turn = self.limits, self.named
        waiting = self.transport.get_write_buffer_size()
        if self.transport.is_closing() or waiting:
            pace = Pace("stalled", turn, waiting, limits.stall_seconds)
        elif self.flow.read_paused:
            pace = UNLIMITED
        elif not self._is_free():
            more = self.body_bytes / limits.body_bytes_per_second
            body = Pace("body", turn, 0, limits.body_seconds + more)
            pace = body if self.cycle.more_body else UNLIMITED
        elif self.url:
            pace = Pace("head", turn, 0, limits.header_seconds)
        else:
            seconds = limits.header_seconds if turn is self.first else limits.idle_seconds
            pace = Pace("idle", turn, 0, seconds)
        return pace

    def cut(self, phase: str) -> None:
        """End a connection that took too long, with a word where one may be said."""
        if phase == "stalled":
            self.over = self.held = True
            self.transport.abort()
        elif phase == "idle":
            self._end()
        else:
            self._refuse(408)

    def _refuse_body(self) -> None:
        """Refuse a body that is too long, and wait a little for its sender to listen."""
        self.patience = _LINGER_BYTES
        self._drop_request()
        if self._is_free():
            answer = refusal(413)
            self.transport.write(STATUS_LINE[413] + answer.head + _CRLF + answer.body)
        self.over = self.held = True
        self.watch.release(self)
        self.loop.call_later(_LINGER_SECONDS, self.transport.close)

    def _refuse(self, status: int) -> None:
        """Refuse the request and close; while an earlier answer is unfinished only close."""
        self._drop_request()
        if self._is_free():
            text = HTTPStatus(status).phrase.encode()
            lines = b"content-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n" % len(text)
            self.transport.write(STATUS_LINE[status] + lines + _CLOSE + text)
        self._end()

    def _drop_request(self) -> None:
        """Let go of a request that is at fault before it was answered."""
        cycle = self.cycle
        if not self._is_free() and not self.pipeline and not cycle.response_started:
            # The request whose body is at fault has not been answered: this is its answer.
            cycle.disconnected = True
            cycle.message_event.set()
            self.cycle = None  # type: ignore[assignment]

    def _end(self) -> None:
        self.over = self.held = True
        self.transport.close()


def _has_path(target: bytes) -> bool:
    """Say whether uvicorn could make a path of the target."""
    try:
        path = httptools.parse_url(target).path
    except httptools.HttpParserInvalidURLError:
        return False
    return path is not None and path.isascii()


def make_protocol(
    store: PageStore,
    policy: Policy,
    limits: ConnectionLimits | None = None,
    takeovers: Mapping[str, Takeover] | None = None,
    bodies: BodyLimits | None = None,
) -> type[PressProtocol]:
    """Return the class to give to uvicorn as `http`, beside a `PressFront` on the same store."""

    class Protocol(PressProtocol):
        pass

    Protocol.store = store
    Protocol.policy = policy
    Protocol.limits = limits or ConnectionLimits()
    Protocol.bodies = bodies or BodyLimits()
    Protocol.takeovers = dict(takeovers or {})
    Protocol.watch = Watch(Protocol.limits)
    Protocol.counts = store.counts
    Protocol.hosts_admitted = policy.hosts_admitted
    Protocol.max_headers = Protocol.limits.max_headers
    Protocol.max_header_bytes = Protocol.limits.max_header_bytes
    return Protocol
