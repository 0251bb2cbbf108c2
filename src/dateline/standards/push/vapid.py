"""Saying who sends a push message: VAPID (RFC 8292), a signed token for each push service."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from dateline.standards.base64url import from_base64url, to_base64url
from dateline.standards.errors import CopyError
from dateline.standards.push.sealing import CURVE, point_of

TOKEN_LASTS = timedelta(hours=12)
"""Half of what a push service takes at most (section 2)."""
_KEY_BYTES = 32


def new_vapid_key() -> str:
    """Return a new private key as a text of 43 letters, to be kept for good.

    Browsers subscribe to its public half: with another key all of them are lost.
    """
    number = ec.generate_private_key(CURVE).private_numbers().private_value
    return to_base64url(number.to_bytes(_KEY_BYTES, "big"))


def vapid_key(text: str) -> ec.EllipticCurvePrivateKey:
    """Return the private key of a text.

    Raises:
        CopyError: `bad-key`: it is none.
    """
    try:
        data = from_base64url(text)
        if len(data) != _KEY_BYTES:
            raise ValueError("has another length")
        return ec.derive_private_key(int.from_bytes(data, "big"), CURVE)
    except ValueError as error:
        what = "it is no private key of P-256 in base64url"
        raise CopyError("bad-key", what, cure="generate one", where="the VAPID key") from error


def public_text(key: ec.EllipticCurvePrivateKey) -> str:
    """Return the public half as browsers take it for `applicationServerKey`."""
    return to_base64url(point_of(key.public_key()))


def vapid_header(
    key: ec.EllipticCurvePrivateKey, *, endpoint: str, contact: str, now: datetime
) -> str:
    """Return the Authorization header for one push service, good for twelve hours.

    It is the same for all endpoints of one origin. `contact` is a mailto: or https: address.
    """
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + TOKEN_LASTS).timestamp()),
        "sub": contact,
    }
    token = jwt.encode(claims, key, algorithm="ES256")
    return f"vapid t={token}, k={public_text(key)}"
