import pytest

from dateline.stories.actions import kill_story
from dateline.stories.models import Story
from tests.factories import a_newsroom, a_published_story
from tests.newsroom.test_paths import edit

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
