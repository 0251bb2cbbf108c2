"""Rules of live coverage: values in, answer out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from dateline.live.enums import Deed, PostState
from dateline.live.errors import RunningOrderUnreadable

UNDO_WITHIN = timedelta(seconds=10)
MOST_SUMMARY_POINTS = 10
KEY_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters of a post's key: none that is taken for another when read aloud."""
KEY_LENGTH = 8
KEY = rf"[{KEY_LETTERS}]{{{KEY_LENGTH}}}"
"""A post's key as a regular expression."""
HEADLINE_LENGTH = 255

UNDOABLE = frozenset(
    {Deed.PUBLISH, Deed.EDIT, Deed.CORRECT, Deed.DELETE, Deed.PIN, Deed.UNPIN}
    | {Deed.MARK, Deed.UNMARK}
)
_BEFORE_OUT = {
    Deed.SCHEDULE: PostState.SCHEDULED,
    Deed.PUBLISH: PostState.PUBLISHED,
    Deed.DELETE: PostState.DELETED,
}
_MARKS = (Deed.PIN, Deed.UNPIN, Deed.MARK, Deed.UNMARK)
MOVES: Mapping[PostState, Mapping[Deed, PostState]] = {
    PostState.DRAFT: {
        **_BEFORE_OUT,
        **dict.fromkeys((Deed.EDIT, *_MARKS, Deed.PROMOTE), PostState.DRAFT),
        Deed.SUBMIT: PostState.SUBMITTED,
    },
    PostState.SUBMITTED: {
        **_BEFORE_OUT,
        **dict.fromkeys((Deed.EDIT, *_MARKS, Deed.PROMOTE), PostState.SUBMITTED),
        Deed.RETURN: PostState.DRAFT,
    },
    PostState.SCHEDULED: {
        **_BEFORE_OUT,
        **dict.fromkeys((Deed.EDIT, *_MARKS, Deed.PROMOTE), PostState.SCHEDULED),
        Deed.RETURN: PostState.DRAFT,
        Deed.REFUSE: PostState.DRAFT,
    },
    PostState.PUBLISHED: {
        **dict.fromkeys((Deed.EDIT, Deed.CORRECT, *_MARKS, Deed.PROMOTE), PostState.PUBLISHED),
        Deed.DELETE: PostState.DELETED,
    },
    PostState.DELETED: {},
}
"""What may be done to a post in each state, and the state it leads to."""


def state_after(state: str, deed: Deed) -> PostState | None:
    """Return the state a post is in after a deed, or None where it may not be done."""
    return MOVES[PostState(state)].get(deed)


def may_undo(*, deed: str, done_at: datetime, now: datetime) -> bool:
    """Say whether a deed can still be undone; a clock set back does not lengthen its time."""
    return deed in UNDOABLE and abs(now - done_at) <= UNDO_WITHIN


@dataclass(frozen=True, slots=True)
class Due:
    """A line of a running order; without an hour it is written whenever it comes."""

    at: time | None
    text: str


_LINE = re.compile(r"(?:(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)\s*(?:[-–—:]\s*)?)?(?P<text>.*)")


def read_running_order(text: str) -> Iterator[Due]:
    """Yield the lines of a running order: `14:30 Council opens`, or words without an hour.

    Raises:
        RunningOrderUnreadable: an hour there is none of, or one with nothing after it.
    """
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield _due(line.strip().lstrip("-*•").strip(), number)


def _due(line: str, number: int) -> Due:
    found = _LINE.fullmatch(line)
    words = found["text"].strip() if found else ""
    if found is None or not words or len(words) > HEADLINE_LENGTH:
        raise RunningOrderUnreadable(line=number)
    if found["hour"] is None:
        return Due(None, words)
    try:
        return Due(time(int(found["hour"]), int(found["minute"])), words)
    except ValueError:
        raise RunningOrderUnreadable(line=number) from None
