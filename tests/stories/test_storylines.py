"""A story's storyline: part of its versions, told of in its entries, and what stands around it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.common import clock
from dateline.journal.queries import head, replay
from dateline.stories.actions import (
    hold_story,
    kill_story,
    lift_hold,
    publish_story,
    set_embargo,
    write_story,
)
from dateline.stories.around_queries import stories_around
from dateline.stories.models import Story, Version
from dateline.stories.queries import has_told, story_for_reader
from dateline.topics.actions import delete_storyline, save_edition, save_section
from dateline.topics.models import Edition, Section
from tests.factories import a_draft, a_newsroom, a_published_story, a_story, a_storyline

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_newsroom()


@pytest.fixture
def storyline(room):
    return a_storyline(room)


def keys_after(seq):
    return {key for recorded in replay(seq) for key in recorded.keys}


def republish(story, room, **fields):
    draft = a_draft(room, story.headline, **fields)
    return publish_story(by=None, story=write_story(by=None, draft=draft, story=story))


def around(story):
    found = stories_around(story_for_reader(story.pk, clock.now()), clock.now())
    return [one.headline for one in found.earlier], [one.headline for one in found.later]


def test_a_draft_that_leaves_a_storyline_does_so_when_it_is_published(room, storyline):
    story = a_published_story(room, storyline=storyline)
    draft = write_story(by=None, draft=a_draft(room, storyline=None), story=story)
    assert Story.objects.get().storyline == storyline
    publish_story(by=None, story=draft)
    assert Story.objects.get().storyline is None
    contents = Version.objects.order_by("number").values_list("content", flat=True)
    assert [content["storyline"] for content in contents] == [storyline.pk, None]


def test_a_draft_of_a_storyline_that_was_removed_belongs_to_none(room, storyline):
    story = a_story(room, storyline=storyline)
    delete_storyline(by=None, storyline=storyline)
    publish_story(by=None, story=Story.objects.get(pk=story.pk))
    assert Story.objects.get().storyline is None


def test_a_storyline_of_another_edition_is_refused(room, storyline):
    edition = Edition(code="ru", name="Meridian", agency="M", language="ru")
    russian = save_edition(by=None, edition=edition)
    section = save_section(by=None, section=Section(edition=russian, name="Мир", slug="mir"))
    with pytest.raises(ValidationError) as refused:
        a_story(room, section=section, storyline=storyline)
    assert list(refused.value.message_dict) == ["storyline"]


def test_the_newest_rings_the_storyline_and_not_what_is_past(room, storyline):
    seq, own = head(), f"storyline:{storyline.pk}"
    story = a_published_story(room, storyline=storyline)
    assert own in keys_after(seq)
    republish(story, room, storyline=storyline)
    assert f"{own}:past" not in keys_after(seq)


def test_joining_later_or_coming_back_rings_what_is_past_too(room, storyline):
    own = f"storyline:{storyline.pk}:past"
    old = a_published_story(room)
    a_published_story(room, storyline=storyline)
    seq = head()
    republish(old, room, storyline=storyline)
    assert own in keys_after(seq)
    hold = hold_story(by=None, story=old, why="checking")
    seq = head()
    lift_hold(by=None, hold=hold)
    assert own in keys_after(seq)


def test_one_that_was_published_elsewhere_before_rings_what_is_past(room, storyline):
    a_published_story(room, section=room.culture, storyline=storyline)
    seq = head()
    story = a_story(room, storyline=storyline)
    Story.objects.filter(pk=story.pk).update(published_at=clock.now() - timedelta(days=9))
    publish_story(by=None, story=Story.objects.get(pk=story.pk))
    assert f"storyline:{storyline.pk}:past" in keys_after(seq)


def test_what_readers_may_not_see_rings_nothing_of_its_storyline(room, storyline):
    story = a_story(room, storyline=storyline)
    set_embargo(by=None, story=story, until=None)
    seq = head()
    publish_story(by=None, story=story)
    assert keys_after(seq) == {f"story:{story.pk}"}
    assert not has_told(storyline)


def test_around_a_story_stand_the_two_before_it_and_the_next(room, storyline):
    told = [
        a_published_story(room, f"Day {n}", storyline=storyline, section=section)
        for n, section in enumerate((room.world, room.culture) * 3)
    ]
    a_published_story(room, "Of no storyline")
    assert around(told[0]) == ([], ["Day 1"])
    assert around(told[3]) == (["Day 1", "Day 2"], ["Day 4"])
    assert around(told[5]) == (["Day 3", "Day 4"], [])


def test_what_stands_before_it_in_its_section_is_the_same_with_a_storyline(room, storyline):
    for n in range(7):
        line = storyline if n % 2 else None
        a_published_story(room, f"Day {n}", storyline=line)
    story = Story.objects.get(headline="Day 5")
    with_one = stories_around(story, clock.now())
    story.storyline = None
    assert with_one.older == stories_around(story, clock.now()).older
    assert [one.headline for one in with_one.older] == ["Day 4", "Day 3", "Day 2", "Day 1"]
    assert {one.section for one in with_one.older} == {room.world}


def test_what_is_kept_or_killed_is_not_around(room, storyline):
    told = [a_published_story(room, f"Day {n}", storyline=storyline) for n in range(4)]
    kill_story(by=None, story=told[1], why="wrong")
    set_embargo(by=None, story=told[3], until=clock.now() + timedelta(hours=1))
    assert around(told[2]) == (["Day 0"], [])
    assert around(told[0]) == ([], ["Day 2"])


def test_it_is_one_question_in_the_indexes(room, storyline):
    story = a_published_story(room, storyline=storyline)
    stories_around(story, clock.now())
    with CaptureQueriesContext(connection) as asked:
        stories_around(story, clock.now())
    assert len(asked) == 1
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
            plan = "\n".join(row[3] for row in cursor.fetchall())
        assert "SCAN stories" not in plan
        assert "TEMP B-TREE" not in plan
        assert plan.count("story_by_storyline") == 2


def test_a_readers_story_knows_its_storyline_without_another_question(room, storyline):
    story = a_published_story(room, storyline=storyline)
    found = story_for_reader(story.pk, clock.now())
    with CaptureQueriesContext(connection) as asked:
        assert found.storyline == storyline
    assert len(asked) == 0
