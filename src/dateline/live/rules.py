"""Rules of live coverage: values in, answer out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from dateline.live.enums import Deed, PostState
from dateline.live.errors import RunningOrderUnreadable

UNDO_WITHIN = timedelta(seconds=10)
AT_DESK_FOR = timedelta(seconds=30)
WRITING_FOR = timedelta(seconds=15)
"""How long after a screen last spoke somebody is said to be there, and to be writing."""
MOST_SUMMARY_POINTS = 10
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


class Right(StrEnum):
    """What somebody must be allowed for a deed, as the house's permissions name it."""

    WRITE = "live.add_livepost"
    PUBLISH = "live.publish_livepost"
    LEAD = "live.change_livestory"
    WRITE_STORIES = "stories.add_story"


_BY_WRITERS = frozenset({PostState.DRAFT, PostState.SUBMITTED})
_ALWAYS: Mapping[Deed, Right] = {
    Deed.WRITE: Right.WRITE,
    Deed.SUBMIT: Right.WRITE,
    **dict.fromkeys((Deed.PUBLISH, Deed.SCHEDULE, Deed.CORRECT, Deed.SUMMARISE), Right.PUBLISH),
    **dict.fromkeys((Deed.OPEN, Deed.CLOSE, Deed.REOPEN, Deed.MERGE, Deed.ARRANGE), Right.LEAD),
    Deed.PROMOTE: Right.WRITE_STORIES,
}


def right_for(deed: Deed, state: str = PostState.DRAFT) -> Right:
    """Return what a deed needs: who writes may change what is not out, and has no time set yet."""
    if deed in _ALWAYS:
        return _ALWAYS[deed]
    return Right.WRITE if state in _BY_WRITERS else Right.PUBLISH


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
    for read in look_at_running_order(text):
        if isinstance(read, RunningOrderUnreadable):
            raise read
        yield read


def look_at_running_order(text: str) -> Iterator[Due | RunningOrderUnreadable]:
    """Yield what each line of a running order means, or why it means nothing."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield _due(line.strip().lstrip("-*•").strip(), number)
            except RunningOrderUnreadable as error:
                yield error


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
