"""Where it is said."""

from dateline.moderation.reading import Case
from dateline.moderation.verdicts import Kind, Note, Reason


def pre_moderated(case: Case) -> Note | None:
    """Hold everything in a chat whose messages are looked at first."""
    if not case.facts.is_pre_moderated:
        return None
    return Note("pre-moderation", Kind.HOLD, Reason.PRE_MODERATED)
