from datetime import UTC, datetime

import pytest

from dateline.subscriptions.newsletter_rules import (
    CLIPPED_AT,
    MOST_STORIES,
    PartCopy,
    is_clipped,
    local_moments,
    moved,
    with_story,
    without,
)


@pytest.mark.parametrize(
    ("place", "step", "order"),
    [(0, 1, "bac"), (2, -1, "acb"), (0, -1, "abc"), (2, 1, "abc"), (5, 1, "abc")],
)
def test_rows_move_and_stop_at_the_ends(place, step, order):
    assert moved("abc", place, step) == tuple(order)


def test_rows_go():
    assert without("abc", 1) == ("a", "c")
    assert without("abc", 7) == tuple("abc")


def test_a_story_is_put_in_once_while_there_is_room():
    part = with_story(PartCopy(stories=(4,)), 5)
    assert (part.stories, with_story(part, 4)) == ((4, 5), part)
    full = PartCopy(stories=tuple(range(MOST_STORIES)))
    assert with_story(full, 99) == full


def test_an_hour_of_the_wall_is_another_moment_in_each_zone():
    assert local_moments("2026-12-01T07:00", ["Europe/Vienna", "Asia/Dubai"]) == {
        "Europe/Vienna": datetime(2026, 12, 1, 6, tzinfo=UTC),
        "Asia/Dubai": datetime(2026, 12, 1, 3, tzinfo=UTC),
    }


def test_bytes_are_counted_not_letters():
    assert not is_clipped("a" * CLIPPED_AT)
    assert is_clipped("я" * (CLIPPED_AT // 2 + 1))
