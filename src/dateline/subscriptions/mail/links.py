"""What is each recipient's own in a letter: signed keys and the names of single letters."""

import hmac
from hashlib import blake2b
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing

_SALT = "dateline.letters"


def token_of(key: str) -> str:
    """Return a subscriber's key as it stands in the links of their letters."""
    return signing.Signer(salt=_SALT, sep=".").sign(key)


def key_in(token: str) -> str | None:
    """Return the key in a link of ours, or None for anything else."""
    try:
        return signing.Signer(salt=_SALT, sep=".").unsign(token)
    except signing.BadSignature:
        return None


def message_id(delivery: int) -> str:
    """Return the Message-ID of a delivery, the same whenever it is sent."""
    return f"<{delivery}.{_mark(delivery)}@{mail_host()}>"


def delivery_in(message: str) -> int | None:
    """Return the number of the delivery that a Message-ID of ours names, or None."""
    number, _, rest = message.strip().strip("<>").partition(".")
    mark, _, host = rest.partition("@")
    if host != mail_host() or not (number.isascii() and number.isdecimal()):
        return None
    return int(number) if hmac.compare_digest(mark, _mark(int(number))) else None


def mail_host() -> str:
    """Return the host that stands in names of letters and lists: that of the site."""
    return urlsplit(settings.DATELINE.base_url).hostname or "localhost"


def _mark(delivery: int) -> str:
    key = settings.SECRET_KEY.encode()[:64]
    return blake2b(f"delivery {delivery}".encode(), key=key, digest_size=8).hexdigest()
