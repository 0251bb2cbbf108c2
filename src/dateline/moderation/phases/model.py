"""What the local model takes for something that moderators here reject."""

from dateline.moderation.reading import Case
from dateline.moderation.verdicts import Kind, Note, Reason

PHASE = "model"
LEAST_WORDS = 6
"""Shorter than this a message gives the model too little: harmless ones score as high as others."""


def suspicion(case: Case) -> Note | None:
    """Hold what the model scores above its threshold; it never rejects anything."""
    model = case.model
    if model is None or len(case.plain.split()) < LEAST_WORDS:
        return None
    if case.score is None or case.score < model.threshold:
        return None
    words = tuple(reason.words for reason in model.reasons(case.plain))
    return Note(PHASE, Kind.HOLD, Reason.MODEL, (f"{case.score:.0%}", *words))
