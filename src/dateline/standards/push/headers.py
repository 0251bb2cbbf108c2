"""What a push request's headers say, and what its answer means (RFC 8030)."""

import hashlib
from datetime import timedelta
from enum import Enum, StrEnum

from dateline.standards.base64url import to_base64url

_TOPIC_BYTES = 24
_GONE = frozenset({404, 410})
_LATER = frozenset({408, 425, 429})


class Urgency(StrEnum):
    """How much a message may cost a battery (section 5.3)."""

    VERY_LOW = "very-low"
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Outcome(Enum):
    """What became of a push request."""

    TAKEN = "taken"
    GONE = "gone"
    LATER = "later"
    REFUSED = "refused"


def push_headers(
    *, authorization: str, lasts: timedelta, urgency: Urgency, about: str = ""
) -> dict[str, str]:
    """Return the headers of a push request.

    Of two messages `about` the same thing the push service keeps the last alone (section 5.4); what
    the words are it does not learn.
    """
    headers = {
        "Authorization": authorization,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(0, int(lasts.total_seconds()))),
        "Urgency": urgency.value,
    }
    if about:
        headers["Topic"] = topic_of(about)
    return headers


def topic_of(about: str) -> str:
    """Return a Topic: 32 letters of base64url, the same for the same words."""
    return to_base64url(hashlib.sha256(about.encode()).digest()[:_TOPIC_BYTES])


def outcome_of(status: int) -> Outcome:
    """Say what an answer's status means for the message and for the browser's endpoint."""
    if 200 <= status < 300:
        return Outcome.TAKEN
    if status in _GONE:
        return Outcome.GONE
    return Outcome.LATER if status in _LATER or status >= 500 else Outcome.REFUSED
