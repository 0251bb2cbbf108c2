"""Rules of trying two subjects: values in, answer out."""

from dataclasses import dataclass
from hashlib import blake2b
from math import erfc, sqrt

from dateline.subscriptions.enums import Variant, Verdict

USUAL_SHARE, LEAST_SHARE, MOST_SHARE = 20, 2, 50
"""Percent of the recipients that a trial goes to, half with either subject."""
USUAL_HOURS, MOST_HOURS = 2, 48
LEAST_OPENED = 10
"""Letters that must have been opened until anything is made of it."""
_PLACES = 1000
_CHANCE = 0.05
_LEAST_EXPECTED = 5.0


@dataclass(frozen=True, slots=True)
class Figures:
    """How a subject did: letters sent with it, and how many of these were opened."""

    sent: int = 0
    opened: int = 0

    @property
    def rate(self) -> float:
        """Return the part that was opened, from 0 to 1."""
        return self.opened / self.sent if self.sent else 0.0

    @property
    def percent(self) -> float:
        """Return the same in percent."""
        return 100 * self.rate


def drawn(key: str, subscriber: int, share: int) -> Variant | None:
    """Return which subject is tried on a subscriber, or None for one of the rest.

    The same whoever asks and whenever: a crash, or a second runner, draws no other.
    """
    digest = blake2b(f"{key} {subscriber}".encode(), digest_size=8).digest()
    place = int.from_bytes(digest, "big") % _PLACES
    if place >= share * _PLACES // 100:
        return None
    return Variant.SECOND if place % 2 else Variant.FIRST


def judged(first: Figures, second: Figures) -> tuple[Variant, Verdict]:
    """Return which subject goes to the rest, and why."""
    if first.opened + second.opened < LEAST_OPENED:
        return Variant.FIRST, Verdict.FEW
    if first.rate == second.rate:
        return Variant.FIRST, Verdict.TIE
    return (Variant.SECOND if second.rate > first.rate else Variant.FIRST), Verdict.MORE


def is_telling(first: Figures, second: Figures) -> bool:
    """Say whether chance alone would seldom make such a difference: once in twenty trials.

    Two proportions, two-sided, with the normal approximation where it holds: at least five letters
    of each subject expected to be opened, and as many not to be.

    Source: any textbook of statistics, such as Agresti, Categorical Data Analysis, 3.1.
    """
    if not first.sent or not second.sent:
        return False
    pooled = (first.opened + second.opened) / (first.sent + second.sent)
    fewest = min(first.sent, second.sent) * min(pooled, 1 - pooled)
    if fewest < _LEAST_EXPECTED:
        return False
    spread = sqrt(pooled * (1 - pooled) * (1 / first.sent + 1 / second.sent))
    return erfc(abs(first.rate - second.rate) / spread / sqrt(2)) < _CHANCE
