"""The pipeline: every phase in its order, the first that finds anything decides."""

from dateline.moderation.drafts import Draft, Facts, House
from dateline.moderation.phases import FOR_EVERYBODY, PHASES
from dateline.moderation.reading import Case
from dateline.moderation.verdicts import Kind, Verdict


def judge(draft: Draft, facts: Facts, house: House) -> Verdict:
    """Return what becomes of a draft, and everything that was found in it.

    After a rejection nothing more is looked for: nobody will see the message.
    """
    case, notes = Case(draft, facts, house), []
    for phase in FOR_EVERYBODY if facts.is_staff else PHASES:
        note = phase(case)
        if note is not None:
            notes.append(note)
            if note.kind is Kind.REJECT:
                break
    if not notes:
        return Verdict(Kind.ACCEPT, score=_score(case))
    first = notes[0]
    return Verdict(first.kind, first.phase, first.reason, tuple(notes), _score(case))


def _score(case: Case) -> float | None:
    """Return the model's score where it was asked; a rejected draft is not worth the asking."""
    return case.__dict__.get("score")
