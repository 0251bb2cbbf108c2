"""Codes sent by mail, by which somebody shows that an address is theirs.

What was sent is kept in the session of the browser that asked, as a digest, with the tries left. A
code is good for that browser alone, for a short time, and for a few tries.
"""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from dateline.common import clock

DIGITS = 8
GOOD_FOR = timedelta(minutes=15)
TRIES = 5
_KEPT = "dateline_code"


@dataclass(frozen=True, slots=True)
class SentCode:
    """A code that was sent: to which address, and what for."""

    mail: str
    purpose: str


def send_for(request: HttpRequest, sent: SentCode) -> str:
    """Make a code for an address, keep what is needed to know it again, and return it."""
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    request.session[_KEPT] = {
        "mail": sent.mail,
        "purpose": sent.purpose,
        "digest": _digest(sent, code),
        "until": (clock.now() + GOOD_FOR).isoformat(),
        "tries": TRIES,
    }
    return code


def waiting(request: HttpRequest, purpose: str) -> SentCode | None:
    """Return what was sent in this browser for a purpose and can still be answered, or None."""
    kept = request.session.get(_KEPT)
    if not kept or kept["purpose"] != purpose or not kept["tries"]:
        return None
    if datetime.fromisoformat(kept["until"]) <= clock.now():
        return None
    return SentCode(kept["mail"], purpose)


def answer(request: HttpRequest, sent: SentCode, typed: str) -> bool:
    """Use a try and say whether the code is right; a right one is good once."""
    kept = request.session[_KEPT]
    if constant_time_compare(kept["digest"], _digest(sent, digits_of(typed))):
        del request.session[_KEPT]
        return True
    request.session[_KEPT] = kept | {"tries": kept["tries"] - 1}
    return False


def digits_of(typed: str) -> str:
    """Return the digits in what was typed, of any script, without what stands between them."""
    values = (unicodedata.decimal(letter, None) for letter in typed)
    return "".join(str(value) for value in values if value is not None)


def _digest(sent: SentCode, code: str) -> str:
    text = "\n".join((sent.purpose, sent.mail, code))
    return salted_hmac("dateline.mail-code", text, algorithm="sha256").hexdigest()
