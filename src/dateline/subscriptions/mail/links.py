"""What is each recipient's own in a letter: signed keys and the names of single letters."""

import hmac
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import blake2b
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing

from dateline.standards.bounces.verp import Use, verp_address
from dateline.standards.bounces.verp import delivery_in as delivery_at

_MOST_DIGITS = 18
_SALT, _OWN_SALT = "dateline.letters", "dateline.letters.own"
_AT = "~"


CHOICES_FOR = timedelta(days=60)
"""How long a letter's link lets choose; it ends letters for ever."""
OWN_FOR = timedelta(days=1)
"""How long a link that was asked for, and sent to the address, shows and moves all that is kept."""


@dataclass(frozen=True, slots=True)
class Held:
    """What whoever holds a link may do: a letter is passed on, a link that was asked for is not.

    Shape: `is_sure` that it is the subscriber, who asked for the link a short time ago; whose link
        `is_old` may end letters and nothing else. `went_to` tells the address it was asked at from
        others.
    """

    token: str
    key: str
    is_sure: bool = False
    is_old: bool = False
    went_to: str = ""

    def at(self, mail: str) -> "Held":
        """Return what it is good for now that letters go to an address: less, if they moved."""
        return replace(self, is_sure=self.is_sure and self.went_to == _mark_of(mail))


def token_of(key: str) -> str:
    """Return a subscriber's key as it stands in the links of their letters."""
    return _signer(_SALT).sign(key)


def own_token_of(key: str, mail: str) -> str:
    """Return a subscriber's key as it stands in a link that they have asked for at an address."""
    return _signer(_OWN_SALT).sign(f"{key}{_AT}{_mark_of(mail)}")


def held_by(token: str) -> Held | None:
    """Return what a link of ours is good for, or None for anything else."""
    for salt in (_OWN_SALT, _SALT):
        signed = _signed(token, salt)
        if signed is not None:
            key, _, went_to = signed.partition(_AT)
            is_sure = salt == _OWN_SALT and _signed(token, salt, OWN_FOR) is not None
            is_old = _signed(token, salt, CHOICES_FOR) is None
            return Held(token, key, is_sure, is_old, went_to)
    return None


def _signed(token: str, salt: str, within: timedelta | None = None) -> str | None:
    try:
        return _signer(salt).unsign(token, max_age=within)
    except signing.BadSignature:
        return None


def _signer(salt: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=salt, sep=".")


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


def return_address(delivery: int, sender: str) -> str:
    """Return where a letter comes back to: the sender's own, where there is no mailbox for it."""
    mailbox = settings.DATELINE.bounce_mailbox
    return verp_address(mailbox, delivery, _secret()) if mailbox else sender


def leave_address(delivery: int) -> str:
    """Return where a mail ends what a letter is one of; empty where there is no mailbox for it."""
    mailbox = settings.DATELINE.bounce_mailbox
    return verp_address(mailbox, delivery, _secret(), Use.LEAVE) if mailbox else ""


def addressed(address: str, use: Use) -> int | None:
    """Return the number of the delivery that an address of ours was made for, or None."""
    mailbox = settings.DATELINE.bounce_mailbox
    return delivery_at(address, mailbox, _secret(), use) if mailbox else None


def opening_of(delivery: int) -> str:
    """Return the name, which nobody can guess, of the picture that tells a letter was opened."""
    return f"{delivery}.{_mark(delivery, 'opening')}"


def delivery_opened(name: str) -> int | None:
    """Return the number of the delivery whose picture has a name, or None."""
    number, _, mark = name.partition(".")
    if not (number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS):
        return None
    return int(number) if hmac.compare_digest(mark, _mark(int(number), "opening")) else None


def mail_host() -> str:
    """Return the host that stands in names of letters and lists: that of the site."""
    return urlsplit(settings.DATELINE.base_url).hostname or "localhost"


def _secret() -> bytes:
    return settings.SECRET_KEY.encode()


def _mark_of(mail: str) -> str:
    return blake2b(mail.encode(), key=_secret()[:64], digest_size=8).hexdigest()


def _mark(delivery: int, what: str = "delivery") -> str:
    said = f"{what} {delivery}".encode()
    return blake2b(said, key=_secret()[:64], digest_size=8).hexdigest()
