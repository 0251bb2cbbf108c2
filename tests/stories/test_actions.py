"""Each action's exact entries and refusals; the entries alone keep a newsfeed right."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from dateline.common import clock
from dateline.stories.actions import (
    Draft,
    correct_story,
    hold_story,
    illustrate_story,
    kill_story,
    lift_hold,
    lift_kill,
    publish_story,
    release_embargo,
    set_embargo,
    write_story,
)
from dateline.stories.errors import StoryKilled, StoryNotReady
from dateline.stories.models import Ending, Hold, Story, Version
from dateline.stories.queries import ending_of
from dateline.topics.actions import save_section
from dateline.topics.models import Section, Topic
from tests.factories import a_draft, a_newsroom, a_published_story, a_story
from tests.publishing.random_desk import a_picture
from tests.stories.records import assert_records

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def room(time_machine):
    time_machine.move_to("2026-11-24T12:00:00Z", tick=False)
    return a_newsroom()


def fresh(story):
    return Story.objects.get(pk=story.pk)


def test_writing_records_nothing(room):
    with assert_records():
        story = a_story(room)
        write_story(by=None, draft=a_draft(room, "Another"), story=fresh(story))
    assert (fresh(story).headline, fresh(story).live) == ("Talks fail in Brenn", False)


def test_publishing_tells_where_the_story_stands(room):
    inner = Section(edition=room.edition, parent=room.world, name="Balkans", slug="balkans")
    save_section(by=None, section=inner)
    story = a_story(room, section=inner)
    with assert_records("story-published") as entries:
        publish_story(by=room.editor, story=story)
    assert (entries[0].sections, entries[0].is_newest) == ((inner.pk, room.world.pk), True)
    assert Version.objects.get().by == room.editor


def test_publishing_again_updates(room, time_machine):
    story = a_published_story(room)
    write_story(by=None, draft=a_draft(room, "Talks go on"), story=fresh(story))
    time_machine.shift(60)
    with assert_records("story-updated") as entries:
        publish_story(by=None, story=fresh(story))
    row = fresh(story)
    assert entries[0].address == row.address != story.address
    assert (row.published_at, row.updated_at) == (story.published_at, clock.now())
    assert [v.number for v in row.versions.all()] == [2, 1]


def test_moving_section_makes_older_pages_look_again(room):
    story = a_published_story(room)
    write_story(by=None, draft=a_draft(room, section=room.culture), story=fresh(story))
    with assert_records("story-published") as entries:
        publish_story(by=None, story=fresh(story))
    assert (entries[0].sections, entries[0].is_newest) == ((room.culture.pk,), False)


def test_a_story_from_before_makes_older_pages_look_again(room):
    """Also where only a neighbouring section's story, shown in the same list above, is newer."""
    inner = Section(edition=room.edition, parent=room.world, name="Balkans", slug="balkans")
    save_section(by=None, section=inner)
    a_published_story(room)
    draft = a_draft(room, "From the archive", section=inner)
    old = Draft(fields=draft.fields, body=draft.body, published_at=clock.now() - HOUR)
    story = write_story(by=None, draft=old)
    with assert_records("story-published") as entries:
        publish_story(by=None, story=story)
    assert not entries[0].is_newest
    assert fresh(story).published_at == clock.now() - HOUR


@pytest.mark.parametrize("headline", ["", "   "])
def test_a_story_without_a_headline_is_refused(room, headline):
    story = a_story(room)
    story.headline = headline
    story.save_revision(clean=False)
    with assert_records(), pytest.raises(StoryNotReady):
        publish_story(by=None, story=fresh(story))
    assert not fresh(story).live


KEEPING = {
    "hold": lambda story: hold_story(by=None, story=story, why="Check."),
    "embargo": lambda story: set_embargo(by=None, story=story, until=clock.now() + HOUR),
    "embargo without end": lambda story: set_embargo(by=None, story=story, until=None),
}


def let_go(kept):
    if isinstance(kept, Hold):
        lift_hold(by=None, hold=kept)
    else:
        release_embargo(by=None, embargo=kept)


@pytest.mark.parametrize("way", KEEPING)
def test_what_is_kept_disappears_and_comes_back_once(room, way):
    story = a_published_story(room)
    with assert_records("story-withdrawn"):
        kept = KEEPING[way](story)
    with assert_records():
        KEEPING["hold"](story)
    with assert_records():
        let_go(kept)
    with assert_records("story-published") as entries:
        lift_hold(by=None, hold=Hold.objects.filter(lifted_at=None).get())
    assert not entries[0].is_newest
    with assert_records():
        let_go(kept)
    assert fresh(story).published_at == story.published_at


@pytest.mark.parametrize("way", KEEPING)
def test_keeping_a_draft_tells_nobody_and_publishing_it_only_the_desk(room, way):
    story = a_story(room)
    with assert_records():
        kept = KEEPING[way](story)
    with assert_records("story-kept") as entries:
        publish_story(by=None, story=story)
    assert (entries[0].audience, entries[0].channels) == ("staff", ())
    assert (fresh(story).slug, fresh(story).published_at) == ("", None)
    with assert_records("story-published") as entries:
        let_go(kept)
    assert entries[0].is_newest


def test_keeping_looks_at_the_row_and_not_at_what_the_caller_holds(room):
    draft = a_story(room)
    publish_story(by=None, story=fresh(draft))
    moved = write_story(by=None, draft=a_draft(room, section=room.culture), story=fresh(draft))
    assert not draft.live
    with assert_records("story-withdrawn") as entries:
        hold_story(by=None, story=draft, why="Check.")
    assert entries[0].sections == (room.world.pk,)
    with assert_records("story-published") as entries:
        lift_hold(by=None, hold=Hold.objects.get())
    assert entries[0].sections == (room.world.pk,)
    with assert_records("story-withdrawn"):
        kill_story(by=None, story=moved, why="Wrong.")
    assert fresh(draft).section == room.world


def test_an_embargo_that_is_over_hides_nothing(room):
    story = a_published_story(room)
    with assert_records():
        set_embargo(by=None, story=story, until=clock.now())


def test_unpublishing_and_publishing_again(room):
    story = a_published_story(room)
    with assert_records("story-withdrawn"):
        fresh(story).unpublish()
    assert ending_of(story.pk).kind == "withdrawal"
    with assert_records("story-published") as entries:
        publish_story(by=None, story=fresh(story))
    assert (entries[0].version, entries[0].is_newest) == (2, False)
    assert ending_of(story.pk) is None


def test_unpublishing_what_is_kept_tells_only_the_desk(room):
    story = a_published_story(room)
    hold_story(by=None, story=story, why="Check.")
    with assert_records("story-kept"):
        fresh(story).unpublish()


def test_a_killed_story_stays_killed_until_a_person_lifts_it(room):
    story = a_published_story(room)
    with assert_records("story-withdrawn"):
        kill_story(by=room.editor, story=story, why="Wrong.")
    kill = ending_of(story.pk)
    assert (kill.kind, kill.why, kill.by) == ("kill", "Wrong.", room.editor)
    with assert_records(), pytest.raises(StoryKilled, match=r"\(Wrong\.\)"):
        publish_story(by=None, story=fresh(story))
    assert not fresh(story).live
    with assert_records():
        lift_kill(by=None, story=story)
    assert ending_of(story.pk).kind == "withdrawal"
    with assert_records("story-published"):
        publish_story(by=None, story=fresh(story))


def test_a_killed_draft_has_no_notice_and_cannot_be_published(room):
    story = a_story(room)
    with assert_records():
        kill_story(by=None, story=story, why="Wrong.")
    assert ending_of(story.pk) is None
    with pytest.raises(StoryKilled):
        publish_story(by=None, story=fresh(story))


def test_deleting_leaves_a_notice_only_of_what_readers_saw(room):
    seen, kept, draft, imported = (a_published_story(room), *(a_story(room) for _ in range(3)))
    hold_story(by=None, story=kept, why="Check.")
    publish_story(by=None, story=kept)
    Story.objects.filter(pk=imported.pk).update(published_at=clock.now() - HOUR)
    with assert_records("story-withdrawn"):
        fresh(seen).delete()
    with assert_records("story-kept"):
        fresh(kept).delete()
    with assert_records():
        fresh(draft).delete()
        fresh(imported).delete()
    assert list(Ending.objects.values_list("story_number", flat=True)) == [seen.pk]


def test_a_correction_updates_what_readers_see(room, time_machine):
    seen, draft = a_published_story(room), a_story(room)
    time_machine.shift(60)
    with assert_records("story-updated"):
        correction = correct_story(by=room.editor, story=seen, text="Not so.")
    assert (correction.at, fresh(seen).updated_at) == (clock.now(), clock.now())
    with assert_records():
        correct_story(by=None, story=draft, text="Not so.")
    with assert_records("story-updated"):
        correct_story(by=None, story=seen, text="Older.", at=clock.now() - HOUR)
    assert fresh(seen).updated_at == clock.now()
    assert [one.text for one in fresh(seen).corrections.all()] == ["Not so.", "Older."]


def test_a_correction_does_not_publish_the_draft(room):
    story = a_published_story(room)
    write_story(by=None, draft=a_draft(room, "Not for readers yet"), story=fresh(story))
    draft = fresh(story).get_latest_revision_as_object()
    with assert_records("story-updated") as entries:
        correct_story(by=None, story=draft, text="Not so.")
    assert entries[0].headline == "Talks fail in Brenn"
    assert fresh(story).address == story.address


def test_illustrating_shows_the_picture_without_a_new_version(room):
    story, picture = a_published_story(room), a_picture()
    with assert_records("story-updated"):
        illustrate_story(by=None, story=story, picture=picture)
    row = fresh(story)
    assert (row.lead_picture, row.updated_at, row.versions.count()) == (picture, None, 1)
    publish_story(by=None, story=row)
    assert fresh(story).lead_picture == picture


def test_rewriting_keeps_what_belongs_to_the_whole_story(room, time_machine):
    story = a_published_story(room)
    correct_story(by=None, story=story, text="Not so.")
    before = fresh(story)
    time_machine.shift(60)
    write_story(by=None, draft=a_draft(room, "A new headline"), story=before)
    draft = fresh(story).get_latest_revision_as_object()
    kept = ("slug", "published_at", "updated_at", "made_at", "address")
    assert [getattr(draft, name) for name in kept] == [getattr(before, name) for name in kept]
    assert (draft.headline, fresh(story).headline) == ("A new headline", "Talks fail in Brenn")


@pytest.mark.parametrize(
    "fields", [{"headline": ""}, {"headline": "x" * 256}, {"kind": "gossip"}, {"urgency": 9}]
)
def test_a_draft_that_does_not_fit_is_refused_and_nothing_stored(room, fields):
    with pytest.raises(ValidationError):
        write_story(by=None, draft=a_draft(room, **fields))
    assert Story.objects.count() == 0


def test_topics_of_a_new_version_replace_the_old(room):
    story = a_published_story(room)
    other = Topic.objects.create(edition=room.edition, name="Vell", slug="vell")
    draft = a_draft(room)
    again = Draft(fields=draft.fields, body=draft.body, topics=[other])
    write_story(by=None, draft=again, story=fresh(story))
    with assert_records("story-updated") as entries:
        publish_story(by=None, story=fresh(story))
    assert entries[0].topics == (other.pk,)
    [row] = fresh(story).story_topics.all()
    assert (row.topic, row.published_at) == (other, story.published_at)


def test_actions_take_keywords_only(room):
    with pytest.raises(TypeError):
        kill_story(None, a_story(room), "Wrong.")
