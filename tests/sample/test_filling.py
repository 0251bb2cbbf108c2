"""The sample in an empty newsroom: stories at once, chats by the runner, and nothing twice."""

import pytest

from dateline.chats.models import Message
from dateline.publishing import jobs
from dateline.sample.actions import fill_newsroom
from dateline.sample.tasks import fill_chats
from dateline.stories.models import Story

pytestmark = pytest.mark.django_db


def test_chats_follow_the_stories_in_all_languages_and_once():
    count = fill_newsroom(by=None, pictures=False)
    assert (Story.objects.count(), Message.objects.count()) == (count, 0)
    stories = [[one.pk, f"{one.edition.code}/{one.slug}"] for one in Story.objects.all()]
    assert jobs.run_next()
    said = Message.objects.values_list("chat__edition__code", flat=True)
    assert len(said) >= 200
    assert set(said) == {"en", "ru", "ar"}
    before = len(said)
    fill_chats.call(stories)
    assert Message.objects.count() == before
