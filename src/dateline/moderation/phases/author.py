"""Who writes: what became of their messages so far, and where they come from."""

from dateline.moderation.reading import Case
from dateline.moderation.verdicts import Kind, Note, Reason

_LEAST_REJECTED = 3


def history(case: Case) -> Note | None:
    """Hold the messages of those of whom much was rejected."""
    accepted, rejected = case.facts.accepted, case.facts.rejected
    if rejected < _LEAST_REJECTED:
        return None
    if rejected < case.house.rejected_share * (accepted + rejected):
        return None
    told = (str(rejected), str(accepted + rejected))
    return Note("author", Kind.HOLD, Reason.AUTHOR_REJECTED, told)


def neighbourhood(case: Case) -> Note | None:
    """Hold a newcomer's message from where banned accounts came lately."""
    if not case.is_newcomer or not case.facts.banned_neighbours:
        return None
    told = (str(case.facts.banned_neighbours),)
    return Note("neighbourhood", Kind.HOLD, Reason.NEIGHBOURHOOD, told)


def first_messages(case: Case) -> Note | None:
    """Hold the first messages of everybody, where the house says so."""
    if case.facts.accepted >= case.house.first_held:
        return None
    return Note("author", Kind.HOLD, Reason.FIRST_MESSAGES, (str(case.house.first_held),))
