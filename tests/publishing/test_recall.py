"""The stream tells a reader who comes late nothing of a story that was taken back meanwhile."""

import json

import pytest

from dateline.journal.queries import head
from dateline.publishing.announce import _read
from dateline.reader.memo import memo
from dateline.stories.actions import hold_story, kill_story, lift_hold, set_embargo
from tests.factories import a_newsroom, a_published_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    memo._values.clear()
    yield a_newsroom()
    memo._values.clear()


def told_after(seq):
    told, until, _unreadable = _read(seq, 100)
    assert until == head()
    return [(one.event, json.loads(one.data)) for one in told]


@pytest.mark.parametrize(
    "take_back",
    [
        lambda story: kill_story(by=None, story=story, why="Wrong."),
        lambda story: story.unpublish(),
        lambda story: story.delete(),
        lambda story: hold_story(by=None, story=story, why="Wait."),
        lambda story: set_embargo(by=None, story=story, until=None),
    ],
    ids=["kill", "unpublish", "delete", "hold", "embargo"],
)
def test_of_a_story_taken_back_only_the_number_is_told(room, take_back):
    seq, story = head(), a_published_story(room, "A headline nobody may read")
    number = story.pk
    take_back(story)
    assert told_after(seq) == [
        ("story-published", {"story": number}),
        ("story-withdrawn", {"story": number}),
    ]


def test_a_story_that_came_back_is_told_of_again(room):
    seq, story = head(), a_published_story(room)
    lift_hold(by=None, hold=hold_story(by=None, story=story, why="Wait."))
    [_, _, (event, data)] = told_after(seq)
    assert (event, sorted(data)) == ("story-published", ["html", "row", "story", "urgency"])


def test_two_queries_more_however_many_stories(room, django_assert_num_queries):
    seq = head()
    for _ in range(3):
        a_published_story(room)
    told_after(seq)
    with django_assert_num_queries(5):
        told_after(seq)
