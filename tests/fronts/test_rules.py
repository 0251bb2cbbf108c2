from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.fronts.rules import (
    Candidate,
    FrontPlan,
    compose_front,
    compose_section,
    first_once,
    is_standing,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def news(number, *, urgency=5, picture=False, is_news=True, hours_old=0):
    published_at = NOON - timedelta(hours=hours_old)
    return Candidate(number, urgency, picture, published_at, is_news)


def test_an_empty_front_has_a_place_for_nothing():
    assert compose_front([]) == FrontPlan()


@pytest.mark.parametrize(
    ("stories", "lead", "seconds"),
    [
        ([news(1)], 1, ()),
        ([news(3), news(2), news(1)], 3, (2, 1)),
        ([news(3), news(2, urgency=2), news(1)], 2, (3, 1)),
        ([news(4), news(3, urgency=8), news(2, urgency=4), news(1, urgency=3)], 1, (4, 3)),
        ([news(4), news(3), news(2, picture=True), news(1, picture=True)], 4, (2, 1)),
        ([news(4), news(3), news(2), news(1, picture=True)], 4, (3, 1)),
        ([news(3, is_news=False), news(2), news(1)], 2, (1,)),
        ([news(3), news(2, urgency=1, hours_old=25)], 3, (2,)),
        ([news(3), news(2, urgency=1, hours_old=24)], 2, (3,)),
    ],
)
def test_the_most_urgent_leads_and_pictures_stand_beside(stories, lead, seconds):
    plan = compose_front(stories)
    assert (plan.lead, plan.seconds) == (lead, seconds)


def test_an_urgent_story_below_the_dozen_does_not_lead():
    stories = [news(number) for number in range(20, 7, -1)] + [news(1, urgency=1)]
    assert compose_front(stories).lead == 20


candidates = st.lists(
    st.builds(
        Candidate,
        number=st.integers(1, 99),
        urgency=st.integers(1, 8),
        has_picture=st.booleans(),
        published_at=st.just(NOON),
        is_news=st.booleans(),
    ),
    unique_by=lambda story: story.number,
    max_size=30,
)


@given(candidates)
def test_each_story_stands_once_and_the_river_keeps_the_order(stories):
    plan = compose_front(stories)
    placed = [*([plan.lead] if plan.lead else []), *plan.seconds, *plan.rail, *plan.river]
    assert sorted(placed) == sorted(story.number for story in stories)
    order = [story.number for story in stories]
    assert list(plan.river) == sorted(plan.river, key=order.index)


@given(
    candidates,
    st.dictionaries(
        st.sampled_from(["lead", "second", "rail", "river"]),
        st.lists(st.integers(1, 99), max_size=9),
    ),
)
def test_what_is_placed_stands_where_it_was_placed_and_nothing_twice(stories, placed):
    plan = compose_front(stories, placed)
    own = first_once(placed)
    assert ((plan.lead,) if own["lead"] else ()) == own["lead"]
    assert plan.seconds[: len(own["second"])] == own["second"]
    assert plan.rail[: len(own["rail"])] == own["rail"]
    assert plan.river[: len(own["river"])] == own["river"]
    shown = [*([plan.lead] if plan.lead else []), *plan.seconds, *plan.rail, *plan.river]
    assert len(shown) == len(set(shown))
    assert {story.number for story in stories} <= set(shown)
    assert len(plan.seconds) <= 2
    assert len(plan.rail) <= 7


def test_a_slot_fills_itself_where_nothing_is_placed():
    stories = [news(3), news(2), news(1)]
    assert compose_front(stories, {"second": [9]}) == FrontPlan(3, (9, 2), (), (1,))
    assert compose_front(stories, {"lead": [1]}) == FrontPlan(1, (3, 2), (), ())
    assert compose_front([], {"river": [7]}) == FrontPlan(None, (), (), (7,))


@pytest.mark.parametrize(
    ("starts", "ends", "stands"),
    [
        (None, None, True),
        (0, None, True),
        (1, None, False),
        (None, 0, False),
        (None, 1, True),
        (-2, -1, False),
        (-1, 1, True),
    ],
)
def test_a_placement_stands_from_its_start_until_its_end(starts, ends, stands):
    starts_at, ends_at = (
        None if hours is None else NOON + timedelta(hours=hours) for hours in (starts, ends)
    )
    assert is_standing(starts_at=starts_at, ends_at=ends_at, now=NOON) is stands


@pytest.mark.parametrize(
    ("placed", "plan"),
    [
        ({}, FrontPlan(3, (), (), (2, 1))),
        ({"lead": [1]}, FrontPlan(1, (), (), (3, 2))),
        ({"second": [3, 9]}, FrontPlan(2, (3, 9), (), (1,))),
        ({"river": [1]}, FrontPlan(1, (), (), (3, 2))),
        ({"lead": [9], "river": [1]}, FrontPlan(9, (), (), (1, 3, 2))),
    ],
)
def test_the_newest_leads_a_section_unless_another_is_placed(placed, plan):
    assert compose_section([3, 2, 1], placed) == plan


def test_an_empty_section_has_no_lead():
    assert compose_section([], {}) == FrontPlan()
