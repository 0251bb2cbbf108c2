"""What a reader asks of the stream, and the heads of what it is answered."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.utils import format_datetime
from urllib.parse import parse_qsl

from dateline.common.clock import now
from dateline.stream.errors import BadChannelsError, BadCursorError, StreamRefusedError

FUTURE = 2**63 - 1
_MAX_QUERY_BYTES = 4096
_PUBLIC = re.compile(r"(newsfeed|chat|live):[A-Za-z0-9-]+")

_HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """A request for a stream: which channels, and from where; None begins at the present.

    Shape: `once` asks for an answer that ends after the first news, or after a while without;
        `is_back_soon` says that its reader comes again at once, to be held elsewhere.
    """

    channels: frozenset[str]
    after: int | None
    once: bool = False
    is_back_soon: bool = False


def is_public(channel: str) -> bool:
    """Say whether a channel is one that anybody may hear."""
    return _PUBLIC.fullmatch(channel) is not None


def read_wish(
    *,
    query: bytes,
    headers: Iterable[tuple[bytes, bytes]],
    allowed: Callable[[str], bool],
    max_channels: int,
) -> Wish:
    """Read `?channels=newsfeed:en,chat:12&after=N` and the `Last-Event-ID`, which wins.

    A `Last-Event-ID` that is no number of ours leads to a reset, not a refusal: a browser stops
    for good at a refusal, and it did not choose that header.

    Raises: BadChannelsError, BadCursorError.
    """
    if len(query) > _MAX_QUERY_BYTES:
        raise BadChannelsError(most=max_channels)
    fields = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    named = [name for key, value in fields if key == "channels" for name in value.split(",")]
    channels = frozenset(named)
    if not 1 <= len(channels) <= max_channels or not all(map(allowed, channels)):
        raise BadChannelsError(most=max_channels)
    last_id = next((value.strip() for name, value in headers if name == b"last-event-id"), b"")
    once = any(key == "once" for key, _ in fields)
    if last_id:
        return Wish(channels, _number(last_id) if last_id.isdigit() else FUTURE, once)
    return Wish(channels, _after(fields), once)


def _after(fields: list[tuple[str, str]]) -> int | None:
    given = [value for key, value in fields if key == "after"]
    if not given:
        return None
    if len(given) > 1 or not (given[0].isascii() and given[0].isdigit()):
        raise BadCursorError
    return _number(given[0].encode())


def _number(digits: bytes) -> int:
    return int(digits) if len(digits) < len(str(FUTURE)) else FUTURE


def stream_headers(wish: Wish) -> list[tuple[bytes, bytes]]:
    """Return the headers of an answer; one that ends is plain text to whatever is on the way."""
    kind = b"text/plain; charset=utf-8" if wish.once else b"text/event-stream"
    return [(b"content-type", kind), *_HEADERS]


def stream_head(wish: Wish) -> bytes:
    """Return the head of a stream on HTTP/1.1, ended by closing the connection.

    No chunks: the frames on the wire are then the same bytes for every reader and every server,
    HTTP/1.0 proxies understand them, and the connection could not be used again anyway.

    Source: WHATWG HTML 9.2.7 warns that chunking can make event streams unreliable; RFC 9112,
    section 6.3 (8) for a length set by closing.
    """
    lines = b"".join(b"%b: %b\r\n" % header for header in stream_headers(wish))
    return b"HTTP/1.1 200 OK\r\nDate: %b\r\n%bConnection: close\r\n\r\n" % (_date(), lines)


def refusal_parts(error: StreamRefusedError) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Return headers and body that say why there is no stream."""
    body = f"{error}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if error.retry_after:
        headers.append((b"retry-after", b"%d" % error.retry_after))
    return headers, body


def refusal(error: StreamRefusedError) -> bytes:
    """Return a whole HTTP/1.1 answer that says why there is no stream, and closes."""
    headers, body = refusal_parts(error)
    status = f"HTTP/1.1 {error.status.value} {error.status.phrase}\r\n".encode()
    lines = b"".join(b"%b: %b\r\n" % header for header in headers)
    return b"%bDate: %b\r\n%bConnection: close\r\n\r\n%b" % (status, _date(), lines, body)


def _date() -> bytes:
    return format_datetime(now(), usegmt=True).encode()
