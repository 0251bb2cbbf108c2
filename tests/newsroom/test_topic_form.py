"""The desk's form for a topic: aliases, codes, keys; and the story's translation."""

import pytest

from dateline.stories.models import Story
from dateline.topics.models import OldTopicSlug, Topic
from tests.addresses import reverse
from tests.factories import a_newsroom, a_story

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def room(client):
    room = a_newsroom()
    client.force_login(room.editor)
    return room


def values(room, **changes):
    return {
        "edition": room.edition.pk,
        "kind": "place",
        "name": "Ostrel",
        "slug": "ostrel",
        "description": "A province.",
        "picture": "",
        "media_topic": "medtop:11000000",
        "wikidata_id": "Q42",
        "shared_key": "ostrel",
        "aliases-TOTAL_FORMS": "1",
        "aliases-INITIAL_FORMS": "0",
        "aliases-MIN_NUM_FORMS": "0",
        "aliases-MAX_NUM_FORMS": "1000",
        "aliases-0-name": "Острел",
        "aliases-0-language": "ru",
        "aliases-0-id": "",
        "aliases-0-DELETE": "",
        **changes,
    }


def edit(client, room, **changes):
    return client.post(reverse("topic:edit", args=[room.topic.pk]), values(room, **changes))


def test_a_topic_is_stored_with_all_it_is_called(client, room):
    assert edit(client, room).status_code == 302
    topic = Topic.objects.get(pk=room.topic.pk)
    assert (topic.kind, topic.media_topic, topic.wikidata_id) == ("place", "medtop:11000000", "Q42")
    assert [(alias.name, alias.language) for alias in topic.aliases.all()] == [("Острел", "ru")]


def test_a_new_address_leaves_the_old_one_behind(client, room):
    edit(client, room, slug="ostrel-province")
    assert [line.slug for line in OldTopicSlug.objects.all()] == ["ostrel"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("media_topic", "11000000"), ("media_topic", "medtop:1"), ("wikidata_id", "42")],
)
def test_a_code_of_another_form_is_refused_beside_its_field(client, room, field, value):
    answer = edit(client, room, **{field: value})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert Topic.objects.get(pk=room.topic.pk).media_topic == ""


def test_the_editor_offers_the_story_a_story_translates(client, room):
    story = a_story(room)
    page = client.get(reverse("wagtailsnippets_stories_story:edit", args=[story.pk]))
    assert b'name="translation_of"' in page.content
    assert Story.objects.get(pk=story.pk).translation_of is None
