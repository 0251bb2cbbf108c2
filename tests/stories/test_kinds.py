"""A story whose kind changes enters and leaves the lists of kinds, older pages of them too."""

import pytest

from dateline.journal.queries import head, replay
from dateline.stories.actions import publish_story, write_story
from tests.factories import a_draft, a_newsroom, a_published_story

pytestmark = pytest.mark.django_db


def keys_after(seq):
    [recorded] = replay(seq)
    return recorded.entry.kind, {key for key in recorded.keys if key.startswith("archive:")}


@pytest.mark.parametrize(("kind", "is_rung"), [("news", False), ("feature", True)])
def test_a_change_of_kind_rings_for_older_pages(kind, is_rung):
    room = a_newsroom()
    story, seq = a_published_story(room, kind="news"), head()
    write_story(by=None, draft=a_draft(room, kind=kind), story=story)
    story.refresh_from_db()
    publish_story(by=None, story=story)
    archives = {f"archive:{room.world.pk}"} if is_rung else set()
    assert keys_after(seq) == ("story-updated", archives)
