"""Bytes as addresses and headers carry them: base64url without padding (RFC 4648, section 5)."""

import base64
import binascii
import re

_LETTERS = re.compile(r"[A-Za-z0-9_-]*={0,2}")


def to_base64url(data: bytes) -> str:
    """Return bytes as text, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Return the bytes of a text, padded or not.

    Raises:
        ValueError: it holds another letter, or ends within a byte.
    """
    if not _LETTERS.fullmatch(text):
        raise ValueError("holds letters that are not base64url")
    bare = text.rstrip("=")
    try:
        return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except binascii.Error as error:
        raise ValueError("ends within a byte") from error
