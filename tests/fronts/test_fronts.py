from datetime import timedelta

import pytest
import time_machine

from dateline.common import clock
from dateline.fronts.actions import discard_draft, front_of, move, place, publish_front, remove
from dateline.fronts.enums import Slot
from dateline.fronts.errors import PlacementRefused
from dateline.fronts.models import Placement
from dateline.fronts.queries import placed, placements_of, stories_to_place, turned
from dateline.journal.queries import head, replay
from dateline.stories.actions import hold_story
from dateline.topics.actions import save_edition, save_section
from dateline.topics.models import Edition, Section
from tests.factories import a_newsroom, a_published_story, a_story

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def room():
    return a_newsroom()


@pytest.fixture
def stories(room):
    return [a_published_story(room, f"Talks in Brenn, day {day}") for day in range(4)]


def numbers(front, slot, *, live=False):
    rows = placements_of(front, live=live).filter(slot=slot)
    return [row.story_id for row in rows]


def test_nothing_a_draft_says_reaches_readers_before_it_is_published(room, stories):
    front = front_of(room.edition)
    before = head()
    place(front=front, story=stories[0], slot=Slot.LEAD)
    assert placed(room.edition, None, clock.now()) == {}
    assert head() == before
    publish_front(by=room.editor, front=front)
    assert placed(room.edition, None, clock.now()) == {"lead": [stories[0].pk]}
    [told] = replay(after=before)
    assert (told.entry.subject, told.entry.keys) == ("front:en", ("front:en",))
    assert front_of(room.edition).published_by == room.editor


def test_a_sections_front_is_its_own(room, stories):
    front = front_of(room.edition, room.world)
    place(front=front, story=stories[1], slot=Slot.RIVER)
    publish_front(by=None, front=front)
    assert placed(room.edition, room.world, clock.now()) == {"river": [stories[1].pk]}
    assert placed(room.edition, None, clock.now()) == {}
    assert placed(room.edition, room.culture, clock.now()) == {}
    [told] = replay(after=head() - 1)
    assert told.entry.subject == f"section:{room.world.pk}"


def test_stories_stand_in_the_order_they_are_put_in(room, stories):
    front = front_of(room.edition)
    a, b, c, d = (place(front=front, story=story, slot=Slot.RAIL) for story in stories)
    in_order = [story.pk for story in stories]
    assert numbers(front, Slot.RAIL) == in_order
    move(placement=d, slot=Slot.RAIL, position=0)
    assert numbers(front, Slot.RAIL) == [in_order[3], *in_order[:3]]
    move(placement=b, slot=Slot.LEAD, position=9)
    assert numbers(front, Slot.LEAD) == [stories[1].pk]
    remove(placement=a)
    assert numbers(front, Slot.RAIL) == [stories[3].pk, stories[2].pk]
    assert [row.position for row in placements_of(front, live=False)] == [0, 0, 1]
    assert c.story_id == stories[2].pk


def test_a_story_placed_again_in_a_slot_moves(room, stories):
    front = front_of(room.edition)
    for story in (*stories[:2], stories[0]):
        place(front=front, story=story, slot=Slot.RAIL)
    assert numbers(front, Slot.RAIL) == [stories[1].pk, stories[0].pk]
    place(front=front, story=stories[0], slot=Slot.RAIL, position=0)
    assert numbers(front, Slot.RAIL) == [stories[0].pk, stories[1].pk]


def test_a_discarded_draft_is_what_readers_see(room, stories):
    front = front_of(room.edition)
    place(front=front, story=stories[0], slot=Slot.LEAD)
    publish_front(by=None, front=front)
    place(front=front, story=stories[1], slot=Slot.SECOND)
    discard_draft(front=front)
    assert numbers(front, Slot.SECOND) == []
    assert numbers(front, Slot.LEAD) == [stories[0].pk]
    assert Placement.objects.count() == 2


def test_a_placement_keeps_its_times_and_rings_its_page_at_them(room, stories):
    front = front_of(room.edition)
    now = clock.now()
    times = (now + timedelta(hours=1), now + timedelta(hours=2))
    place(front=front, story=stories[0], slot=Slot.LEAD, times=times)
    assert turned(now, now + timedelta(hours=3)) == set()
    publish_front(by=None, front=front)
    assert placed(room.edition, None, now) == {}
    assert placed(room.edition, None, times[0]) == {"lead": [stories[0].pk]}
    assert placed(room.edition, None, times[1]) == {}
    assert turned(now, times[0]) == {"front:en"}
    assert turned(times[0], times[0] + timedelta(minutes=59)) == set()
    assert turned(times[0], times[1]) == {"front:en"}


def test_what_cannot_stand_on_a_front_is_refused(room, stories):
    front = front_of(room.edition)
    now = clock.now()
    with pytest.raises(PlacementRefused, match="end before it begins"):
        place(front=front, story=stories[0], slot=Slot.LEAD, times=(now, now))
    other = save_edition(
        by=None, edition=Edition(code="ru", name="Меридиан", agency="Меридиан", language="ru")
    )
    section = save_section(by=None, section=Section(edition=other, name="Мир", slug="mir"))
    foreign = a_story(room, section=section)
    with pytest.raises(PlacementRefused, match="another edition"):
        place(front=front, story=foreign, slot=Slot.LEAD)
    assert Placement.objects.count() == 0


def test_only_what_readers_may_see_is_offered(room, stories):
    a_story(room, "Talks of tomorrow")
    hold_story(by=room.editor, story=stories[2], why="the minister called")
    offered = stories_to_place(room.edition, clock.now(), words="talks brenn")
    assert offered == [stories[3], stories[1], stories[0]]
    assert stories_to_place(room.edition, clock.now(), words="day 3") == [stories[3]]


def test_the_page_shows_what_is_placed_and_fills_the_rest(room, stories, client):
    front = front_of(room.edition)
    place(front=front, story=stories[1], slot=Slot.LEAD)
    place(front=front, story=stories[0], slot=Slot.SECOND)
    publish_front(by=None, front=front)
    text = client.get("/").text
    lead = text.index(f'href="{stories[1].address}"')
    seconds = text.index('class="front-seconds"')
    assert lead < seconds < text.index(f'href="{stories[0].address}"')
    assert text.count("Talks in Brenn, day 3</a></h2>") == 1


def test_a_placed_story_that_is_kept_leaves_its_place_to_the_next(room, stories, client):
    front = front_of(room.edition)
    place(front=front, story=stories[0], slot=Slot.LEAD)
    publish_front(by=None, front=front)
    hold_story(by=room.editor, story=stories[0], why="the minister called")
    answer = client.get("/")
    assert "day 0" not in answer.text
    assert f"story:{stories[0].pk}" in answer["Cache-Tag"].split()


def test_a_sections_page_shows_its_front_first(room, stories, client):
    front = front_of(room.edition, room.world)
    place(front=front, story=stories[0], slot=Slot.LEAD)
    place(front=front, story=stories[1], slot=Slot.SECOND)
    publish_front(by=None, front=front)
    text = client.get("/world/").text
    order = [text.index(f'href="{stories[at].address}"') for at in (0, 1, 3, 2)]
    assert order == sorted(order)
    assert client.get("/world/?kind=news").text.index("day 3") < len(text)


def test_a_front_changes_at_the_time_of_its_placement(room, stories, client):
    front = front_of(room.edition)
    soon = clock.now() + timedelta(minutes=5)
    place(front=front, story=stories[0], slot=Slot.LEAD, times=(soon, None))
    publish_front(by=None, front=front)
    assert '"card lead kind-news' in client.get("/").text
    with time_machine.travel(soon, tick=False):
        text = client.get("/").text
    assert text.index("day 0</a></h2>") < text.index("day 3</a></h2>")


@pytest.mark.parametrize(("which", "asked"), [(None, 5), (0, 5), (29, 6)])
def test_a_front_asks_one_query_more_for_a_placed_story_that_is_old(
    room, client, django_assert_num_queries, which, asked
):
    stories = [a_published_story(room, f"Day {day} of the talks in Brenn") for day in range(30)]
    front = front_of(room.edition)
    if which is not None:
        place(front=front, story=stories[::-1][which], slot=Slot.LEAD)
    publish_front(by=None, front=front)
    client.get("/")
    with django_assert_num_queries(asked):
        client.get("/")
