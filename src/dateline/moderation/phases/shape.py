"""How long a message is, and how loud."""

from dateline.moderation.reading import Case
from dateline.moderation.verdicts import Kind, Note, Reason

_LEAST_LETTERS = 24
_LOUD_SHARE = 0.7


def length(case: Case) -> Note | None:
    """Reject what says nothing, and what is longer than the house allows."""
    text = case.draft.text.strip()
    if not any(one.isalnum() for one in text) and not _is_sign(text):
        return Note("length", Kind.REJECT, Reason.EMPTY)
    if len(text) > case.house.most_letters:
        told = (str(len(text)), str(case.house.most_letters))
        return Note("length", Kind.REJECT, Reason.TOO_LONG, told)
    return None


def _is_sign(text: str) -> bool:
    """Say whether a text without letters still says something: an emoji does, dots do not."""
    return any(ord(one) >= 0x2190 for one in text)


def capitals(case: Case) -> Note | None:
    """Hold what is written in capitals from end to end."""
    text = case.draft.text
    loud, quiet = sum(map(str.isupper, text)), sum(map(str.islower, text))
    if loud + quiet < _LEAST_LETTERS or loud < _LOUD_SHARE * (loud + quiet):
        return None
    return Note("capitals", Kind.HOLD, Reason.SHOUTING, (f"{loud / (loud + quiet):.0%}",))
