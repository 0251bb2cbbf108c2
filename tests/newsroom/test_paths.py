"""Every path that publishes, withdraws or deletes has its entry, or undoes itself."""

from datetime import UTC, datetime, timedelta

import pytest
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from dateline.common import clock
from dateline.journal.queries import head, replay
from dateline.publishing.scheduler import run_due
from dateline.stories.actions import hold_story, kill_story, set_embargo
from dateline.stories.models import Ending, Refusal, Story, Version
from tests.addresses import reverse
from tests.factories import a_newsroom, a_published_story, a_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_newsroom()


@pytest.fixture
def desk(room, client):
    client.force_login(room.editor)
    client.raise_request_exception = False
    return client


def form(room, headline="Talks fail in Brenn", **more):
    return nested_form_data(
        {
            "headline": headline,
            "kicker": "",
            "standfirst": "A summary.",
            "dateline_place": "BRENN",
            "dateline_date": "2026-11-18",
            "dateline_agency": "Meridian",
            "section": room.world.pk,
            "kind": "news",
            "urgency": "5",
            "slugline": "",
            "short_headline": "",
            "language": "",
            "source": "",
            "lead_picture": "",
            "lead_caption": "",
            "editors_note": "",
            "note_to_editors": "",
            "body": streamfield([("paragraph", rich_text("<p>The talks ended.</p>"))]),
            "bylines": inline_formset([]),
            "story_topics": inline_formset([]),
            "comments": inline_formset([]),
            **more,
        }
    )


def url(name, *args):
    return reverse(f"wagtailsnippets_stories_story:{name}", args=args)


def kinds_after(seq):
    return [recorded.entry.kind for recorded in replay(seq)]


def edit(desk, room, story, **more):
    return desk.post(url("edit", story.pk), form(room, **more))


def approve(desk, room, story):
    task = GroupApprovalTask.objects.create(name="Check")
    task.groups.add(*_groups(room))
    workflow = Workflow.objects.create(name="Desk")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    state = workflow.start(story, room.editor)
    return desk.post(
        url("workflow_action", story.pk, "approve", state.current_task_state.pk),
        {"comment": ""},
    )


def _groups(room):
    from django.contrib.auth.models import Group

    group = Group.objects.create(name="Desk heads")
    room.editor.groups.add(group)
    return [group]


PUBLISHING = {
    "edit and publish": lambda desk, room, story: edit(
        desk, room, story, **{"action-publish": "1"}
    ),
    "workflow end": approve,
    "code, revision": lambda desk, room, story: story.latest_revision.publish(),
    "code, story": lambda desk, room, story: story.publish(story.latest_revision),
}
UNPUBLISHING = {
    "unpublish": lambda desk, room, story: desk.post(url("unpublish", story.pk)),
    "code": lambda desk, room, story: story.unpublish(),
}
DELETING = {
    "delete": lambda desk, room, story: desk.post(url("delete", story.pk)),
    "bulk delete": lambda desk, room, story: desk.post(
        reverse("wagtail_bulk_action", args=["stories", "story", "delete"]) + f"?id={story.pk}"
    ),
    "code": lambda desk, room, story: story.delete(),
    "code, query": lambda desk, room, story: Story.objects.filter(pk=story.pk).delete(),
}


@pytest.mark.parametrize("path", PUBLISHING)
def test_publishing_has_its_entry(path, desk, room):
    story = a_story(room)
    before = head()
    PUBLISHING[path](desk, room, story)
    assert kinds_after(before) == ["story-published"]
    assert Story.objects.get().live
    assert Version.objects.get().number == 1


def test_creating_and_publishing_at_once_has_its_entry(desk, room):
    before = head()
    desk.post(url("add"), form(room, **{"action-publish": "1"}))
    assert kinds_after(before) == ["story-published"]
    assert Version.objects.get().by == room.editor


def test_a_scheduled_story_is_told_of_when_its_time_comes(desk, room, time_machine):
    time_machine.move_to(datetime(2026, 11, 24, 12, 0, tzinfo=UTC), tick=False)
    story = a_story(room)
    before = head()
    edit(desk, room, story, go_live_at="2026-11-24 13:00", **{"action-publish": "1"})
    run_due(since=clock.now(), now=clock.now())
    assert (kinds_after(before), Story.objects.get().live) == ([], False)
    time_machine.move_to(datetime(2026, 11, 24, 13, 0, tzinfo=UTC), tick=False)
    run_due(since=clock.now(), now=clock.now())
    assert (kinds_after(before), Story.objects.get().live) == (["story-published"], True)


def test_the_desk_says_what_keeps_a_story(desk, room, time_machine):
    time_machine.move_to(datetime(2026, 11, 24, 12, 0, tzinfo=UTC), tick=False)
    noon = clock.now()
    killed, held, free = (a_story(room) for _ in range(3))
    over, soon, never = (a_published_story(room) for _ in range(3))
    kill_story(by=None, story=killed, why="Wrong country.")
    hold_story(by=None, story=held, why="")
    set_embargo(by=None, story=over, until=noon)
    for until in (noon, noon + timedelta(hours=1)):
        set_embargo(by=None, story=soon, until=until)
    set_embargo(by=None, story=never, until=None)
    Refusal.objects.create(story=free, due_at=noon, at=noon, why="It has no headline.")
    html = desk.get(url("list")).content.decode()
    said = {
        "Killed: Wrong country.": 1,
        "On hold: no reason given": 1,
        "Under embargo until Nov. 24, 2026, 13:00": 1,
        "Under embargo until": 2,
        "Under embargo until somebody lifts it": 1,
        "Not published at its time: It has no headline.": 1,
    }
    assert {text: html.count(text) for text in said} == said


def test_an_expired_story_is_withdrawn_when_its_time_comes(room, time_machine):
    time_machine.move_to(datetime(2026, 11, 24, 12, 0, tzinfo=UTC), tick=False)
    story = a_published_story(room, expire_at=datetime(2026, 11, 24, 13, 0, tzinfo=UTC))
    before = head()
    time_machine.move_to(datetime(2026, 11, 24, 13, 0, tzinfo=UTC), tick=False)
    run_due(since=clock.now(), now=clock.now())
    assert kinds_after(before) == ["story-withdrawn"]
    assert not Story.objects.get(pk=story.pk).live


@pytest.mark.parametrize("path", UNPUBLISHING)
def test_unpublishing_has_its_entry_and_notice(path, desk, room):
    story = a_published_story(room)
    before = head()
    UNPUBLISHING[path](desk, room, story)
    assert kinds_after(before) == ["story-withdrawn"]
    assert Ending.objects.get().kind == "withdrawal"


@pytest.mark.parametrize("path", DELETING)
def test_deleting_has_its_entry_and_notice(path, desk, room):
    story = a_published_story(room)
    before = head()
    DELETING[path](desk, room, story)
    assert kinds_after(before) == ["story-withdrawn"]
    assert (Ending.objects.get().kind, Story.objects.count()) == ("deletion", 0)


def test_deleting_a_draft_leaves_no_trace(desk, room):
    story = a_story(room)
    before = head()
    DELETING["delete"](desk, room, story)
    assert kinds_after(before) == []
    assert (Ending.objects.count(), Story.objects.count()) == (0, 0)


class JournalBroken(Exception):
    pass


@pytest.fixture
def broken_journal(monkeypatch):
    from dateline.stories.actions import tell

    def fail(entry):
        raise JournalBroken

    def break_it():
        monkeypatch.setattr(tell, "record", fail)

    return break_it


def attempt(path, desk, room, story):
    from django.db import transaction

    try:
        with transaction.atomic():
            answer = path(desk, room, story)
    except JournalBroken:
        return
    assert answer.status_code == 500


@pytest.mark.parametrize("path", PUBLISHING)
def test_an_entry_that_fails_undoes_the_publication(path, desk, room, broken_journal):
    story = a_story(room)
    broken_journal()
    attempt(PUBLISHING[path], desk, room, story)
    assert not Story.objects.get().live
    assert Version.objects.count() == 0


@pytest.mark.parametrize("path", UNPUBLISHING)
def test_an_entry_that_fails_undoes_the_withdrawal(path, desk, room, broken_journal):
    story = a_published_story(room)
    broken_journal()
    attempt(UNPUBLISHING[path], desk, room, story)
    assert Story.objects.get().live
    assert Ending.objects.count() == 0


@pytest.mark.parametrize("path", DELETING)
def test_an_entry_that_fails_undoes_the_deletion(path, desk, room, broken_journal):
    story = a_published_story(room)
    broken_journal()
    attempt(DELETING[path], desk, room, story)
    assert Story.objects.get().live
    assert Ending.objects.count() == 0
