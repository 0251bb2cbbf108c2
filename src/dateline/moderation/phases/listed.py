"""Words of the lists."""

from dateline.moderation.reading import Case
from dateline.moderation.verdicts import Kind, Note, Reason
from dateline.moderation.words import Sort


def banned(case: Case) -> Note | None:
    """Reject what holds a banned word."""
    return _note(case, Sort.BANNED, Kind.REJECT, Reason.BANNED_WORD)


def spam(case: Case) -> Note | None:
    """Hold what holds the words of those who sell something."""
    return _note(case, Sort.SPAM, Kind.HOLD, Reason.SPAM_WORDS)


def suspect(case: Case) -> Note | None:
    """Hold what holds a word that is mostly meant to hurt."""
    return _note(case, Sort.SUSPECT, Kind.HOLD, Reason.SUSPECT_WORD)


def _note(case: Case, sort: Sort, kind: Kind, reason: Reason) -> Note | None:
    found = tuple(hit.written for hit in case.hits if hit.sort is sort)
    return Note("words", kind, reason, found) if found else None
