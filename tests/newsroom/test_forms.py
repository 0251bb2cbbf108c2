"""The editor says what cannot be right."""

import pytest
from django.core.exceptions import ValidationError

from dateline.stories.models import Story
from dateline.topics.actions import save_edition
from tests.factories import a_newsroom, a_story
from tests.newsroom.test_paths import edit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("language", "klingonish", "There is no such language"),
        ("language", "en_US; drop", "There is no such language"),
        ("dateline_date", "0208-02-13", "Check the year"),
        ("dateline_date", "2208-02-13", "Check the year"),
        ("dateline_date", "2026-02-31", "Enter a valid date"),
        ("dateline_date", "yesterday", "Enter a valid date"),
    ],
)
def test_nonsense_is_refused_in_words(client, field, wrong, said):
    room = a_newsroom()
    client.force_login(room.editor)
    story = a_story(room)
    before = story.latest_revision_id
    answer = edit(client, room, story, **{field: wrong, "action-publish": "1"})
    assert said in answer.content.decode()
    assert (Story.objects.get().live, Story.objects.get().latest_revision_id) == (False, before)


@pytest.mark.parametrize("tag", ["pt-BR", "zh-Hant", "la", ""])
def test_a_language_there_is_is_taken(client, tag):
    room = a_newsroom()
    client.force_login(room.editor)
    story = a_story(room)
    edit(client, room, story, language=tag, **{"action-publish": "1"})
    assert (Story.objects.get().live, Story.objects.get().language) == (True, tag)


def test_an_edition_is_in_a_language_there_is():
    room = a_newsroom()
    room.edition.language = "english please"
    with pytest.raises(ValidationError, match="no such language"):
        save_edition(by=None, edition=room.edition)
