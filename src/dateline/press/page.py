"""A page as pressed: its encodings, ready to be written to a socket."""

import gzip
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import InitVar, dataclass, field
from hashlib import blake2b
from typing import NamedTuple

import brotli  # type: ignore[import-untyped]

from .negotiate import accepted, knows, piece
from .ring import digest

Headers = list[tuple[bytes, bytes]]
"""Header names in lower case and their values, as ASGI has them."""

PASSED_ON = frozenset(
    {
        b"access-control-allow-origin",
        b"content-security-policy",
        b"content-security-policy-report-only",
        b"cross-origin-embedder-policy",
        b"cross-origin-opener-policy",
        b"cross-origin-resource-policy",
        b"link",
        b"origin-agent-cluster",
        b"permissions-policy",
        b"referrer-policy",
        b"reporting-endpoints",
        b"speculation-rules",
        b"strict-transport-security",
        b"tdm-policy",
        b"tdm-reservation",
        b"x-content-type-options",
        b"x-frame-options",
        b"x-robots-tag",
    }
)
"""The application's headers that every answer of a pressed page keeps, a 304 too.

All others are dropped, but for `_DESCRIBING`, the content type, Cache-Control, Cache-Tag and
Dateline-Journal.
"""

_DESCRIBING = (b"content-disposition", b"content-language")
_TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")
_BREAKS = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_SMALLEST_CODED = 256
QUICKLY_CODED = 128 << 10
"""Bytes of a page that is coded in no time: it need not wait in a thread, nor be coded unasked."""

Coder = Callable[[bytes], bytes]
_REMEMBERED = 16
_OVERHEAD = 2048


@dataclass(frozen=True, slots=True)
class Pressing:
    """How pages are pressed.

    Shape: `cache_control` goes out where the application states none; `gzip_level` 1 to 9,
        `brotli_quality` 0 to 11; `show_keys` tells whether pages carry a Cache-Tag header;
        `plain` takes out of a body what may differ between two renders of one state.
    """

    cache_control: str = "public, max-age=0, must-revalidate, stale-if-error=86400"
    gzip_level: int = 6
    brotli_quality: int = 5
    show_keys: bool = True
    plain: Callable[[bytes], bytes] = bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of a request that may change which bytes of a page go out."""

    head: bool = False
    accept_encoding: bytes | None = None
    if_none_match: bytes | None = None
    range: bytes | None = None
    if_range: bytes | None = None


class Answer(NamedTuple):
    """One response: its status, its header lines each ended by CR LF, and its body."""

    status: int
    head: bytes
    body: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Variant:
    """A page in one encoding."""

    etag: bytes
    head: bytes
    head_unchanged: bytes
    body: bytes


@dataclass(slots=True, eq=False)
class PressedPage:
    """One page with the keys it was read from, and each encoding of it once it was asked for.

    Shape: `name` is the entity tag without quotes; `shared` holds the header lines of every answer,
        a 304 too; `described` those that describe the content; `unmade` the encodings nobody has
        asked for yet, and what makes them; `size` the bytes of memory to account for; `visited`,
        `older` and `newer` belong to the store.
    """

    content_type: bytes
    keys: frozenset[str]
    journal: int
    name: str
    shared: bytes
    described: bytes
    plain: InitVar[bytes]
    unmade: dict[str, Coder]
    size: int
    digests: frozenset[int] = frozenset()
    variants: dict[str, Variant] = field(default_factory=dict)
    picked: dict[bytes | None, Variant] = field(default_factory=dict)
    key: str = ""
    visited: bool = False
    older: "PressedPage | None" = None
    newer: "PressedPage | None" = None

    def __post_init__(self, plain: bytes) -> None:
        self.variants["identity"] = self._variant("identity", plain)

    @property
    def body(self) -> bytes:
        """The page uncoded."""
        return self.variants["identity"].body

    def pick(self, accept_encoding: bytes | None) -> Variant:
        """Return the variant for a raw Accept-Encoding value, and remember it for the value."""
        known = self.picked.get(accept_encoding)
        if known is not None:
            return known
        variant = next(filter(None, map(self._coded, accepted(accept_encoding))))
        if len(self.picked) < _REMEMBERED:
            self.picked[accept_encoding] = variant
        return variant

    def make_all(self) -> None:
        """Make every encoding that nobody has asked for yet."""
        for encoding in list(self.unmade):
            self._coded(encoding)

    def _coded(self, encoding: str) -> Variant | None:
        """Return the page in an encoding; None where that would not make it smaller."""
        coder = self.unmade.pop(encoding, None)
        if coder is not None:
            coded = coder(self.body)
            if len(coded) < len(self.body):
                self.variants[encoding] = self._variant(encoding, coded)
        return self.variants.get(encoding)

    def _variant(self, encoding: str, body: bytes) -> Variant:
        short = {"identity": "", "gzip": "-gz", "br": "-br"}[encoding]
        etag = f'"{self.name}{short}"'.encode()
        unchanged = self.shared + _line(b"etag", etag)
        coding = b"" if encoding == "identity" else _line(b"content-encoding", encoding.encode())
        head = unchanged + self.described + coding + _length(len(body))
        return Variant(etag=etag, head=head, head_unchanged=unchanged, body=body)

    def answer(self, asked: Asked) -> Answer:
        """Return what to send: 200, 304 where the reader has it, 206 or 416 for a range."""
        wanted = None if asked.range is None or asked.head else self._wanted(asked)
        variant = self.variants["identity"] if wanted else self.pick(asked.accept_encoding)
        if asked.if_none_match is not None and knows(asked.if_none_match, variant.etag):
            return Answer(304, variant.head_unchanged, b"")
        if wanted:
            return self._piece(*wanted)
        return Answer(200, variant.head, b"" if asked.head else variant.body)

    def _wanted(self, asked: Asked) -> tuple[int, int] | None:
        plain = self.variants["identity"]
        if asked.if_range is not None and asked.if_range.strip() != plain.etag:
            return None
        return piece(asked.range or b"", len(plain.body))

    def _piece(self, first: int, end: int) -> Answer:
        plain = self.variants["identity"]
        if first >= end:
            size = b"content-range: bytes */%d\r\ncontent-length: 0\r\n" % len(plain.body)
            return Answer(416, self.shared + size, b"")
        size = b"content-range: bytes %d-%d/%d\r\n" % (first, end - 1, len(plain.body))
        head = self.shared + self.described + _line(b"etag", plain.etag) + size
        return Answer(206, head + _length(end - first), plain.body[first:end])


def press(
    body: bytes,
    headers: Iterable[tuple[bytes, bytes]],
    keys: Iterable[str],
    how: Pressing | None = None,
) -> PressedPage:
    """Press the body of a 200 response: each encoding is made when first asked for.

    A page longer than `QUICKLY_CODED` has them all made now: call it in a thread.

    Shape: `headers` as the application sent them, names in lower case.
    """
    how = how or Pressing()
    given = dict(headers)
    content_type = given.get(b"content-type", b"application/octet-stream")
    keys = frozenset(keys)
    journal = given.get(b"dateline-journal", b"")
    shared = _shared(given, keys, how)
    described = _lines(
        [(b"content-type", content_type), *((n, given[n]) for n in _DESCRIBING if n in given)]
    )
    unmade = _coders(how) if _worth_coding(body, content_type.decode("latin-1")) else {}
    page = PressedPage(
        content_type=content_type,
        keys=keys,
        journal=int(journal) if journal.isdigit() else 0,
        name=blake2b(body + b"\0" + content_type, digest_size=12).hexdigest(),
        shared=shared,
        described=described,
        plain=body,
        unmade=unmade,
        size=_OVERHEAD + len(body) * (2 if unmade else 1),
        digests=frozenset(map(digest, keys)),
    )
    if len(body) > QUICKLY_CODED:
        page.make_all()
    return page


def _shared(given: Mapping[bytes, bytes], keys: frozenset[str], how: Pressing) -> bytes:
    """Return the lines every answer carries, a 304 too (it renews what the browser stored)."""
    lines: Headers = [
        (b"vary", b"Accept-Encoding"),
        (b"accept-ranges", b"bytes"),
        (b"cache-control", given.get(b"cache-control", how.cache_control.encode("latin-1"))),
    ]
    if b"dateline-journal" in given:
        lines.append((b"dateline-journal", given[b"dateline-journal"]))
    if how.show_keys and keys:
        lines.append((b"cache-tag", ",".join(sorted(keys)).encode()))
    return _lines(lines + sorted((name, given[name]) for name in PASSED_ON if name in given))


def _coders(how: Pressing) -> dict[str, Coder]:
    return {
        "gzip": lambda body: gzip.compress(body, how.gzip_level, mtime=0),
        "br": lambda body: brotli.compress(body, quality=how.brotli_quality),
    }


def _worth_coding(body: bytes, content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    is_text = kind.startswith(_TEXTS) or kind.endswith(("+xml", "+json", "/xml"))
    return is_text and len(body) >= _SMALLEST_CODED


def _length(size: int) -> bytes:
    return b"content-length: %d\r\n" % size


def _line(name: bytes, value: bytes) -> bytes:
    if _BREAKS.search(value):
        msg = f"the value of the header {name.decode('latin-1')} has a control character"
        raise ValueError(msg)
    return name + b": " + value + b"\r\n"


def _lines(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    return b"".join(_line(name, value) for name, value in headers)
