"""A page of a list is a walk along one index, also in a database nobody ever analysed."""

import pytest
from django.db import connection

from dateline.common import clock
from dateline.stories.queries import (
    cards,
    newest,
    stories_of_edition,
    stories_of_sections,
    topic_rows,
)
from tests.factories import a_newsroom

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


@pytest.mark.parametrize("name", LISTS)
def test_nothing_is_scanned_or_sorted(name):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of the table")
    plan = LISTS[name](a_newsroom())[:25].explain()
    assert ("SCAN" in plan, "TEMP B-TREE" in plan, "LIST SUBQUERY" in plan) == (False,) * 3, plan
