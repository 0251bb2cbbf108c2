from datetime import datetime

import pytest
from django.db import connection
from django.db.models import F, OuterRef, Subquery
from django.test.utils import CaptureQueriesContext

from dateline.common import clock
from dateline.common.joined import Joined
from dateline.common.prepared import Prepared, PreparedIn
from dateline.common.prepared_rows import PreparedChange, PreparedRow
from dateline.people.models import Person
from dateline.publishing.models import Parked
from dateline.stories.around_queries import stories_around
from dateline.stories.models import Byline, Story
from dateline.stories.queries import story_for_reader, visible
from tests.factories import a_newsroom, a_published_story

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_a_prepared_query_finds_what_its_queryset_finds():
    room = a_newsroom()
    stories = [a_published_story(room, f"Talks fail in Brenn, day {day}") for day in range(3)]
    now = clock.now()
    prepared = Prepared(
        lambda number, now: visible(now).filter(pk=number), number=int, now=datetime
    )
    for story in stories:
        [found] = prepared.rows(number=story.pk, now=now)
        expected = visible(now).get(pk=story.pk)
        assert found == expected
        names = [field.attname for field in Story._meta.concrete_fields if field.name != "body"]
        assert [getattr(found, n) for n in names] == [getattr(expected, n) for n in names]
        assert list(found.body.raw_data) == list(expected.body.raw_data)
    assert prepared.rows(number=0, now=now) == []


def test_texts_are_values_too():
    story = a_published_story(a_newsroom(), "Talks fail in Brenn")
    prepared = Prepared(lambda slug: Story.objects.filter(slug=slug), slug=str)
    assert prepared.rows(slug=story.slug) == [story]
    assert prepared.rows(slug="' OR 1=1 --") == []


def test_related_objects_come_with_it():
    room = a_newsroom()
    story = a_published_story(room)
    prepared = Prepared(
        lambda story: Byline.objects.filter(story=story).select_related("person"), story=int
    )
    with CaptureQueriesContext(connection) as asked:
        assert [byline.person for byline in prepared.rows(story=story.pk)] == [room.person]
    assert len(asked) == 1


def test_what_is_annotated_comes_with_it():
    room = a_newsroom()
    story = a_published_story(room)
    bylines = Byline.objects.filter(story=OuterRef("pk"))
    named = bylines.values("story").annotate(all=Joined("person__slug")).values("all")
    prepared = Prepared(
        lambda number: Story.objects.filter(pk=number).annotate(by=Subquery(named)), number=int
    )
    assert prepared.rows(number=story.pk)[0].by == room.person.slug
    other = Person.objects.create(name="Bo Arner", slug="bo-arner")
    Byline.objects.create(story=story, person=other)
    [found] = prepared.rows(number=story.pk)
    assert (found, set(found.by.split())) == (story, {room.person.slug, "bo-arner"})
    Byline.objects.all().delete()
    assert prepared.rows(number=story.pk)[0].by is None


def test_a_value_that_does_not_reach_the_query_is_refused():
    prepared = Prepared(lambda number: Story.objects.filter(pk__gt=0), number=int)
    with pytest.raises(TypeError, match="does not hand on number"):
        prepared.rows(number=1)


def test_a_missing_value_is_refused():
    prepared = Prepared(lambda number: Story.objects.filter(pk=number), number=int)
    with pytest.raises(KeyError):
        prepared.rows()


def test_a_readers_story_comes_with_its_parts_in_three_queries():
    room = a_newsroom()
    story = a_published_story(room)
    with CaptureQueriesContext(connection) as asked:
        found = story_for_reader(story.pk, clock.now())
        assert [byline.person for byline in found.bylines.all()] == [room.person]
        assert [row.topic for row in found.story_topics.all()] == [room.topic]
    assert len(asked) == 3


def test_the_stories_before_one_stand_in_its_section_newest_first():
    room = a_newsroom()
    stories = [a_published_story(room, f"Day {day} of the talks in Brenn") for day in range(7)]
    older = stories_around(stories[5], clock.now()).older
    assert list(older) == [stories[4], stories[3], stories[2], stories[1]]
    assert {story.section for story in older} == {room.world}


@pytest.mark.parametrize("count", [0, 1, 2, 8, 9, 70])
def test_rows_are_found_by_their_numbers(count):
    rows = Parked.objects.bulk_create(
        [parked(seq) for seq in range(80)],
    )
    found = PreparedIn(lambda numbers: Parked.objects.filter(pk__in=numbers))
    wanted = [row.pk for row in rows[:count]]
    with CaptureQueriesContext(connection) as asked:
        assert sorted(row.pk for row in found.rows([*wanted, *wanted])) == wanted
    assert len(asked) == -(-count // 64)


def test_numbers_go_with_other_values():
    rows = Parked.objects.bulk_create([parked(seq) for seq in range(3)])
    found = PreparedIn(
        lambda numbers, least: Parked.objects.filter(pk__in=numbers, seq__gte=least), least=int
    )
    numbers = [row.pk for row in rows]
    assert [row.seq for row in found.rows(numbers, least=2)] == [2]


def parked(seq, tries=1):
    return Parked(effect="fake", seq=seq, tries=tries, error="E", parked_at=clock.now())


def test_a_prepared_row_is_written_and_gets_its_number():
    writer = PreparedRow(Parked)
    first, second = writer.write(parked(1)), writer.write(parked(2))
    assert first.pk != second.pk
    assert not second._state.adding
    for row in (first, second):
        stored = Parked.objects.get(pk=row.pk)
        assert [getattr(stored, f.attname) for f in Parked._meta.concrete_fields] == [
            getattr(row, f.attname) for f in Parked._meta.concrete_fields
        ]


def test_a_row_that_is_there_is_changed_where_that_is_wanted():
    unique = next(iter(Parked._meta.constraints)).fields
    writer = PreparedRow(Parked, unique=unique, update=["tries"])
    first = writer.write(parked(1))
    again = writer.write(parked(1, tries=7))
    assert again.pk == first.pk
    assert Parked.objects.get().tries == 7


def test_a_prepared_change_does_what_update_does():
    rows = Parked.objects.bulk_create([parked(seq) for seq in range(3)])
    change = PreparedChange(
        lambda seq, text: (
            Parked.objects.filter(seq__gte=seq),
            {"tries": F("tries") + 1, "error": text},
        ),
        seq=int,
        text=str,
    )
    assert change.apply(seq=1, text="other") == 2
    stored = Parked.objects.order_by("seq").values_list("tries", "error")
    assert list(stored) == [(1, "E"), (2, "other"), (2, "other")]
    assert change.apply(seq=99, text="none") == 0
    assert len(rows) == 3


def test_a_change_that_does_not_hand_a_value_on_is_refused():
    change = PreparedChange(lambda seq: (Parked.objects.all(), {"tries": 3}), seq=int)
    with pytest.raises(TypeError, match="does not hand on seq"):
        change.apply(seq=1)
