"""The one query for readers, cell by cell."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from dateline.stories.enums import End
from dateline.stories.models import Embargo, Ending, Hold, Story
from dateline.stories.queries import (
    ending_of,
    is_kept,
    number_at_old_address,
    stories_of_edition,
    stories_of_sections,
    story_at,
    story_for_reader,
    topic_rows,
    visible,
)
from dateline.stories.rules import is_embargoed
from tests.factories import a_newsroom, a_published_story, a_story

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
# state of an embargo: its rows as (until, lifted_at), and whether they keep the story.
EMBARGOES = {
    "none": ([], False),
    "to come": ([(NOW + SECOND, None)], True),
    "at this second": ([(NOW, None)], False),
    "over": ([(NOW - SECOND, None)], False),
    "unreadable": ([(None, None)], True),
    "lifted early": ([(NOW + SECOND, NOW - SECOND)], False),
    "unreadable, lifted": ([(None, NOW - SECOND)], False),
    "one over, one to come": ([(NOW - SECOND, None), (NOW + SECOND, None)], True),
}
HOLDS = {"none": ([], False), "standing": ([None], True), "lifted": ([NOW], False)}
KILLS = {"none": ([], False), "standing": ([None], True), "lifted": ([NOW], False)}
LIVE = {"published": True, "unpublished": False, "draft": False}
CELLS = list(product(LIVE, EMBARGOES, HOLDS, KILLS))


@pytest.fixture(scope="module")
def expected():
    return {
        (live, embargo, hold, kill): LIVE[live]
        and not (EMBARGOES[embargo][1] or HOLDS[hold][1] or KILLS[kill][1])
        for live, embargo, hold, kill in CELLS
    }


def make_cell(room, live, embargo, hold, kill):
    story = a_story(room) if live == "draft" else a_published_story(room)
    if live == "unpublished":
        Story.objects.filter(pk=story.pk).update(live=False)
    for until, lifted_at in EMBARGOES[embargo][0]:
        Embargo.objects.create(story=story, until=until, lifted_at=lifted_at, at=NOW)
    for lifted_at in HOLDS[hold][0]:
        Hold.objects.create(story=story, lifted_at=lifted_at, at=NOW)
    for lifted_at in KILLS[kill][0]:
        Ending.objects.create(
            story_number=story.pk, kind=End.KILL, lifted_at=lifted_at, at=NOW, edition=room.edition
        )
    return story.pk


@pytest.mark.django_db
def test_every_cell(time_machine, expected):
    """All cells at once, so that a condition on one story cannot answer for another."""
    time_machine.move_to(NOW - timedelta(hours=1), tick=False)
    room = a_newsroom()
    made = {make_cell(room, *cell): cell for cell in CELLS}
    seen = set(visible(NOW).values_list("pk", flat=True))
    assert {cell: number in seen for number, cell in made.items()} == expected
    kept = {cell: is_kept(Story(pk=number), NOW) for number, cell in made.items()}
    assert kept == {
        cell: EMBARGOES[cell[1]][1] or HOLDS[cell[2]][1] or KILLS[cell[3]][1] for cell in CELLS
    }
    of_edition = stories_of_edition(room.edition, NOW).values_list("pk", flat=True)
    of_section = stories_of_sections([room.world.pk], NOW).values_list("pk", flat=True)
    of_topic = topic_rows(room.topic, NOW).values_list("story_id", flat=True)
    assert set(of_edition) == set(of_section) == set(of_topic) == seen
    for number in list(made)[::17]:
        assert (story_for_reader(number, NOW) is not None) is (number in seen)


@pytest.mark.parametrize("state", EMBARGOES)
def test_the_rule_and_the_query_agree(state):
    rows, keeps = EMBARGOES[state]
    held = [is_embargoed(until=until, lifted_at=lifted, now=NOW) for until, lifted in rows]
    assert any(held) is keeps


@pytest.mark.django_db
def test_an_embargo_ends_with_its_second(time_machine):
    time_machine.move_to(NOW - timedelta(hours=1), tick=False)
    story = a_published_story(a_newsroom())
    Embargo.objects.create(story=story, until=NOW, at=NOW)
    assert [visible(NOW + n * SECOND).count() for n in (-1, 0, 1)] == [0, 1, 1]


@pytest.mark.django_db
def test_an_old_address_leads_only_to_what_readers_may_see():
    room = a_newsroom()
    seen, draft = a_published_story(room), a_story(room)
    seen.old_addresses.create(path="/old/1.html")
    draft.old_addresses.create(path="/old/2.html")
    now = datetime(2100, 1, 1, tzinfo=UTC)
    assert story_at(number_at_old_address("/old/1.html"), now) == seen
    assert story_at(number_at_old_address("/old/2.html"), now) is None


@pytest.mark.django_db
def test_only_what_readers_saw_has_an_ending_to_show():
    room = a_newsroom()
    rows = [(1, End.KILL, None), (2, End.WITHDRAWAL, None), (2, End.KILL, None)]
    rows += [(3, End.WITHDRAWAL, NOW), (4, End.DELETION, None), (5, End.WITHDRAWAL, NOW)]
    rows += [(5, End.KILL, None)]
    for step, (number, kind, lifted_at) in enumerate(rows):
        Ending.objects.create(
            story_number=number,
            kind=kind,
            lifted_at=lifted_at,
            at=NOW + step * SECOND,
            edition=room.edition,
        )
    found = {number: getattr(ending_of(number), "kind", None) for number in range(1, 6)}
    assert found == {1: None, 2: "kill", 3: None, 4: "deletion", 5: "kill"}
