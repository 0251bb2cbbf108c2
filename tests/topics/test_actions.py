"""Editions, sections and topics: their entries, their refusals, and old paths that lead on."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from dateline.journal.queries import head, replay
from dateline.topics.actions import (
    delete_section,
    delete_topic,
    save_edition,
    save_section,
    save_topic,
)
from dateline.topics.entries import EditionChanged, SectionChanged, TopicChanged
from dateline.topics.models import Edition, OldSectionPath, Section, Topic
from dateline.topics.queries import section_by_path, section_that_moved
from dateline.topics.rules import RESERVED, is_reserved, section_path
from tests.factories import a_newsroom, a_published_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_newsroom()


def entries_after(seq):
    return [recorded.entry for recorded in replay(seq)]


def a_section(room, slug, parent=None):
    section = Section(edition=room.edition, parent=parent, name=slug.title(), slug=slug)
    return save_section(by=None, section=section)


def test_saving_records_what_changed(room):
    seq = head()
    save_edition(by=None, edition=room.edition)
    save_section(by=None, section=room.world)
    save_topic(by=None, topic=room.topic)
    assert entries_after(seq) == [
        EditionChanged(edition="en"),
        SectionChanged(edition="en", section=room.world.pk),
        TopicChanged(edition="en", topic=room.topic.pk),
    ]


def another_edition():
    return save_edition(
        by=None, edition=Edition(code="ru", name="Meridian", agency="M", language="ru")
    )


def refusal_of_moving(save, thing):
    with pytest.raises(ValidationError) as refused:
        save(thing)
    return list(refused.value.message_dict)


def test_what_has_stories_stays_in_its_edition(room):
    a_published_story(room)
    room.world.edition = room.topic.edition = another_edition()
    assert refusal_of_moving(lambda s: save_section(by=None, section=s), room.world) == ["edition"]
    assert refusal_of_moving(lambda t: save_topic(by=None, topic=t), room.topic) == ["edition"]
    assert Section.objects.get(pk=room.world.pk).edition == room.edition


def test_a_section_stays_with_those_below_and_above_it(room):
    child = a_section(room, "balkans", parent=room.world)
    russian = another_edition()
    room.world.edition = child.edition = russian
    assert refusal_of_moving(lambda s: save_section(by=None, section=s), room.world) == ["edition"]
    room.world.refresh_from_db()
    child.parent = room.world
    assert refusal_of_moving(lambda s: save_section(by=None, section=s), child) == ["parent"]


def test_an_empty_section_or_topic_may_move(room):
    room.culture.edition = room.topic.edition = another_edition()
    save_section(by=None, section=room.culture)
    save_topic(by=None, topic=room.topic)
    assert Section.objects.get(pk=room.culture.pk).edition.code == "ru"


def test_moving_a_section_moves_those_below_it_and_tells_of_each(room):
    middle = a_section(room, "europe", room.world)
    inner = a_section(room, "balkans", middle)
    seq, middle.parent = head(), room.culture
    save_section(by=None, section=middle)
    assert [entry.section for entry in entries_after(seq)] == [middle.pk, inner.pk]
    assert section_by_path(room.edition, "culture/europe/balkans") == inner
    assert section_that_moved(room.edition, "world/europe/balkans") == inner
    assert section_that_moved(room.edition, "world/europe") == middle


def test_a_path_taken_again_no_longer_leads_on(room):
    room.world.slug = "planet"
    save_section(by=None, section=room.world)
    taken = a_section(room, "world")
    assert section_by_path(room.edition, "world") == taken
    assert section_that_moved(room.edition, "world") is None
    assert OldSectionPath.objects.count() == 0


@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_the_sites_own_paths_are_refused(room, slug):
    with pytest.raises(ValidationError):
        a_section(room, slug)
    if slug != "archive":
        inner = a_section(room, slug, room.world)
        assert inner.path == f"world/{slug}"


def test_no_section_stands_where_the_archive_of_another_is(room):
    with pytest.raises(ValidationError):
        a_section(room, "archive", room.world)


def test_a_taken_path_is_refused_and_nothing_recorded(room):
    seq = head()
    with pytest.raises(ValidationError):
        a_section(room, "world")
    assert entries_after(seq) == []


def test_a_section_cannot_be_part_of_itself(room):
    middle = a_section(room, "europe", room.world)
    inner = a_section(room, "balkans", middle)
    for above in (room.world, middle, inner):
        room.world.parent = above
        with pytest.raises(ValidationError, match="part of itself"):
            save_section(by=None, section=room.world)


def test_a_section_with_stories_or_sections_cannot_be_removed(room):
    a_published_story(room)
    a_section(room, "europe", room.culture)
    seq = head()
    for section in (room.world, room.culture):
        with pytest.raises(ProtectedError):
            delete_section(by=None, section=section)
    assert (entries_after(seq), Section.objects.count()) == ([], 3)


def test_removing_records_what_went(room):
    number, seq = room.culture.pk, head()
    delete_section(by=None, section=room.culture)
    topic = room.topic.pk
    delete_topic(by=None, topic=room.topic)
    assert entries_after(seq) == [
        SectionChanged(edition="en", section=number),
        TopicChanged(edition="en", topic=topic),
    ]


def test_there_is_one_default_edition(room):
    second = Edition(code="ru", name="R", agency="R", language="ru", is_default=True)
    with pytest.raises(ValidationError):
        save_edition(by=None, edition=second)


def test_a_topics_address_is_its_own_in_its_edition(room):
    with pytest.raises(ValidationError):
        save_topic(by=None, topic=Topic(edition=room.edition, name="Other", slug="ostrel"))


@pytest.mark.parametrize(
    ("path", "reserved"),
    [("api", True), ("api/x", True), ("world/api", False), ("apis", False), ("", False)],
)
def test_what_is_reserved(path, reserved):
    assert is_reserved(path) is reserved
    assert section_path(parent_path="", slug="a") == "a"
    assert section_path(parent_path="a/b", slug="c") == "a/b/c"
