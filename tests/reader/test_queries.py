"""How often each page asks the database, as numbers, at one story and at three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.people.models import Account
from dateline.reader.memo import memo
from dateline.stories.actions import correct_story, illustrate_story
from dateline.stories.models import Story
from tests.factories import a_newsroom, a_published_story, a_storyline
from tests.publishing.random_desk import a_picture

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
# The furniture of an edition is in the process's memory; the journal's number is one query of each.
COUNTS = {
    "front": (6, 6),
    "front, older": (3, 3),
    "section": (5, 5),
    "topic": (6, 6),
    "story": (7, 7),
    "story, of a storyline": (7, 7),
    "storyline": (7, 7),
    "story, corrected": (8, 8),
}


@pytest.fixture(autouse=True)
def own_memory():
    memo._values.clear()
    yield
    memo._values.clear()


def a_site(count):
    room, picture = a_newsroom(), a_picture()
    stories = [a_published_story(room, f"Talks fail {n}") for n in range(count)]
    for story in stories:
        illustrate_story(by=None, story=story, picture=picture)
    storyline = a_storyline(room)
    told = [a_published_story(room, f"Told {n}", storyline=storyline) for n in range(count)]
    for story in told:
        illustrate_story(by=None, story=story, picture=picture)
    corrected = a_published_story(room, "Wrong at first", section=room.culture)
    illustrate_story(by=None, story=corrected, picture=picture)
    correct_story(by=None, story=corrected, text="Not so.")
    return {
        "front": "/",
        "front, older": "/?before=9999999999999999-9",
        "section": room.world.address,
        "topic": room.topic.address,
        "story": Story.objects.get(pk=stories[-1].pk).address,
        "story, of a storyline": Story.objects.get(pk=told[-1].pk).address,
        "storyline": storyline.address,
        "story, corrected": Story.objects.get(pk=corrected.pk).address,
    }


def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(asked), [query["sql"][:150] for query in asked]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("page", COUNTS)
def test_a_page_asks_as_often_as_this(client, page, count):
    address = a_site(count)[page]
    queries(client, "/")
    asked, texts = queries(client, address)
    assert asked == COUNTS[page][count == 3], texts


@pytest.mark.parametrize("page", COUNTS)
def test_it_is_the_same_for_somebody_who_has_logged_in(client, page):
    address = a_site(3)[page]
    client.force_login(Account.objects.get(username="editor"))
    queries(client, "/")
    assert queries(client, address)[0] == COUNTS[page][1]
