"""The desk's form for a storyline, and the story's choice of one."""

import pytest

from dateline.common import clock
from dateline.journal.queries import head, replay
from dateline.stories.models import Story
from dateline.topics.actions import save_storyline
from dateline.topics.entries import StorylineChanged, StorylineEnded
from dateline.topics.models import OldStorylineSlug, Storyline
from tests.addresses import reverse
from tests.factories import a_newsroom, a_published_story, a_storyline

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def room(client):
    room = a_newsroom()
    client.force_login(room.editor)
    return room


@pytest.fixture
def storyline(room):
    return a_storyline(room)


def values(room, **changes):
    return {
        "edition": room.edition.pk,
        "name": "The status of Ostrel",
        "slug": "the-status-of-ostrel",
        "standfirst": "Two blocs cannot agree.",
        "shared_key": "ostrel",
        **changes,
    }


def edit(client, room, storyline, **changes):
    address = reverse("storyline:edit", args=[storyline.pk])
    return client.post(address, values(room, **changes))


def test_one_is_made_renamed_and_removed(client, room):
    assert client.post(reverse("storyline:add"), values(room)).status_code == 302
    storyline = Storyline.objects.get()
    assert (storyline.standfirst, storyline.is_running) == ("Two blocs cannot agree.", True)
    edit(client, room, storyline, slug="ostrel")
    assert [line.slug for line in OldStorylineSlug.objects.all()] == ["the-status-of-ostrel"]
    client.post(reverse("storyline:delete", args=[storyline.pk]))
    assert Storyline.objects.count() == 0


def test_a_tick_ends_it_once_and_its_absence_goes_on(client, room, storyline):
    seq = head()
    edit(client, room, storyline, is_over="on")
    ended_at = Storyline.objects.get().ended_at
    edit(client, room, storyline, is_over="on")
    assert Storyline.objects.get().ended_at == ended_at is not None
    edit(client, room, storyline)
    assert Storyline.objects.get().is_running
    kinds = [type(recorded.entry) for recorded in replay(seq)]
    assert kinds == [StorylineEnded, StorylineChanged, StorylineChanged]
    page = client.get(reverse("storyline:edit", args=[storyline.pk])).text
    assert 'name="is_over"' in page


def test_an_address_that_is_taken_is_said_at_the_form(client, room, storyline):
    answer = client.post(reverse("storyline:add"), values(room))
    assert answer.status_code == 200
    assert "Another storyline has this address already." in answer.text


def test_the_list_names_them_and_when_they_ended(client, room, storyline):
    assert storyline.name in client.get(reverse("storyline:index")).text


def test_the_editor_offers_what_runs_and_what_the_story_has(client, room, storyline):
    ended = a_storyline(room, "The canal")
    a_storyline(room, "The old one", ended_at=clock.now())
    story = a_published_story(room, storyline=ended)
    ended.ended_at = clock.now()
    save_storyline(by=None, storyline=ended)
    page = client.get(reverse(f"{Story.snippet_viewset.url_namespace}:edit", args=[story.pk]))
    form = page.context["form"]
    assert list(form.fields["storyline"].queryset) == [ended, storyline]


def test_the_desk_shows_the_stories_of_one(client, room, storyline):
    a_published_story(room, "Of the storyline", storyline=storyline)
    a_published_story(room, "Of none")
    address = reverse(f"{Story.snippet_viewset.url_namespace}:list")
    text = client.get(address, {"storyline": storyline.pk}).text
    assert "Of the storyline" in text
    assert "Of none" not in text
