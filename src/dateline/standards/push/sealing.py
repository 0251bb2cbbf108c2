"""Sealing a message for one browser: RFC 8291 (keys) over RFC 8188 (aes128gcm, one record).

The push service in between can read neither the message nor what it is about.
"""

import os
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dateline.standards.base64url import from_base64url
from dateline.standards.errors import CopyError

CURVE = ec.SECP256R1()
RECORD_SIZE = 4096
MAX_BYTES = RECORD_SIZE - 86 - 17
"""Longest message: a record of 4,096 bytes less its head, its tag and its end mark."""
_LAST_RECORD = b"\x02"
_POINT_BYTES = 65
_AUTH_BYTES = 16


@dataclass(frozen=True, slots=True)
class BrowserKeys:
    """What a browser's subscription gives us: its public key and its shared secret, 16 bytes."""

    public: ec.EllipticCurvePublicKey
    auth: bytes

    @classmethod
    def of(cls, p256dh: str, auth: str) -> Self:
        """Read both as `PushSubscription.toJSON()` writes them.

        Raises:
            CopyError: `bad-key`: a text that is no base64url, or no such key.
        """
        try:
            point, secret = from_base64url(p256dh), from_base64url(auth)
            public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        except (ValueError, UnsupportedAlgorithm) as error:
            raise _bad_key("the browser's key is no point of P-256") from error
        if len(point) != _POINT_BYTES or len(secret) != _AUTH_BYTES:
            raise _bad_key("the browser's keys have another length")
        return cls(public, secret)


def seal(message: bytes, keys: BrowserKeys) -> bytes:
    """Return the body of a push request, which only the browser of those keys can open.

    Raises:
        CopyError: `too-large` for more than 3,993 bytes.
    """
    return seal_with(message, keys, ec.generate_private_key(CURVE), os.urandom(16))


def seal_with(
    message: bytes, keys: BrowserKeys, sender: ec.EllipticCurvePrivateKey, salt: bytes
) -> bytes:
    """Seal with a given key and salt. Either may be used once only; `seal` makes new ones.

    Raises:
        CopyError: `too-large` for more than 3,993 bytes.
    """
    if len(message) > MAX_BYTES:
        what = f"the message holds more than {MAX_BYTES} bytes"
        raise CopyError("too-large", what, cure="shorten it", where="the message")
    mine = point_of(sender.public_key())
    shared = sender.exchange(ec.ECDH(), keys.public)
    key, nonce = content_keys(shared, keys.auth, point_of(keys.public), mine, salt)
    record = AESGCM(key).encrypt(nonce, message + _LAST_RECORD, None)
    return salt + RECORD_SIZE.to_bytes(4, "big") + bytes([len(mine)]) + mine + record


def content_keys(
    shared: bytes, auth: bytes, browser: bytes, sender: bytes, salt: bytes
) -> tuple[bytes, bytes]:
    """Return key and nonce of the one record (RFC 8291, section 3.4); public keys as points."""
    secret = _hkdf(auth, shared, b"WebPush: info\x00" + browser + sender, 32)
    key = _hkdf(salt, secret, b"Content-Encoding: aes128gcm\x00", 16)
    return key, _hkdf(salt, secret, b"Content-Encoding: nonce\x00", 12)


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a public key as its uncompressed point, 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def _bad_key(what: str) -> CopyError:
    return CopyError("bad-key", what, cure="let the browser subscribe again", where="the keys")
