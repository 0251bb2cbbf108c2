import pytest
from django.db import connection

from dateline.journal.queries import head, replay
from dateline.stories.actions import publish_story
from dateline.stories.entries import StoryPublished, StoryUpdated
from dateline.stories.models import Story, Version
from tests.factories import a_newsroom, a_published_story, a_story

pytestmark = pytest.mark.django_db


def entries_after(seq):
    return [recorded.entry for recorded in replay(seq)]


def test_first_publication_places_the_story_and_tells_readers():
    room = a_newsroom()
    story = a_story(room)
    before = head()
    publish_story(by=room.editor, story=story)
    story = Story.objects.get()
    assert story.address == f"/{story.published_at:%Y%m%d}/talks-fail-in-brenn-{story.pk}.html"
    assert entries_after(before) == [
        StoryPublished(
            edition="en",
            story=story.pk,
            sections=(room.world.pk,),
            topics=(room.topic.pk,),
            people=(room.person.pk,),
            day=f"{story.published_at:%Y%m%d}",
            version=1,
            address=story.address,
            headline="Talks fail in Brenn",
            short_headline="Talks fail in Brenn",
            kicker="",
            story_kind="news",
            urgency=5,
            section_name="World",
            section_address="/world/",
            published_at=story.published_at,
        )
    ]


def test_second_publication_is_an_update_with_the_next_number():
    room = a_newsroom()
    story = a_published_story(room)
    story.headline = "Talks fail again"
    story.save_revision()
    before = head()
    publish_story(by=None, story=Story.objects.get())
    [entry] = entries_after(before)
    assert isinstance(entry, StoryUpdated)
    assert entry.version == 2
    assert list(Version.objects.values_list("number", flat=True)) == [2, 1]
    assert entry.address == Story.objects.get().address
    assert connection.in_atomic_block
