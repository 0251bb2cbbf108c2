"""The sample in an empty newsroom: stories at once, chats by the runner, and nothing twice."""

import pytest

from dateline.chats.actions import open_chat
from dateline.chats.models import Message
from dateline.chats.moderation_queries import queue_counts
from dateline.publishing import jobs
from dateline.sample.actions import fill_newsroom
from dateline.sample.tasks import fill_chats
from dateline.stories.models import Story
from dateline.subscriptions.models import Issue

pytestmark = pytest.mark.django_db


def test_a_newsletter_has_two_letters_that_left_and_one_that_somebody_is_at():
    fill_newsroom(by=None, pictures=False)
    issues = Issue.objects.order_by("pk")
    assert [one.is_draft for one in issues] == [False, False, True]
    assert all(one.parts.first().stories.exists() for one in issues)


def test_chats_follow_the_stories_in_all_languages_and_once():
    count = fill_newsroom(by=None, pictures=False)
    assert (Story.objects.count(), Message.objects.count()) == (count, 0)
    stories = [[one.pk, f"{one.edition.code}/{one.slug}"] for one in Story.objects.all()]
    assert jobs.run_next()
    said = Message.objects.values_list("chat__edition__code", flat=True)
    assert len(said) >= 200
    assert set(said) == {"en", "ru", "ar"}
    found = list(Message.objects.values_list("state", flat=True))
    assert {state: found.count(state) for state in ("held", "rejected")} == {
        "held": 3,
        "rejected": 0,
    }
    assert queue_counts() | {"new": 0} == {
        "reported": 2,
        "held": 3,
        "new": 0,
        "legal": 1,
        "appeals": 0,
    }
    featured = Message.objects.filter(is_featured=True).values_list(
        "chat__edition__code", flat=True
    )
    assert set(featured) == {"en", "ru", "ar"}
    before = len(said)
    fill_chats.call(stories)
    assert Message.objects.count() == before


def test_chats_that_were_opened_before_are_filled_too():
    fill_newsroom(by=None, pictures=False)
    for story in Story.objects.all()[:20]:
        open_chat(by=None, of=story)
    assert jobs.run_next()
    assert Message.objects.count() >= 200
