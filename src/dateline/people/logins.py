"""How often somebody may try to log in: by the name they give, and by where they come from.

Tries are counted for names that exist and for names that do not, so a refusal tells nothing. A
browser from which a name has logged in before has a count of its own for that name: whoever guesses
at a name cannot keep its owner out.
"""

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from hashlib import blake2b
from math import ceil

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dateline.common import clock, house
from dateline.common.rates import Rate, RateFile

_SALT = "dateline.known-browser"
KNOWN_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Try:
    """One try: the name given, the address it comes from, and the browser's mark, if it has one."""

    name: str
    address: str
    mark: str = ""

    @property
    def counters(self) -> tuple[tuple[str, Rate], ...]:
        """Return what the try is counted on."""
        chosen = settings.DATELINE
        window = timedelta(minutes=chosen.login_window_minutes)
        own = Rate(chosen.login_tries_per_name, window)
        shared = Rate(chosen.login_tries_per_address, window)
        folded = _folded(self.name)
        who = f"browser {self.mark}" if is_known(self.mark, self.name) else f"name {folded}"
        return (f"login {who}", own), (f"login from {self.address}", shared)


def begin(tried: Try) -> timedelta:
    """Count a try before its password is looked at; return how long to wait if there were too many.

    Of many tries at the same moment no more get through than one after the other.
    """
    now, table = clock.now(), _table()
    taken: list[tuple[str, Rate]] = []
    for counter in tried.counters:
        wait = table.take(*counter, now)
        if wait:
            for name, rate in taken:
                table.give_back(name, rate, now)
            return wait
        taken.append(counter)
    return timedelta(0)


def succeeded(tried: Try) -> None:
    """Take back what a right password was counted as; other names' tries from there still count."""
    (own, _), (place, rate) = tried.counters
    table = _table()
    table.forget(own)
    table.give_back(place, rate, clock.now())


def too_many(wait: timedelta) -> str:
    """Say that there were too many tries and how long to wait, in words."""
    seconds = ceil(wait.total_seconds())
    if seconds < 90:
        time = ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    else:
        minutes = ceil(seconds / 60)
        time = ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    return _("There were too many tries. Wait %(time)s, then try again.") % {"time": time}


def mark_for(name: str) -> str:
    """Return the mark of a browser that has logged in by a name."""
    return signing.dumps(_digest(name), salt=_SALT)


def is_known(mark: str, name: str) -> bool:
    """Say whether a browser's mark is ours, not too old, and given for this name."""
    if not mark:
        return False
    try:
        return bool(signing.loads(mark, salt=_SALT, max_age=KNOWN_FOR) == _digest(name))
    except signing.BadSignature:
        return False


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _digest(name: str) -> str:
    return blake2b(_folded(name).encode(), digest_size=12).hexdigest()


@cache
def _table() -> RateFile:
    return RateFile(house.home() / "run" / "tries", secret=settings.SECRET_KEY)
