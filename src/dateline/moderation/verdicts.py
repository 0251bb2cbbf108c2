"""What becomes of a draft, which phase said so, and everything that was found in it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What becomes of a draft: out at once, out when a moderator says so, or not at all."""

    ACCEPT = "accept"
    HOLD = "hold"
    REJECT = "reject"


class Reason(StrEnum):
    """Why; the values are stored, the sentences for people belong to the doors."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    TOO_FAST = "too-fast"
    SAID_ALREADY = "said-already"
    SAID_BY_OTHERS = "said-by-others"
    BANNED_WORD = "banned-word"
    TOO_MANY_LINKS = "too-many-links"
    UNKNOWN_SITE = "unknown-site"
    SUSPECT_WORD = "suspect-word"
    SPAM_WORDS = "spam-words"
    SHOUTING = "shouting"
    AUTHOR_REJECTED = "author-rejected"
    FIRST_MESSAGES = "first-messages"
    NEIGHBOURHOOD = "neighbourhood"
    PRE_MODERATED = "pre-moderated"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Note:
    """What one phase found.

    Shape: `details` are what it was found in, as texts: words, links, numbers; the most telling
        first.
    """

    phase: str
    kind: Kind
    reason: Reason
    details: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the note as JSON values, to be kept with the message."""
        return {
            "phase": self.phase,
            "kind": self.kind.value,
            "reason": self.reason.value,
            "details": list(self.details),
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a draft; `phase` and `reason` are empty where nothing was found.

    Shape: `notes` holds all that was found, in the order of the phases; the first of them decided.
        `score` is the model's, 0 to 1, or None where no model was asked.
    """

    kind: Kind
    phase: str = ""
    reason: str = ""
    notes: tuple[Note, ...] = ()
    score: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return all that was found as JSON values, to be kept with the message."""
        score = None if self.score is None else round(self.score, 4)
        return {"notes": [note.as_json() for note in self.notes], "score": score}
