"""Signing letters (DKIM): whoever takes one can tell whose it is, and that nobody changed it.

Source: RFC 6376 (relaxed fields, relaxed body), RFC 8301 (which digests, how long a key is), RFC
    8463 (Ed25519), RFC 8058, section 4 (what one click needs signed).
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from textwrap import wrap

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from dateline.standards.errors import CopyError

SIGNED = (
    "from",
    "to",
    "cc",
    "reply-to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
)
"""Fields that a signature covers, each once more than there are: nobody adds another one."""
RSA_BITS = 2048
_LEAST_RSA_BITS = 1024
_CRLF = b"\r\n"
_FIELD_ENDS = re.compile(rb"\r\n(?![ \t])")
_VALUE = re.compile(rb"([;\s]b\s*=)[^;]*")
_IN_QUOTES = re.compile(r'"([^"]*)"')
_WIDTH = 74


class Kind(StrEnum):
    """By which arithmetic a key signs; every server knows the first, not yet all the second."""

    RSA = "rsa"
    ED25519 = "ed25519"


@dataclass(frozen=True, slots=True)
class DkimKey:
    """A private key, the domain it speaks for, and the name under which the DNS shows its half."""

    domain: str
    selector: str
    private: RSAPrivateKey | Ed25519PrivateKey

    @property
    def kind(self) -> Kind:
        """Return by which arithmetic it signs."""
        return Kind.RSA if isinstance(self.private, RSAPrivateKey) else Kind.ED25519

    @property
    def public(self) -> str:
        """Return its public half as the DNS shows it, in base64."""
        public = self.private.public_key()
        if isinstance(self.private, RSAPrivateKey):
            data = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        else:
            data = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return b64encode(data).decode()

    @property
    def name(self) -> str:
        """Return the name in the DNS under which its record stands."""
        return f"{self.selector}._domainkey.{self.domain}"

    @property
    def record(self) -> str:
        """Return what must stand there."""
        return f"v=DKIM1; k={self.kind}; p={self.public}"

    def sign(self, data: bytes) -> bytes:
        """Return the signature of some bytes."""
        if isinstance(self.private, RSAPrivateKey):
            return self.private.sign(data, PKCS1v15(), hashes.SHA256())
        return self.private.sign(sha256(data).digest())

    def has_signed(self, data: bytes, signature: bytes) -> bool:
        """Say whether it made a signature of some bytes."""
        try:
            if isinstance(self.private, RSAPrivateKey):
                self.private.public_key().verify(signature, data, PKCS1v15(), hashes.SHA256())
            else:
                self.private.public_key().verify(signature, sha256(data).digest())
        except InvalidSignature:
            return False
        return True


def new_key(kind: Kind) -> bytes:
    """Return a new private key, as PEM."""
    made = (
        generate_private_key(65537, RSA_BITS) if kind is Kind.RSA else Ed25519PrivateKey.generate()
    )
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def dkim_key(pem: bytes, *, domain: str, selector: str) -> DkimKey:
    """Return the key in a PEM file.

    Raises:
        CopyError: `bad-key`: it is none by which a letter can be signed, or is short, or locked.
    """
    try:
        found = load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _refused("it is no private key in PEM, or a locked one") from error
    if not isinstance(found, RSAPrivateKey | Ed25519PrivateKey):
        raise _refused("it is a key of neither RSA nor Ed25519")
    if isinstance(found, RSAPrivateKey) and found.key_size < _LEAST_RSA_BITS:
        raise _refused(f"its {found.key_size} bits are too few")
    return DkimKey(domain, selector, found)


def signed(letter: bytes, keys: Iterable[DkimKey], *, at: int) -> bytes:
    """Return a letter with a signature of each key before it.

    Shape: its lines end in CR LF, and no dot is doubled; `at` is the time, in seconds of the epoch.
    """
    head, _, body = letter.partition(_CRLF * 2)
    fields = _fields(head)
    there = [name for name, _ in fields]
    names = tuple(name for name in SIGNED for _ in range(there.count(name) + 1))
    digest = _body_digest(body)
    covered = _covered(fields, names)
    return b"".join(_signature(key, names, digest, covered, at) for key in keys) + letter


def has_held(letter: bytes, key: DkimKey) -> bool | None:
    """Say whether a letter that arrived is as a key of ours signed it; None if that did not.

    Shape: its lines may end either way, as mail programs save them.
    """
    head, _, body = re.sub(rb"\r?\n", _CRLF, letter).partition(_CRLF * 2)
    fields = _fields(head)
    for name, raw in fields:
        tags = tags_of(raw.partition(b":")[2].decode("latin-1"))
        if name == "dkim-signature" and (tags.get("d"), tags.get("s")) == (
            key.domain,
            key.selector,
        ):
            return _holds(key, tags, raw, fields, body)
    return None


def _holds(key: DkimKey, tags: dict[str, str], raw: bytes, fields: "_Fields", body: bytes) -> bool:
    names = tags.get("h", "").lower().split(":")
    data = _covered(fields, names) + _relaxed(_VALUE.sub(rb"\1", raw))
    try:
        signature = b64decode(tags.get("b", ""))
    except ValueError:
        return False
    return tags.get("bh", "").encode() == _body_digest(body) and key.has_signed(data, signature)


def tags_of(text: str) -> dict[str, str]:
    """Return the tags of a signature or a record, without the spaces in their values."""
    pairs = (tag.partition("=") for tag in text.split(";"))
    return {name.strip(): re.sub(r"\s", "", value) for name, _, value in pairs}


def public_in(record: str) -> str:
    """Return the public half in a record as it stands in the DNS; empty where there is none.

    Shape: its strings alone, or a line of a zone or of `dig` with its strings in quotes.
    """
    return tags_of("".join(_IN_QUOTES.findall(record)) or record).get("p", "")


_Fields = Sequence[tuple[str, bytes]]


def _fields(head: bytes) -> _Fields:
    """Return the fields of a head, in their order: names in lower case, and each as it stands."""
    found = []
    for raw in _FIELD_ENDS.split(head):
        name, mark, _ = raw.partition(b":")
        if mark:
            found.append((name.strip().lower().decode("latin-1"), raw))
    return found


def _covered(fields: _Fields, names: Iterable[str]) -> bytes:
    """Return the fields of some names: of several the last, then the one before it, then none."""
    left: dict[str, list[bytes]] = {}
    for name, raw in fields:
        left.setdefault(name, []).append(raw)
    return b"".join(
        _relaxed(left[name].pop()) + _CRLF for name in map(str.strip, names) if left.get(name)
    )


def _signature(key: DkimKey, names: Sequence[str], digest: bytes, covered: bytes, at: int) -> bytes:
    begin, covers = _constant(key, names)
    field = b"%s t=%d;\r\n %s;\r\n bh=%s;\r\n b=" % (begin, at, covers, digest)
    made = b64encode(key.sign(covered + _relaxed(field)))
    lines = (made[n : n + _WIDTH] for n in range(0, len(made), _WIDTH))
    return field + b"\r\n ".join(lines) + _CRLF


@lru_cache(maxsize=64)
def _constant(key: DkimKey, names: Sequence[str]) -> tuple[bytes, bytes]:
    """Return what all letters of one form have alike in their signatures."""
    begin = f"DKIM-Signature: v=1; a={key.kind}-sha256; c=relaxed/relaxed;"
    whose = f"\r\n d={key.domain}; s={key.selector};"
    covers = "\r\n ".join(wrap("h=" + " : ".join(names), _WIDTH))
    return f"{begin}{whose}".encode(), covers.encode()


def _relaxed(field: bytes) -> bytes:
    """Return a field as it is signed, whatever servers do to its spaces (section 3.4.2)."""
    name, _, value = field.partition(b":")
    return name.strip().lower() + b":" + b" ".join(value.split())


def _body_digest(body: bytes) -> bytes:
    return b64encode(sha256(relaxed_body(body)).digest())


def relaxed_body(body: bytes) -> bytes:
    """Return a body as it is signed: no spaces at ends of lines, one elsewhere (section 3.4.4)."""
    even = body.replace(b"\t", b" ")
    while b"  " in even:  # Each round halves the longest: faster than a pattern by far.
        even = even.replace(b"  ", b" ")
    even = even.replace(b" \r\n", _CRLF).rstrip(b" \r\n")
    return even + _CRLF if even else b""


def _refused(what: str) -> CopyError:
    return CopyError("bad-key", what, cure="make one with `dateline dkim`", where="the key")
