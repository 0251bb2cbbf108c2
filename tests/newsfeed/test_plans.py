"""A page of the newsfeed is a walk along its own index, also in a database nobody analysed."""

import pytest
from django.db import connection

from dateline.common import clock
from dateline.newsfeed.queries import announced
from dateline.newsfeed.rules import Filter
from tests.factories import a_newsroom, a_published_story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("before", [None, 9])
@pytest.mark.parametrize("by", ["nothing", "section", "kind", "topic", "language"])
def test_it_walks_the_index_of_announcements(before, by):
    room = a_newsroom()
    a_published_story(room)
    wanted = {
        "nothing": Filter(),
        "section": Filter(sections=(room.world.pk, room.culture.pk)),
        "kind": Filter(kind="news"),
        "topic": Filter(topic=room.topic.pk),
        "language": Filter(language="en"),
    }[by]
    stories = announced(room.edition, clock.now(), wanted=wanted, before=before)
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of its tables")
    plan = [line.strip() for line in stories[:30].explain().splitlines()]
    steps = [step for step in plan if "stories_story " in step]
    assert len(steps) == 1
    assert "USING INDEX story_by_announcement" in steps[0]
    assert not any("TEMP B-TREE" in step for step in plan)
