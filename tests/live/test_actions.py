"""Every action of live coverage: its entries, its refusals, and what readers may learn of it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from dateline.common import clock
from dateline.live import actions, queries
from dateline.live.actions import PostCopy
from dateline.live.enums import Order, PostState
from dateline.live.errors import (
    CoverageClosed,
    MergeRefused,
    NotLive,
    PostChangedMeanwhile,
    PostNotReady,
    PostRefused,
    UndoTooLate,
)
from dateline.live.models import LivePost, LiveStory
from dateline.people.models import Account
from dateline.publishing.scheduler import run_due
from dateline.stories import actions as stories
from tests.factories import a_published_story, a_story
from tests.live.coverage import Coverage, Recording, copy

pytestmark = pytest.mark.django_db
DESK, PUBLISHED = "live-desk-changed", "live-post-published"
CHANGED, DELETED = "live-post-changed", "live-post-deleted"


def test_only_a_live_story_has_coverage_and_it_is_made_once(room):
    with pytest.raises(NotLive):
        actions.open_coverage(by=None, story=a_published_story(room))
    story = a_published_story(room, kind="live")
    with Recording() as told:
        first = actions.open_coverage(by=None, story=story)
        again = actions.open_coverage(by=None, story=story)
    assert (first.pk, told.kinds) == (again.pk, ["live-opened"])


def test_a_post_from_draft_to_publication(live):
    with Recording() as told:
        post = live.write(headline="Doors open", is_key=True)
        actions.submit_post(by=live.room.editor, post=post)
        actions.publish_post(by=live.room.editor, post=post)
    assert told.kinds == [DESK, DESK, PUBLISHED]
    last = told.entries[-1]
    assert (last.headline, last.is_key, last.is_newest) == ("Doors open", True, True)
    assert last.channels == (f"live:{live.story.pk}",)
    assert [deed.deed for deed in post.deeds.all()] == ["publish", "submit", "write"]
    assert {deed.by for deed in post.deeds.all()} == {live.room.editor}


def test_publishing_twice_is_once(live):
    post = live.send()
    with Recording() as told:
        again = actions.publish_post(by=None, post=post)
    assert (told.kinds, again.published_at) == ([], post.published_at)


def test_what_is_sent_again_is_written_once(live):
    first, again = live.send("One.", client_key="c1"), live.send("Two.", client_key="c1")
    assert (first.pk, LivePost.objects.count()) == (again.pk, 1)
    draft = live.write("One.", client_key="c2")
    later = live.write("Two.", client_key="c2")
    assert (later.pk, "Two." in later.body.raw_data[0]["value"]) == (draft.pk, True)
    actions.delete_post(by=None, post=first)
    assert live.send("Three.", client_key="c1").state == PostState.DELETED


def test_an_empty_post_is_not_shown(live):
    for act in (actions.publish_post, actions.submit_post):
        with pytest.raises(PostNotReady):
            act(by=None, post=live.write(""))
    with pytest.raises(PostNotReady):
        actions.edit_post(by=None, post=live.send(), copy=copy(""))


def test_an_edit_says_when_and_refuses_the_older_version(live):
    post = live.send("Nine votes.")
    with Recording() as told:
        edited = actions.edit_post(by=None, post=post, copy=copy("Ten votes."), version=1)
        actions.edit_post(by=None, post=post, copy=copy("Ten votes."))
    assert (told.kinds, edited.version, bool(edited.edited_at)) == ([CHANGED], 2, True)
    with pytest.raises(PostChangedMeanwhile):
        actions.edit_post(by=None, post=post, copy=copy("Eight."), version=1)


def test_a_correction_is_said_in_the_open(live):
    post = live.send("Nine votes.")
    with Recording() as told:
        actions.correct_post(by=None, post=post, text="It was ten.", copy=copy("Ten votes."))
    post.refresh_from_db()
    assert (told.kinds, post.correction, bool(post.corrected_at)) == (
        [CHANGED],
        "It was ten.",
        True,
    )
    with pytest.raises(PostRefused):
        actions.correct_post(by=None, post=live.write(), text="No.")


def test_two_editors_do_not_overwrite_each_other(live):
    draft = live.write("Nine votes.")
    seen = draft.version
    actions.edit_post(by=None, post=draft, copy=copy("Ten votes."), version=seen)
    with Recording() as told:
        for act in (
            lambda: actions.publish_post(by=None, post=draft, version=seen),
            lambda: actions.edit_post(by=None, post=draft, copy=copy("Two."), version=seen),
        ):
            with pytest.raises(PostChangedMeanwhile):
                act()
    assert told.kinds == []
    out = actions.publish_post(by=None, post=draft, version=seen + 1)
    assert actions.publish_post(by=None, post=draft, version=seen).version == out.version
    with pytest.raises(PostChangedMeanwhile):
        actions.correct_post(by=None, post=out, text="No.", version=seen)
    fixed = actions.correct_post(by=None, post=out, text="It was ten.", version=out.version)
    assert fixed.version == out.version + 1


def test_parts_that_stay_keep_their_ids(live):
    post = live.write("First.")
    part = post.body.raw_data[0]
    added = PostCopy(body=[*copy("Before.").body, {"type": "paragraph", "value": part["value"]}])
    edited = actions.edit_post(by=None, post=post, copy=added)
    before, first = edited.body.raw_data
    assert (first["id"], before["id"] not in ("", None, part["id"])) == (part["id"], True)


def test_a_deleted_post_stays_deleted(live):
    post = live.send()
    with Recording() as told:
        actions.delete_post(by=None, post=post, why="Not confirmed.")
        actions.delete_post(by=None, post=post)
    assert told.kinds == [DELETED]
    for act in (actions.publish_post, actions.pin_post, actions.promote_post):
        with pytest.raises(PostRefused):
            act(by=None, post=post)
    with Recording() as quiet:
        actions.delete_post(by=None, post=live.write())
    assert quiet.kinds == [DESK, DESK]


def test_ten_seconds_to_undo(live):
    editor = live.room.editor
    with time_machine.travel(datetime(2026, 11, 24, 14, tzinfo=UTC), tick=False) as now:
        post = live.send("Nine votes.")
        with Recording() as told:
            undone = actions.undo_post(by=editor, post=post)
        assert (told.kinds, undone.state, undone.published_at) == ([DELETED], "draft", None)
        post = actions.publish_post(by=editor, post=post)
        actions.edit_post(by=editor, post=post, copy=copy("Ten votes."))
        with Recording() as told:
            undone = actions.undo_post(by=editor, post=post)
        assert told.kinds == [CHANGED]
        assert (undone.edited_at, "Nine" in undone.body.raw_data[0]["value"]) == (None, True)
        actions.delete_post(by=editor, post=post)
        with Recording() as told:
            actions.undo_post(by=editor, post=post)
        assert told.kinds == [PUBLISHED]
        actions.delete_post(by=editor, post=post)
        with pytest.raises(UndoTooLate):
            actions.undo_post(by=Account.objects.create_user("other"), post=post)
        now.shift(timedelta(seconds=11))
        with pytest.raises(UndoTooLate):
            actions.undo_post(by=editor, post=post)


def test_one_post_stands_on_top(live):
    first, second = live.send("One."), live.send("Two.")
    actions.pin_post(by=None, post=first)
    with Recording() as told:
        actions.pin_post(by=None, post=second)
        actions.pin_post(by=None, post=second)
    assert [(entry.kind, entry.post) for entry in told.entries] == [
        (CHANGED, first.pk),
        (CHANGED, second.pk),
    ]
    assert queries.pinned_post(live.live_story) == second
    actions.unpin_post(by=None, post=second)
    assert queries.pinned_post(live.live_story) is None


def test_a_pin_given_to_a_draft_holds_when_it_is_out(live):
    above, draft = live.send("One."), live.write("Two.")
    actions.pin_post(by=None, post=above)
    actions.pin_post(by=None, post=draft)
    assert queries.pinned_post(live.live_story) == above
    actions.publish_post(by=None, post=draft)
    assert queries.pinned_post(live.live_story) == draft


def test_key_events(live):
    posts = [live.send(f"Post {n}.") for n in range(3)]
    for post in posts[:2]:
        actions.mark_key(by=None, post=post, is_key=True)
    assert queries.key_events(live.live_story, 9) == [posts[1], posts[0]]
    actions.mark_key(by=None, post=posts[0], is_key=False)
    assert queries.key_events(live.live_story, 9) == [posts[1]]


def test_a_scheduled_post_goes_out_at_its_time_and_never_before(live):
    with time_machine.travel(datetime(2026, 11, 24, 14, tzinfo=UTC), tick=False) as now:
        post = live.write("The vote begins.")
        due = clock.now() + timedelta(minutes=5)
        with Recording() as told:
            actions.schedule_post(by=None, post=post, at=due)
        assert (told.kinds, told.channels) == ([DESK], set())
        run_due(since=clock.now(), now=clock.now())
        now.shift(timedelta(minutes=6))
        assert list(queries.posts_for_readers(live.live_story)) == []
        with Recording() as told:
            run_due(since=due, now=clock.now())
        assert told.kinds == [PUBLISHED]
        [shown] = queries.posts_for_readers(live.live_story)
        assert shown.published_at == clock.now()


def test_what_cannot_go_out_at_its_time_is_a_draft_again(live):
    due = clock.now() - timedelta(seconds=1)
    post = actions.schedule_post(by=None, post=live.write(), at=due)
    LiveStory.objects.update(closed_at=clock.now())
    run_due(since=due, now=clock.now())
    post.refresh_from_db()
    assert (post.state, post.deeds.first().deed) == ("draft", "refuse")


def test_a_closed_coverage_takes_no_new_posts_until_reopened(live):
    out, draft = live.send(), live.write("Two.")
    waiting = actions.schedule_post(by=None, post=live.write("Later."), at=clock.now())
    with Recording() as told:
        actions.close_coverage(by=None, live_story=live.live_story)
        actions.close_coverage(by=None, live_story=live.live_story)
    assert told.kinds == [DESK, "live-closed"]
    waiting.refresh_from_db()
    assert waiting.state == PostState.DRAFT
    with pytest.raises(CoverageClosed):
        actions.publish_post(by=None, post=draft)
    actions.edit_post(by=None, post=out, copy=copy("It was ten."))
    with Recording() as told:
        actions.reopen_coverage(by=None, live_story=live.live_story)
    assert told.kinds == ["live-reopened"]
    actions.publish_post(by=None, post=draft)


def test_the_summary_is_cleaned_and_told(live):
    with Recording() as told:
        for _ in range(2):
            saved = actions.save_summary(
                by=None, live_story=live.live_story, points=["<b>Nine</b><script>x</script>", " "]
            )
    assert (told.kinds, saved.summary) == (["live-summary-changed"], ["<b>Nine</b>"])


def test_the_order_is_told_once(live):
    with Recording() as told:
        for _ in range(2):
            actions.save_order(by=None, live_story=live.live_story, order=Order.OLDEST)
    assert told.kinds == ["live-arranged"]


def test_two_coverages_become_one(live):
    room = live.room
    story = a_published_story(room, "Live: the vote", kind="live")
    other = Coverage(room, story, actions.open_coverage(by=None, story=story))
    mine, theirs = live.send("Mine.", client_key="c"), other.send("Theirs.", client_key="c")
    for post in (mine, theirs):
        actions.pin_post(by=None, post=post)
    with Recording() as told:
        actions.merge_coverages(by=None, merged=other.live_story, into=live.live_story)
    [entry] = told.entries
    assert (entry.kind, entry.story, entry.merged) == ("live-merged", live.story.pk, story.pk)
    assert {post.pk for post in queries.posts_for_readers(live.live_story)} == {mine.pk, theirs.pk}
    assert queries.pinned_post(live.live_story) == mine
    assert other.send("Late.").live_story == live.live_story
    with pytest.raises(MergeRefused):
        actions.merge_coverages(by=None, merged=other.live_story, into=live.live_story)


def test_what_readers_do_not_see_is_not_merged_into_what_they_see(live):
    draft = a_story(live.room, kind="live")
    unseen = actions.open_coverage(by=None, story=draft)
    for merged, into in ((unseen, live.live_story), (live.live_story, unseen)):
        with pytest.raises(MergeRefused):
            actions.merge_coverages(by=None, merged=merged, into=into)


def test_a_post_becomes_a_story_that_leads_back(live):
    post = live.send("Nine votes.", headline="Council votes", person=live.room.person)
    with Recording() as told:
        story = actions.promote_post(by=None, post=post)
        again = actions.promote_post(by=None, post=post)
    assert (story.pk, told.kinds) == (again.pk, [CHANGED])
    assert (story.headline, story.kind, story.live) == ("Council votes", "news", False)
    assert f"/s/{live.story.pk}/{post.key}" in story.body.raw_data[-1]["value"]
    assert [row.person for row in story.bylines.all()] == [live.room.person]


def test_a_coverage_is_opened_like_an_earlier_one(live):
    actions.save_summary(by=None, live_story=live.live_story, points=["Fifteen members."])
    live.write("", headline="Doors open")
    live.send("Only this time.")
    actions.save_as_template(by=None, live_story=live.live_story, name="Council session")
    [template] = queries.templates()
    with Recording() as told:
        made = actions.open_from_template(by=None, template=template, headline="Live: again")
    assert (made.story.headline, made.story.live, made.summary, made.template) == (
        "Live: again",
        False,
        ["Fifteen members."],
        "",
    )
    assert [post.headline for post in made.posts.all()] == ["Doors open"]
    assert (set(told.kinds), told.channels) == ({DESK}, set())


def test_a_running_order_is_made_once(live):
    with time_machine.travel(datetime(2026, 11, 24, 14, tzinfo=UTC), tick=False):
        order = actions.RunningOrder(
            text="09:00 Arrivals\n15:00 Vote\nDoors close",
            on=clock.now().date(),
            is_scheduled=True,
        )
        for _ in range(2):
            posts = actions.import_running_order(by=None, live_story=live.live_story, order=order)
    assert [(post.headline, post.state) for post in posts] == [
        ("Arrivals", "draft"),
        ("Vote", "scheduled"),
        ("Doors close", "draft"),
    ]
    assert LivePost.objects.count() == 3


@pytest.mark.parametrize("keep", ["draft", "embargo", "hold", "kill", "kind"])
def test_nothing_of_an_unseen_story_is_told(room, keep):
    make = a_story if keep == "draft" else a_published_story
    story = make(room, "Live: secret", kind="live")
    live = Coverage(room, story, actions.open_coverage(by=None, story=story))
    if keep == "embargo":
        stories.set_embargo(by=None, story=story, until=None)
    elif keep == "hold":
        stories.hold_story(by=None, story=story, why="Check.")
    elif keep == "kill":
        stories.kill_story(by=None, story=story, why="Wrong.")
    elif keep == "kind":
        type(story).objects.filter(pk=story.pk).update(kind="news")
    with Recording() as told:
        post = live.send("A secret.")
        actions.edit_post(by=None, post=post, copy=copy("Another."))
        actions.pin_post(by=None, post=post)
        actions.save_summary(by=None, live_story=live.live_story, points=["Secret."])
        actions.correct_post(by=None, post=post, text="Secret.")
        actions.close_coverage(by=None, live_story=live.live_story)
        actions.delete_post(by=None, post=post)
    assert (set(told.kinds), told.channels) == ({DESK}, set())
    assert {key for entry in told.entries for key in entry.keys} == {f"live-desk:{story.pk}"}
    assert queries.posts_seen([post.pk], clock.now()) == {}


def test_a_post_below_others_is_told_apart(live):
    with time_machine.travel(datetime(2026, 11, 24, 14, tzinfo=UTC), tick=False) as now:
        live.send("One.")
        now.shift(timedelta(minutes=-5))
        with Recording() as told:
            live.send("Two, by a clock that was set back.")
    assert told.entries[-1].is_newest is False


def test_pages_by_keyset(live):
    posts = [live.send(f"Post {n}.") for n in range(5)]
    newest = queries.page_of_posts(live.live_story, order="newest", limit=2)
    assert newest == [posts[4], posts[3]]
    start = (posts[3].published_at, posts[3].pk)
    assert queries.page_of_posts(live.live_story, order="newest", limit=2, start=start) == [
        posts[2],
        posts[1],
    ]
    assert queries.page_of_posts(
        live.live_story, order="newest", limit=2, start=start, with_start=True
    ) == [posts[3], posts[2]]
    assert queries.page_of_posts(live.live_story, order="oldest", limit=2, start=start) == [
        posts[4]
    ]
