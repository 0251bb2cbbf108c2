"""The same again, and too much at once."""

from dateline.moderation.reading import Case
from dateline.moderation.verdicts import Kind, Note, Reason

_SHORT = 12
"""Letters below which two people may well say the same: thanks, I agree, well said."""


def flood(case: Case) -> Note | None:
    """Reject one message more than the house takes from somebody in its window."""
    if case.draft.is_edit:
        return None
    window = case.house.flood_window
    lately = sum(said.ago < window for said in case.facts.recent)
    if lately < case.house.flood_messages:
        return None
    return Note("flood", Kind.REJECT, Reason.TOO_FAST, (str(lately), f"{window.total_seconds():g}"))


def repeated(case: Case) -> Note | None:
    """Reject what the author has said in the same words a while ago; thanks may be said again."""
    if case.draft.is_edit or not case.fingerprint:
        return None
    recent = case.facts.recent[:1] if _is_short(case) else case.facts.recent
    same = (said for said in recent if said.fingerprint == case.fingerprint)
    if any(said.ago < case.house.repeat_window for said in same):
        return Note("repeats", Kind.REJECT, Reason.SAID_ALREADY)
    return None


def said_by_others(case: Case) -> Note | None:
    """Hold what several others have said in the same words: a campaign, or a copied text."""
    count = case.facts.same_by_others
    if count < case.house.same_by_others or _is_short(case):
        return None
    return Note("repeats", Kind.HOLD, Reason.SAID_BY_OTHERS, (str(count),))


def _is_short(case: Case) -> bool:
    return len(case.plain.strip()) < _SHORT
