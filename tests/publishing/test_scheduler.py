"""What happens at its second, and what a jumping clock must not undo."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.common import clock
from dateline.journal.queries import head, replay
from dateline.publishing import scheduler
from dateline.publishing.runner import Runner
from dateline.publishing.scheduler import run_due
from dateline.stories.actions import (
    hold_story,
    kill_story,
    lift_kill,
    publish_story,
    set_embargo,
)
from dateline.stories.errors import StoryKilled
from dateline.stories.models import Embargo, Ending, Refusal, Story
from dateline.stories.queries import visible
from tests.factories import a_newsroom, a_published_story, a_story

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def room(time_machine):
    time_machine.move_to(NOON - timedelta(hours=1), tick=False)
    return a_newsroom()


@pytest.fixture
def rung(monkeypatch):
    keys = []
    monkeypatch.setattr(scheduler, "ring_keys", keys.extend)
    return keys


def embargoed(room, until=NOON):
    story = a_story(room)
    set_embargo(by=None, story=story, until=until)
    return publish_story(by=None, story=story)


def kinds_after(seq):
    return [recorded.entry.kind for recorded in replay(seq)]


def test_an_embargo_ends_at_its_second_and_once(room, time_machine):
    story, seq = embargoed(room), head()
    done = []
    for moment in (NOON - SECOND, NOON, NOON + SECOND):
        time_machine.move_to(moment, tick=False)
        done.append((run_due(since=moment, now=moment), visible(moment).count()))
    assert done == [(0, 0), (1, 1), (0, 1)]
    assert kinds_after(seq) == ["story-published"]
    assert Story.objects.get(pk=story.pk).published_at == NOON


def test_a_clock_set_back_does_not_take_a_released_story_away(room, time_machine):
    embargoed(room)
    time_machine.move_to(NOON, tick=False)
    run_due(since=NOON - SECOND, now=NOON)
    earlier, seq = NOON - timedelta(minutes=30), head()
    time_machine.move_to(earlier, tick=False)
    assert run_due(since=NOON, now=earlier) == 0
    assert (visible(earlier).count(), kinds_after(seq)) == (1, [])


def test_an_embargo_without_end_is_never_due(room):
    embargoed(room, until=None)
    assert run_due(since=NOON, now=NOON + timedelta(days=3650)) == 1
    assert Embargo.objects.get().lifted_at is None


def test_a_story_also_on_hold_stays_away(room, time_machine):
    story = embargoed(room)
    hold_story(by=None, story=story, why="Check.")
    time_machine.move_to(NOON, tick=False)
    seq = head()
    assert run_due(since=NOON, now=NOON) == 1
    assert (visible(NOON).count(), kinds_after(seq)) == (0, [])


def test_one_failing_step_does_not_stop_the_others(room, time_machine, monkeypatch, caplog):
    first, second = embargoed(room), embargoed(room)
    time_machine.move_to(NOON, tick=False)
    release = scheduler.release_embargo

    def fail_for_first(*, by, embargo):
        release(by=by, embargo=embargo)
        if embargo.story_id == first.pk:
            raise RuntimeError("no")

    monkeypatch.setattr(scheduler, "release_embargo", fail_for_first)
    assert run_due(since=NOON, now=NOON) == 1
    assert [story.pk for story in visible(NOON) if story.slug] == [second.pk]
    assert Embargo.objects.get(story=first).lifted_at is None
    monkeypatch.undo()
    assert run_due(since=NOON, now=NOON) == 1
    assert {story.pk for story in visible(NOON) if story.slug} == {first.pk, second.pk}


def test_a_kill_cancels_what_was_scheduled(room, time_machine):
    story = a_story(room)
    story.go_live_at = NOON
    story.save_revision().publish()
    kill_story(by=None, story=story, why="Wrong.")
    time_machine.move_to(NOON, tick=False)
    assert run_due(since=NOON, now=NOON) == 0
    assert not Story.objects.get().live


def scheduled(room, **fields):
    story = a_story(room, **fields)
    story.go_live_at = NOON
    story.save_revision().publish()
    return story


def test_scheduling_a_killed_story_is_refused_at_once(room):
    story = a_story(room)
    kill_story(by=None, story=story, why="Wrong.")
    story.go_live_at = NOON
    with pytest.raises(StoryKilled):
        story.save_revision().publish()
    assert run_due(since=NOON, now=NOON) == 0


def test_what_is_refused_at_its_time_leaves_the_schedule_and_says_why(room, time_machine):
    """A kill that the schedule did not hear of, as from a restored backup, stops nobody else."""
    killed, other = scheduled(room), scheduled(room, headline="Another")
    Ending.objects.create(
        story_number=killed.pk, kind="kill", why="Wrong.", at=NOON, edition=room.edition
    )
    time_machine.move_to(NOON, tick=False)
    assert [run_due(since=NOON, now=NOON), run_due(since=NOON, now=NOON)] == [1, 0]
    assert list(visible(NOON)) == [other]
    refusal = Refusal.objects.get()
    assert (refusal.story, refusal.due_at, refusal.lifted_at) == (killed, NOON, None)
    assert refusal.why.startswith("This story was killed (Wrong.)")
    lift_kill(by=None, story=killed)
    publish_story(by=room.editor, story=killed)
    refusal.refresh_from_db()
    assert (refusal.lifted_at, refusal.lifted_by) == (NOON, room.editor)


def test_a_draft_that_cannot_be_read_is_refused_and_not_tried_each_second(room, time_machine):
    story = scheduled(room)
    revision = story.scheduled_revision
    del revision.content["headline"], revision.content["edition"]
    revision.content["section"] = 123456
    revision.save()
    time_machine.move_to(NOON, tick=False)
    assert [run_due(since=NOON, now=NOON), run_due(since=NOON, now=NOON)] == [0, 0]
    assert Refusal.objects.get().story == story
    assert not Story.objects.get().live


def test_a_held_story_is_published_for_the_desk_at_its_time_and_once(room, time_machine):
    story, seq = scheduled(room), head()
    hold_story(by=None, story=story, why="Check.")
    time_machine.move_to(NOON, tick=False)
    assert [run_due(since=NOON, now=NOON), run_due(since=NOON, now=NOON)] == [1, 0]
    assert (kinds_after(seq), Refusal.objects.count()) == (["story-kept"], 0)


@pytest.mark.parametrize(
    ("since", "now", "keys"),
    [
        (NOON, NOON + SECOND, []),
        (NOON.replace(hour=23, minute=59, second=59), datetime(2026, 11, 25, tzinfo=UTC), ["day"]),
        (datetime(2026, 11, 25, tzinfo=UTC), NOON, ["day"]),
    ],
)
def test_a_new_day_drops_the_days_pages(room, rung, since, now, keys):
    run_due(since=since, now=now)
    assert rung == [f"{key}:en" for key in keys]


def test_a_days_end_is_the_editions(room, rung):
    room.edition.timezone = "Asia/Tokyo"
    room.edition.save()
    midnight = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    run_due(since=midnight - SECOND, now=midnight)
    assert rung == ["day:en"]


def test_breaking_ends_after_six_hours(room, rung):
    story = a_published_story(room, urgency=2)
    a_published_story(room, urgency=3)
    end = clock.now() + timedelta(hours=6)
    run_due(since=end - 2 * SECOND, now=end - SECOND)
    assert rung == []
    run_due(since=end - SECOND, now=end)
    assert rung == [f"story:{story.pk}"]


def test_the_runner_sees_midnight_again_after_the_clock_was_set_back(room, rung, time_machine):
    midnight = datetime(2026, 11, 25, tzinfo=UTC)
    time_machine.move_to(midnight + SECOND, tick=False)
    runner = Runner(most_tries=1)
    runner._look_at_clock()
    assert rung == ["day:en"], "what time changed while no runner was there"
    for moment, expected in ((midnight - SECOND, 2), (midnight - SECOND, 2), (midnight, 3)):
        time_machine.move_to(moment, tick=False)
        runner._look_at_clock()
        assert rung == ["day:en"] * expected
