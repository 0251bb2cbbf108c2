from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.common import clock
from dateline.common.prepared import Prepared
from dateline.stories.models import Byline, Story
from dateline.stories.queries import older_in_section, story_for_reader, visible
from tests.factories import a_newsroom, a_published_story

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_a_prepared_query_finds_what_its_queryset_finds():
    room = a_newsroom()
    stories = [a_published_story(room, f"Talks fail in Brenn, day {day}") for day in range(3)]
    now = clock.now()
    prepared = Prepared(
        lambda number, now: visible(now).filter(pk=number), number=int, now=datetime
    )
    for story in stories:
        [found] = prepared.rows(number=story.pk, now=now)
        expected = visible(now).get(pk=story.pk)
        assert found == expected
        names = [field.attname for field in Story._meta.concrete_fields if field.name != "body"]
        assert [getattr(found, n) for n in names] == [getattr(expected, n) for n in names]
        assert list(found.body.raw_data) == list(expected.body.raw_data)
    assert prepared.rows(number=0, now=now) == []


def test_texts_are_values_too():
    story = a_published_story(a_newsroom(), "Talks fail in Brenn")
    prepared = Prepared(lambda slug: Story.objects.filter(slug=slug), slug=str)
    assert prepared.rows(slug=story.slug) == [story]
    assert prepared.rows(slug="' OR 1=1 --") == []


def test_related_objects_come_with_it():
    room = a_newsroom()
    story = a_published_story(room)
    prepared = Prepared(
        lambda story: Byline.objects.filter(story=story).select_related("person"), story=int
    )
    with CaptureQueriesContext(connection) as asked:
        assert [byline.person for byline in prepared.rows(story=story.pk)] == [room.person]
    assert len(asked) == 1


def test_a_value_that_does_not_reach_the_query_is_refused():
    prepared = Prepared(lambda number: Story.objects.filter(pk__gt=0), number=int)
    with pytest.raises(TypeError, match="does not hand on number"):
        prepared.rows(number=1)


def test_a_missing_value_is_refused():
    prepared = Prepared(lambda number: Story.objects.filter(pk=number), number=int)
    with pytest.raises(KeyError):
        prepared.rows()


def test_a_readers_story_comes_with_its_parts_in_three_queries():
    room = a_newsroom()
    story = a_published_story(room)
    with CaptureQueriesContext(connection) as asked:
        found = story_for_reader(story.pk, clock.now())
        assert [byline.person for byline in found.bylines.all()] == [room.person]
        assert [row.topic for row in found.story_topics.all()] == [room.topic]
    assert len(asked) == 3


def test_the_stories_before_one_stand_in_its_section_newest_first():
    room = a_newsroom()
    stories = [a_published_story(room, f"Day {day} of the talks in Brenn") for day in range(7)]
    older = older_in_section(stories[5], clock.now())
    assert older == [stories[4], stories[3], stories[2], stories[1]]
    assert {story.section for story in older} == {room.world}
