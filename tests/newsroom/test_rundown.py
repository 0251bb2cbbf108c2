from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from dateline.common import clock
from dateline.fronts.actions import front_of, place
from dateline.fronts.enums import Slot
from dateline.fronts.queries import placed, placements_of
from dateline.people.models import Account
from dateline.stories.actions import hold_story
from tests.factories import a_newsroom, a_published_story

pytestmark = pytest.mark.django_db
SITE = "/newsroom/rundown/en/0/"


@pytest.fixture
def room():
    return a_newsroom()


@pytest.fixture
def stories(room):
    return [a_published_story(room, f"Talks in Brenn, day {day}") for day in range(3)]


@pytest.fixture
def desk(client, room):
    client.force_login(room.editor)
    return client


def ids(front):
    return [(row.slot, row.story_id) for row in placements_of(front, live=False)]


def test_an_editor_composes_a_front_and_publishes_it(desk, room, stories):
    front = front_of(room.edition)
    for story, slot in ((stories[0], "lead"), (stories[1], "rail")):
        answer = desk.post(SITE, {"action": "place", "story": story.pk, "slot": slot})
        assert answer["Location"] == SITE
    assert ids(front) == [("lead", stories[0].pk), ("rail", stories[1].pk)]
    assert "The draft differs from what readers see." in desk.get(SITE).text
    assert placed(room.edition, None, clock.now()) == {}
    assert "The front is live." in desk.post(SITE, {"action": "publish"}, follow=True).text
    assert placed(room.edition, None, clock.now()) == {
        "lead": [stories[0].pk],
        "rail": [stories[1].pk],
    }
    assert "Readers see this." in desk.get(SITE).text
    assert front_of(room.edition).published_by == room.editor


def test_a_line_is_moved_and_taken_out(desk, room, stories):
    front = front_of(room.edition)
    rows = [place(front=front, story=story, slot=Slot.RAIL) for story in stories]
    desk.post(SITE, {"action": "move", "placement": rows[2].pk, "slot": "rail", "position": "0"})
    desk.post(SITE, {"action": "remove", "placement": rows[0].pk})
    assert ids(front) == [("rail", stories[2].pk), ("rail", stories[1].pk)]
    desk.post(SITE, {"action": "discard"})
    assert ids(front) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"slot": "lead", "starts_at": "soon"}, "From: Enter a valid date/time."),
        (
            {"slot": "lead", "starts_at": "2026-11-24T12:00", "ends_at": "2026-11-24T11:00"},
            "it would end before it begins",
        ),
        ({"slot": "cellar"}, "Select a valid choice"),
        ({"slot": "lead", "story": "99999"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_placed_is_said_and_nothing_changes(desk, room, stories, data, said):
    answer = desk.post(SITE, {"action": "place", "story": stories[0].pk} | data, follow=True)
    assert said in answer.text
    assert ids(front_of(room.edition)) == []


def test_an_unknown_action_and_a_foreign_line_are_refused(desk, room, stories):
    front_of(room.edition)
    other = place(front=front_of(room.edition, room.world), story=stories[0], slot=Slot.LEAD)
    assert desk.post(SITE, {"action": "burn"}).status_code == 400
    assert desk.post(SITE, {"action": "remove", "placement": other.pk}).status_code == 404
    assert desk.get("/newsroom/rundown/xx/0/").status_code == 404
    assert desk.get("/newsroom/rundown/en/99999/").status_code == 404


def test_the_board_says_what_readers_may_not_see_and_what_waits(desk, room, stories):
    front = front_of(room.edition)
    for story in stories[:2]:
        place(front=front, story=story, slot=Slot.LEAD)
    hold_story(by=room.editor, story=stories[0], why="the minister called")
    text = desk.get(SITE).text
    assert text.count("Readers may not see this story now") == 1
    assert text.count("Waits: the slot is full.") == 1
    found = desk.get(f"{SITE}?words=day+2").text
    assert f'data-story="{stories[2].pk}"' in found
    assert f'data-story="{stories[1].pk}"' not in found
    assert "No published story has these words" in desk.get(f"{SITE}?words=xyzzy").text


def test_the_preview_is_the_draft_and_nobody_keeps_it(desk, room, stories):
    place(front=front_of(room.edition), story=stories[0], slot=Slot.LEAD)
    answer = desk.get(f"{SITE}preview/")
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer.text.index("day 0</a></h2>") < answer.text.index("day 2</a></h2>")
    assert "Cache-Tag" not in answer
    section = f"/newsroom/rundown/en/{room.world.pk}/preview/"
    assert "Talks in Brenn" in desk.get(section).text


def test_the_list_names_each_front_and_its_state(desk, room, stories):
    place(front=front_of(room.edition, room.world), story=stories[0], slot=Slot.LEAD)
    text = desk.get("/newsroom/rundown/").text
    assert text.count("Draft not live") == 1
    assert text.count("Fills itself") == 3


def test_only_who_may_compose_comes_in(client, room):
    writer = Account.objects.create_user("writer", password="a-long-pass-phrase", is_staff=True)
    rights = Permission.objects.filter(codename__in=["access_admin", "change_front"])
    writer.user_permissions.add(rights.get(codename="access_admin"))
    client.force_login(writer)
    assert client.get(SITE)["Location"] == "/newsroom/"
    assert '"/newsroom/rundown/"' not in client.get("/newsroom/", follow=True).text
    writer.user_permissions.add(rights.get(codename="change_front"))
    assert client.get(SITE).status_code == 200
    assert '"/newsroom/rundown/"' in client.get("/newsroom/", follow=True).text
    answer = client.post(SITE, {"action": "publish"})
    assert answer["Location"] == SITE


def test_a_time_is_read_in_the_editors_zone(desk, room, stories):
    soon = clock.now() + timedelta(hours=3)
    data = {"action": "place", "story": stories[0].pk, "slot": "lead"}
    desk.post(SITE, data | {"starts_at": f"{soon:%Y-%m-%dT%H:%M}"})
    [row] = placements_of(front_of(room.edition), live=False)
    assert row.starts_at == soon.replace(second=0, microsecond=0)


def test_the_board_shows_what_fills_the_rest(desk, room, stories):
    place(front=front_of(room.edition), story=stories[0], slot=Slot.SECOND)
    text = desk.get(SITE).text
    lead, second = text.index('id="slot-lead"'), text.index('id="slot-second"')
    assert f'data-story="{stories[2].pk}"' in text[lead:second]
    assert f'data-story="{stories[1].pk}"' in text[second : text.index('id="slot-rail"')]
    section = desk.get(f"/newsroom/rundown/en/{room.world.pk}/").text
    assert section.count("Fills itself") == 1


def test_the_board_of_a_section_names_the_lead_of_its_page(desk, room, stories):
    urgent = a_published_story(room, "Talks break off", urgency=2)
    latest = a_published_story(room, "Talks resume")
    board = desk.get(f"/newsroom/rundown/en/{room.world.pk}/").text
    filled = board[board.index('class="rundown-fills"') : board.index('id="slot-second"')]
    assert f'data-story="{latest.pk}"' in filled
    assert f'data-story="{urgent.pk}"' not in filled
    page = desk.get("/world/").text
    assert page.index(latest.address) < page.index(urgent.address)
