"""A story stands in the newsfeed under the number of the entry that told readers of it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.common import clock
from dateline.journal.queries import head, replay
from dateline.stories import actions
from dateline.stories.models import Story
from tests.factories import a_draft, a_newsroom, a_published_story, a_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_newsroom()


def number(story):
    return Story.objects.get(pk=story.pk).announced_as


def told_last(story):
    """Return the number of the last entry that published a story."""
    entries = [one for one in replay(0) if one.entry.subject == f"story:{story.pk}"]
    return [one.seq for one in entries if one.entry.kind == "story-published"][-1]


def test_it_is_the_number_of_the_entry_that_published_it(room):
    story = a_story(room)
    assert number(story) is None
    actions.publish_story(by=None, story=story)
    assert number(story) == told_last(story) == head()


def test_an_update_and_a_correction_leave_it_where_it_is(room):
    story = a_published_story(room)
    at = number(story)
    actions.publish_story(by=None, story=story)
    actions.correct_story(by=None, story=story, text="Not so.")
    draft = a_draft(room, section=room.culture)
    actions.publish_story(by=None, story=actions.write_story(by=None, draft=draft, story=story))
    assert head() > at == number(story)


@pytest.mark.parametrize("way", ["hold", "embargo", "unpublish", "kill"])
def test_what_readers_do_not_see_has_none_and_comes_back_with_a_new_one(room, way):
    story = a_published_story(room)
    first = number(story)
    back = {"hold": _hold, "embargo": _embargo, "unpublish": _unpublish, "kill": _kill}[way](story)
    assert number(story) is None
    back()
    assert number(story) == told_last(story) > first


def _hold(story):
    hold = actions.hold_story(by=None, story=story, why="Check.")
    return lambda: actions.lift_hold(by=None, hold=hold)


def _embargo(story):
    until = clock.now() + timedelta(hours=1)
    embargo = actions.set_embargo(by=None, story=story, until=until)
    return lambda: actions.release_embargo(by=None, embargo=embargo)


def _unpublish(story):
    Story.objects.get(pk=story.pk).unpublish()
    return lambda: actions.publish_story(by=None, story=story)


def _kill(story):
    actions.kill_story(by=None, story=story, why="Wrong.")

    def back():
        actions.lift_kill(by=None, story=story)
        actions.publish_story(by=None, story=story)

    return back


def test_one_that_an_embargo_keeps_gets_it_at_its_release(room):
    story = a_story(room)
    embargo = actions.set_embargo(by=None, story=story, until=None)
    actions.publish_story(by=None, story=story)
    assert number(story) is None
    actions.release_embargo(by=None, embargo=embargo)
    assert number(story) == told_last(story)


@pytest.mark.parametrize("quiet", [True, False])
def test_stories_of_the_past_are_told_of_in_order_or_not_at_all(room, quiet):
    at = datetime(2008, 11, 13, tzinfo=UTC)
    drafts = [
        actions.Draft(
            fields={"section": room.world, "headline": f"Talks {n}"}, body=[], published_at=at
        )
        for n in range(3)
    ]
    with time_machine.travel(at):
        if quiet:
            with actions.quietly():
                stories = actions.shelve_stories(by=None, drafts=drafts)
        else:
            stories = actions.shelve_stories(by=None, drafts=drafts)
    numbers = [number(story) for story in stories]
    assert numbers == ([None] * 3 if quiet else [told_last(story) for story in stories])


def test_a_draft_does_not_carry_it_back(room):
    story = a_published_story(room)
    draft = story.save_revision()
    hold = actions.hold_story(by=None, story=story, why="Check.")
    actions.lift_hold(by=None, hold=hold)
    at = number(story)
    draft.publish(skip_permission_checks=True)
    assert number(story) == at


def test_publishing_writes_it_with_what_it_writes_anyway(room):
    story = a_story(room)
    with CaptureQueriesContext(connection) as asked:
        actions.publish_story(by=None, story=story)
    writes = [q["sql"] for q in asked if q["sql"].startswith('UPDATE "stories_story"')]
    [one] = [sql for sql in writes if "announced_as" in sql and "corrected_at" not in sql]
    assert "slug" in one
