"""A page of a list is a walk along one index, also in a database nobody ever analysed."""

import pytest
from django.db import connection

from dateline.common import clock
from dateline.stories.actions import hold_story
from dateline.stories.models import Story
from dateline.stories.queries import (
    cards,
    merged,
    newest,
    newest_of_sections,
    stories_of_edition,
    stories_of_sections,
    topic_rows,
    walk_of_section,
)
from tests.factories import a_newsroom, a_published_story

pytestmark = pytest.mark.django_db
NOW = clock.now()
LISTS = {
    "edition": lambda room: stories_of_edition(room.edition, NOW),
    "section": lambda room: newest(cards(stories_of_sections([room.world.pk], NOW))),
    "before": lambda room: newest(
        cards(stories_of_sections([room.world.pk], NOW)), before=(NOW, 5)
    ),
    "kind": lambda room: newest(
        cards(stories_of_sections([room.world.pk], NOW).filter(kind="news"))
    ),
    "topic": lambda room: topic_rows(room.topic, NOW),
}


def walks_of(room, **place):
    numbers = [room.world.pk, room.culture.pk]
    return [walk_of_section(n, NOW, **place)[:25] for n in numbers]


@pytest.mark.parametrize(
    ("place", "index"),
    [
        ({}, "story_by_section"),
        ({"before": (NOW, 5)}, "story_by_section"),
        ({"kind": "news"}, "story_by_kind"),
    ],
)
def test_of_several_sections_each_walks_its_own_index(place, index):
    """What is sorted are the few stories each walk has found."""
    statement, values = merged(walks_of(a_newsroom(), **place), 25)
    plan = explained(statement, values)
    if connection.vendor == "sqlite":
        steps = [step for step in plan if "stories_story " in step]
        assert [step.split(" (")[0] for step in steps] == [
            f"SEARCH stories_story USING INDEX {index}"
        ] * 2
    else:
        assert "Merge Append" in plan[1]
        assert not [
            step for step in plan if "Sort  (" in step or "Seq Scan on stories_story" in step
        ]


def explained(statement, values):
    how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")  # a sort of no rows is as cheap
        cursor.execute(f"{how} {statement}", values)
        return [row[-1] for row in cursor.fetchall()]


@pytest.mark.parametrize("kind", ["", "news"])
def test_the_merged_list_is_the_sorted_one(kind):
    room = a_newsroom()
    numbers = [room.world.pk, room.culture.pk]
    for n in range(9):
        section = (room.world, room.culture)[n % 3 == 0]
        a_published_story(room, section=section, kind=("news", "feature")[n % 4 == 0])
    hold_story(by=None, story=a_published_story(room), why="Wait.")
    Story.objects.filter(pk__gt=4).update(published_at=NOW)
    stories = stories_of_sections(numbers, NOW)
    expected = list(newest(stories.filter(kind=kind) if kind else stories))
    got, before = [], None
    while len(got) < len(expected):
        got += newest_of_sections(numbers, NOW, limit=2, before=before, kind=kind)
        before = (got[-1].published_at, got[-1].pk)
    assert got == expected
    assert newest_of_sections(numbers, NOW, limit=2, before=before, kind=kind) == []


@pytest.mark.parametrize("name", LISTS)
def test_nothing_is_scanned_or_sorted(name):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of the table")
    plan = LISTS[name](a_newsroom())[:25].explain()
    assert ("SCAN" in plan, "TEMP B-TREE" in plan, "LIST SUBQUERY" in plan) == (False,) * 3, plan
