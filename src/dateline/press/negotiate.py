"""What a reader's headers ask for: encoding, known versions, a piece of the page (RFC 9110)."""

import re
from functools import lru_cache

ENCODINGS = ("br", "gzip")
"""The content codings a page is pressed in, the preferred one first."""

_MEMBER = re.compile(
    r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*"
    r"(?:;[ \t]*[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?"
)
_ETAGS = re.compile(rb'(?:^|,)[ \t]*(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?=,|$)')
_RANGE = re.compile(rb"[Bb][Yy][Tt][Ee][Ss]=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*")


@lru_cache(maxsize=512)
def accepted(raw: bytes | None) -> tuple[str, ...]:
    """Return the encodings wanted by a raw Accept-Encoding value, best first, "identity" last.

    Order: by weight, then as in `ENCODINGS`; a coding weighted below identity is left out.
    Source: RFC 9110, 12.5.3. Where nothing is acceptable the page goes out uncoded, never a 406.
    """
    if raw is None or len(raw) > 1024:
        return ("identity",)
    weights = _weights(raw.decode("latin-1"))
    other, plain = weights.get("*", 0.0), weights.get("identity", 0.0)
    offers = [(weights.get(name, other), name) for name in ENCODINGS]
    offers.sort(key=lambda offer: -offer[0])
    return (*(name for weight, name in offers if weight > 0 and weight >= plain), "identity")


def _weights(text: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for part in text.split(","):
        found = _MEMBER.fullmatch(part.strip(" \t"))
        if found:
            name, weight = found.groups()
            weights[name.lower().removeprefix("x-")] = float(weight or 1)
    return weights


def knows(raw: bytes, etag: bytes) -> bool:
    """Say whether an If-None-Match value names this entity tag, by weak comparison."""
    return raw == etag or raw.strip(b" \t") == b"*" or _lists(raw, etag)


def _lists(raw: bytes, etag: bytes) -> bool:
    return len(raw) <= 4096 and etag in raw and etag in _ETAGS.findall(raw)


def piece(raw: bytes, size: int) -> tuple[int, int] | None:
    """Return the first byte and the end of the one range asked for, out of `size` bytes.

    An empty piece means that the range cannot be satisfied (416). None means that the header is
    to be ignored: another unit, several ranges or bad grammar.
    Source: RFC 9110, 14.1.2 and 14.2.
    """
    found = _RANGE.fullmatch(raw)
    if found is None or found.groups() == (b"", b""):
        return None
    first, last = found.groups()
    if not first:
        return max(0, size - int(last)), size
    if last and int(last) < int(first):
        return None
    start = min(int(first), size)
    return start, min(int(last) + 1, size) if last else size
