"""Two at once, and hands that hold an old story: no number twice, nothing overwritten, in order."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from dateline.common import clock
from dateline.journal.models import JournalLine
from dateline.journal.queries import head, replay
from dateline.journal.turn import take_turn
from dateline.stories.actions import correct_story, kill_story, lift_kill, publish_story
from dateline.stories.models import Story, Version
from tests.committing import committed
from tests.factories import a_newsroom, a_published_story, a_story

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("committed")]
__all__ = ["committed"]
AT_ONCE = 4


def at_once(*works):
    """Do works in threads that start together; return what they raised."""
    start, raised = threading.Barrier(len(works)), []

    def run(work):
        try:
            start.wait(10)
            work()
        except Exception as error:  # noqa: BLE001 - whatever it was is looked at by the test
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised


def stale_revision(story):
    """Return a draft to publish, with the story as it is now in its hands."""
    revision = Story.objects.get(pk=story.pk).latest_revision
    assert revision.content_object.pk == story.pk
    return revision


def test_publishing_at_once_numbers_each_version_once():
    story = a_story(a_newsroom())
    seq = head()
    works = [stale_revision(story).publish for _ in range(AT_ONCE)]
    assert at_once(*works) == []
    assert list(Version.objects.values_list("number", flat=True)) == list(range(AT_ONCE, 0, -1))
    entries = [recorded.entry for recorded in replay(seq)]
    assert [(entry.kind, entry.version) for entry in entries] == [
        ("story-published", 1),
        *(("story-updated", number) for number in range(2, AT_ONCE + 1)),
    ]
    assert {entry.published_at for entry in entries} == {Story.objects.get().published_at}
    assert Story.objects.get().version == AT_ONCE


def test_publishing_an_old_draft_keeps_what_was_done_to_the_story_meanwhile():
    story = a_published_story(a_newsroom())
    revision = stale_revision(story)
    correct_story(by=None, story=story, text="It was <b>Brenn</b>.")
    corrected = Story.objects.get()
    revision.publish()
    now = Story.objects.get()
    for name in ("slug", "published_at", "corrected_at", "first_published_at"):
        assert getattr(now, name) == getattr(corrected, name)
    assert (now.version, now.updated_at > corrected.updated_at) == (2, True)


def test_unpublishing_an_old_object_keeps_what_was_published_meanwhile():
    story = a_published_story(a_newsroom())
    old = Story.objects.get()
    story.headline = "Talks fail again"
    story.save_revision().publish()
    old.unpublish()
    now = Story.objects.get()
    assert (now.headline, now.version, now.live) == ("Talks fail again", 2, False)
    assert (old.live, old.live_revision) == (False, None)


def test_an_object_from_before_the_end_ends_nothing_twice():
    story = a_published_story(a_newsroom())
    old = Story.objects.get()
    story.unpublish()
    seq = head()
    old.unpublish()
    assert head() == seq


def test_a_kill_and_a_publication_at_once_leave_a_killed_story():
    room = a_newsroom()
    story = a_published_story(room)
    revision, old = stale_revision(story), Story.objects.get()
    at_once(revision.publish, lambda: kill_story(by=None, story=old, why="Wrong."))
    now = Story.objects.get()
    assert (now.live, now.live_revision) == (False, None)
    lift_kill(by=None, story=now)
    publish_story(by=None, story=now)
    numbers = list(Version.objects.values_list("number", flat=True))
    assert numbers == list(range(len(numbers), 0, -1))


def test_scheduling_an_old_draft_leaves_what_is_live():
    """A draft from before the first publication does not know that there is one."""
    story = a_story(a_newsroom())
    story.go_live_at = clock.now() + timedelta(days=1)
    later = story.save_revision()
    story.go_live_at = None
    story.save_revision().publish()
    later.refresh_from_db()
    later.publish()
    now = Story.objects.get()
    assert (now.live, now.version) == (True, 1)
    assert now.scheduled_revision == later


def test_times_are_in_the_order_of_entries_however_long_a_writer_waits():
    """One takes its turn while another is about to publish: who comes later is published later."""
    room = a_newsroom()
    first, second = a_story(room, "First"), a_story(room, "Second")
    is_begun, may_go = threading.Event(), threading.Event()

    def publish_slowly():
        with transaction.atomic():
            take_turn()
            is_begun.set()
            may_go.wait(10)
            publish_story(by=None, story=first)

    def publish_meanwhile():
        is_begun.wait(10)
        threading.Timer(0.3, may_go.set).start()
        publish_story(by=None, story=second)

    assert at_once(publish_slowly, publish_meanwhile) == []
    lines = JournalLine.objects.filter(kind="story-published").order_by("seq")
    told = [line.payload["headline"] for line in lines]
    listed = Story.objects.order_by("published_at").values_list("headline", flat=True)
    assert told == list(listed) == ["First", "Second"]
    assert list(lines.values_list("at", flat=True)) == sorted(lines.values_list("at", flat=True))
    assert [line.payload["is_newest"] for line in lines] == [True, True]
