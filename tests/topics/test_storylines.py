"""Storylines: their entries, their refusals, and old addresses that lead on."""

import pytest
from django.core.exceptions import ValidationError

from dateline.common import clock
from dateline.journal.queries import head, replay
from dateline.stories.models import Story
from dateline.topics.actions import delete_storyline, save_edition, save_storyline
from dateline.topics.entries import StorylineChanged, StorylineEnded
from dateline.topics.models import Edition, OldStorylineSlug, Storyline
from dateline.topics.queries import (
    same_elsewhere,
    storyline_by_slug,
    storyline_that_moved,
    storylines_to_choose,
)
from tests.factories import a_newsroom, a_published_story, a_storyline

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_newsroom()


@pytest.fixture
def russian():
    return save_edition(
        by=None, edition=Edition(code="ru", name="Meridian", agency="M", language="ru")
    )


def entries_after(seq):
    return [recorded.entry for recorded in replay(seq)]


def changed(storyline, edition="en"):
    return StorylineChanged(edition=edition, storyline=storyline.pk)


def test_making_and_renaming_are_told_with_the_pages_they_touch(room):
    seq = head()
    storyline = a_storyline(room)
    save_storyline(by=None, storyline=storyline)
    assert entries_after(seq) == [changed(storyline), changed(storyline)]
    number = f"storyline:{storyline.pk}"
    assert changed(storyline).keys == (number, f"{number}:name", "storylines:en")


def test_an_end_is_told_once_and_going_on_is_a_change(room):
    storyline = a_storyline(room)
    seq = head()
    storyline.ended_at = clock.now()
    for _ in range(2):
        save_storyline(by=None, storyline=storyline)
    storyline.ended_at = None
    save_storyline(by=None, storyline=storyline)
    ended = StorylineEnded(edition="en", storyline=storyline.pk)
    assert entries_after(seq) == [ended, changed(storyline), changed(storyline)]


def test_an_old_address_leads_on_until_it_is_taken(room):
    storyline = a_storyline(room)
    storyline.slug = "ostrel"
    save_storyline(by=None, storyline=storyline)
    assert storyline_by_slug(room.edition, "the-status-of-ostrel") is None
    assert storyline_that_moved(room.edition, "the-status-of-ostrel") == storyline
    other = a_storyline(room)
    assert storyline_by_slug(room.edition, "the-status-of-ostrel") == other
    assert storyline_that_moved(room.edition, "the-status-of-ostrel") is None
    assert OldStorylineSlug.objects.count() == 0


def test_an_address_is_taken_once_in_an_edition(room):
    a_storyline(room)
    seq = head()
    with pytest.raises(ValidationError):
        a_storyline(room)
    assert entries_after(seq) == []


def test_a_storyline_stays_in_its_edition(room, russian):
    storyline = a_storyline(room)
    storyline.edition = russian
    with pytest.raises(ValidationError) as refused:
        save_storyline(by=None, storyline=storyline)
    assert list(refused.value.message_dict) == ["edition"]


def test_the_same_in_other_editions_are_told_of_a_change(room, russian):
    storyline = a_storyline(room, shared_key="ostrel")
    other = Storyline(edition=russian, name="Острел", slug="ostrel", shared_key="ostrel")
    save_storyline(by=None, storyline=other)
    assert same_elsewhere(storyline) == [other]
    seq = head()
    storyline.shared_key = ""
    save_storyline(by=None, storyline=storyline)
    assert entries_after(seq) == [changed(storyline), changed(other, "ru")]
    assert same_elsewhere(storyline) == []


def test_stories_of_a_removed_storyline_stay_and_belong_to_none(room):
    storyline = a_storyline(room)
    story, number = a_published_story(room, storyline=storyline), storyline.pk
    seq = head()
    delete_storyline(by=None, storyline=storyline)
    assert entries_after(seq) == [StorylineChanged(edition="en", storyline=number)]
    assert Story.objects.get(pk=story.pk).storyline is None


def test_only_running_ones_are_to_choose_and_the_one_a_story_has(room):
    running = a_storyline(room)
    ended = a_storyline(room, "The canal", ended_at=clock.now())
    assert list(storylines_to_choose()) == [running]
    assert list(storylines_to_choose(ended.pk)) == [ended, running]
