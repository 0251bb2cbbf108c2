import pytest

from dateline.stories.actions import kill_story
from dateline.stories.models import Story
from tests.factories import a_newsroom, a_published_story, a_story
from tests.newsroom.test_paths import edit, form, url

pytestmark = pytest.mark.django_db


def test_what_an_action_refuses_is_said_in_its_words_and_changes_nothing(client):
    room = a_newsroom()
    client.force_login(room.editor)
    story = a_published_story(room)
    kill_story(by=room.editor, story=story, why="wrong country")
    answer = edit(client, room, story, headline="Out again", **{"action-publish": "1"})
    assert answer.status_code == 409
    assert "killed (wrong country)" in answer.content.decode()
    assert not Story.objects.get().live


@pytest.fixture
def desk(client):
    client.room = a_newsroom()
    client.force_login(client.room.editor)
    return client


@pytest.mark.parametrize("screen", ["add", "edit", "copy", "revisions_revert"])
def test_a_story_that_arrives_as_an_empty_form_is_refused_and_nothing_is_lost(desk, screen):
    story = a_story(desk.room)
    numbers = {"add": (), "revisions_revert": (story.pk, story.latest_revision_id)}
    answer = desk.post(url(screen, *numbers.get(screen, (story.pk,))))
    assert answer.status_code == 400
    assert "The form did not arrive whole." in answer.content.decode()
    assert Story.objects.get().latest_revision_id == story.latest_revision_id


@pytest.mark.parametrize("part", ["body-count", "body-0-type", "bylines-TOTAL_FORMS"])
def test_a_form_without_one_of_its_parts_is_refused_whole(desk, part):
    story = a_story(desk.room)
    sent = {name: value for name, value in form(desk.room).items() if name != part}
    answer = desk.post(url("edit", story.pk), sent, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "form-incomplete")
    assert Story.objects.get().latest_revision_id == story.latest_revision_id
