"""What the writing screen asks of the room, and hands in."""

from datetime import timedelta

import pytest

from dateline.common import clock
from dateline.journal.queries import head
from dateline.live import actions
from dateline.live.enums import Deed, PostState
from dateline.live.queries import (
    DeskChanges,
    coverages_for_desk,
    coverages_to_merge,
    desk_changes,
    posts_for_desk,
    stories_to_cover,
    who_is_at_desk,
)
from dateline.people.models import Account
from tests.factories import a_published_story, a_story
from tests.live.coverage import Recording, copy

pytestmark = pytest.mark.django_db


def hand_in(live, deed, text="Vote is on.", **wish):
    return actions.hand_in_post(
        by=live.room.editor,
        live_story=live.live_story,
        copy=copy(text),
        wish=actions.HandIn(deed=deed, **wish),
    )


@pytest.mark.parametrize(
    ("deed", "state"),
    [
        (Deed.WRITE, PostState.DRAFT),
        (Deed.SUBMIT, PostState.SUBMITTED),
        (Deed.SCHEDULE, PostState.SCHEDULED),
        (Deed.PUBLISH, PostState.PUBLISHED),
    ],
)
def test_what_is_handed_in_twice_is_one_post_where_it_was_wanted(live, deed, state):
    at = clock.now() + timedelta(hours=1)
    first = hand_in(live, deed, client_key="a", at=at, is_pinned=True)
    again = hand_in(live, deed, client_key="a", at=at, is_pinned=True)
    assert (again.pk, again.state, again.is_pinned) == (first.pk, state, True)
    assert live.live_story.posts.count() == 1


def test_the_journal_tells_a_screen_which_posts_were_touched(live):
    after = head()
    post, draft = live.send("One"), live.write("Two")
    a_published_story(live.room, "Of something else")
    told = desk_changes(live.live_story, after)
    assert told == DeskChanges(head(), frozenset({post.pk, draft.pk}), is_whole=False)
    assert desk_changes(live.live_story, told.seq) == DeskChanges(told.seq, frozenset(), False)
    actions.save_summary(by=None, live_story=live.live_story, points=["It goes on"])
    assert desk_changes(live.live_story, told.seq).is_whole
    assert desk_changes(live.live_story, head() + 1).is_whole


def test_what_waits_stands_before_what_is_out(live):
    out, draft, newer = live.send("One"), live.write("Two"), live.send("Three")
    gone = live.send("Four")
    actions.delete_post(by=None, post=gone)
    assert posts_for_desk(live.live_story) == [draft, newer, out]
    assert posts_for_desk(live.live_story, before=(newer.published_at, newer.pk)) == [out]


def test_the_lists_of_coverages(live):
    new = a_story(live.room, "Live: a second one", kind="live")
    assert stories_to_cover() == [new]
    other = actions.open_coverage(by=None, story=new)
    live.send("One")
    [second, first] = coverages_for_desk(is_running=True)
    assert (second.pk, first.pk) == (other.pk, live.live_story.pk)
    assert (first.published, first.waiting, second.published) == (1, 0, 0)
    assert coverages_to_merge(live.live_story) == [other]
    actions.close_coverage(by=None, live_story=other)
    assert coverages_for_desk(is_running=False) == [other]


def test_who_is_at_the_desk_is_recorded_nowhere_and_soon_forgotten(live):
    other = Account.objects.create_user("anna", password="a-long-pass-phrase")
    with Recording() as said:
        for by, is_writing in ((live.room.editor, False), (other, True), (other, False)):
            actions.note_at_desk(by=by, live_story=live.live_story, is_writing=is_writing)
    assert said.kinds == []
    [anna, editor] = who_is_at_desk(live.live_story, clock.now())
    assert (anna.account, editor.account) == (other, live.room.editor)
    assert (anna.wrote_at is None, editor.wrote_at) == (False, None)
    assert who_is_at_desk(live.live_story, clock.now() + timedelta(seconds=31)) == []
