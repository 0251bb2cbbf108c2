"""What may be done to a post, cell by cell."""

from datetime import UTC, datetime, time, timedelta

import pytest

from dateline.live.enums import Deed, PostState
from dateline.live.errors import RunningOrderUnreadable
from dateline.live.rules import (
    Due,
    Right,
    look_at_running_order,
    may_undo,
    read_running_order,
    right_for,
    state_after,
)

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
D, W, S, P, X = (
    PostState.DRAFT,
    PostState.SUBMITTED,
    PostState.SCHEDULED,
    PostState.PUBLISHED,
    PostState.DELETED,
)
MOVES = {
    Deed.EDIT: (D, W, S, P, None),
    Deed.SUBMIT: (W, None, None, None, None),
    Deed.RETURN: (None, D, D, None, None),
    Deed.SCHEDULE: (S, S, S, None, None),
    Deed.REFUSE: (None, None, D, None, None),
    Deed.PUBLISH: (P, P, P, None, None),
    Deed.CORRECT: (None, None, None, P, None),
    Deed.PIN: (D, W, S, P, None),
    Deed.UNPIN: (D, W, S, P, None),
    Deed.MARK: (D, W, S, P, None),
    Deed.UNMARK: (D, W, S, P, None),
    Deed.PROMOTE: (D, W, S, P, None),
    Deed.DELETE: (X, X, X, X, None),
}


@pytest.mark.parametrize("deed", MOVES)
def test_each_deed_in_each_state(deed):
    assert tuple(state_after(state, deed) for state in (D, W, S, P, X)) == MOVES[deed]


@pytest.mark.parametrize(
    ("deed", "seconds", "may"),
    [
        (Deed.PUBLISH, 9, True),
        (Deed.PUBLISH, 11, False),
        (Deed.DELETE, 10, True),
        (Deed.PUBLISH, -11, False),
        (Deed.SUBMIT, 1, False),
    ],
)
def test_ten_seconds_to_undo(deed, seconds, may):
    assert may_undo(deed=deed, done_at=NOW, now=NOW + timedelta(seconds=seconds)) is may


def test_a_running_order_is_read_line_by_line():
    text = "14:30 Council opens\n\n- 9.05 – Arrivals\n15h10: Vote\nDoors close\n2026 is over\n"
    assert list(read_running_order(text)) == [
        Due(time(14, 30), "Council opens"),
        Due(time(9, 5), "Arrivals"),
        Due(time(15, 10), "Vote"),
        Due(None, "Doors close"),
        Due(None, "2026 is over"),
    ]


@pytest.mark.parametrize("text", ["14:30", "ok\n25:10 Council opens", "x" * 300])
def test_a_line_that_cannot_be_read_is_named(text):
    with pytest.raises(RunningOrderUnreadable) as refused:
        list(read_running_order(text))
    assert refused.value.data == {"line": len(text.splitlines())}


def test_each_line_of_a_running_order_is_looked_at():
    [opens, unread, vote] = look_at_running_order("9:00 Opens\n25:00 Never\n\nVote")
    assert (opens, vote) == (Due(time(9), "Opens"), Due(None, "Vote"))
    assert str(unread).startswith("Line 2 cannot be read")


@pytest.mark.parametrize(
    ("deed", "rights"),
    [
        (Deed.WRITE, (Right.WRITE,) * 4),
        (Deed.SUBMIT, (Right.WRITE,) * 4),
        (Deed.EDIT, (Right.WRITE, Right.WRITE, Right.PUBLISH, Right.PUBLISH)),
        (Deed.DELETE, (Right.WRITE, Right.WRITE, Right.PUBLISH, Right.PUBLISH)),
        (Deed.PIN, (Right.WRITE, Right.WRITE, Right.PUBLISH, Right.PUBLISH)),
        (Deed.RETURN, (Right.WRITE, Right.WRITE, Right.PUBLISH, Right.PUBLISH)),
        (Deed.PUBLISH, (Right.PUBLISH,) * 4),
        (Deed.CORRECT, (Right.PUBLISH,) * 4),
        (Deed.PROMOTE, (Right.WRITE_STORIES,) * 4),
        (Deed.CLOSE, (Right.LEAD,) * 4),
    ],
)
def test_what_each_deed_needs_in_each_state(deed, rights):
    assert tuple(right_for(deed, state) for state in (D, W, S, P)) == rights
