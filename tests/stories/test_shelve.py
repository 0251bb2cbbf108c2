from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from wagtail.models import ModelLogEntry, Revision

from dateline.journal.models import JournalLine
from dateline.stories.actions import Draft, publish_story, write_story
from dateline.stories.actions.shelve import shelve_stories
from dateline.stories.enums import Role
from dateline.stories.errors import StoryNotReady
from dateline.stories.models import Byline, Story, StoryTopic, Version
from dateline.stories.queries import visible
from tests.factories import a_newsroom

pytestmark = pytest.mark.django_db

OLD = datetime(2006, 11, 9, 13, 25, tzinfo=UTC)
PASSING = {"id", "pk", "at", "seq", "made_at", "changed_at", "created_at", "timestamp"}
PASSING |= {"announced_as"}


@pytest.fixture
def room():
    return a_newsroom()


def a_draft_of_old(room, number=1, **changes):
    parts = {
        "fields": {
            "section": room.world,
            "headline": f"Guns fall silent in Ostrel {number}",
            "standfirst": "At noon.",
            "dateline_place": "BRENN",
        },
        "body": [
            {"type": "paragraph", "value": "<p>At <em>noon</em>.</p>", "id": "a1"},
            {"type": "subhead", "value": "By ferry", "id": "a2"},
        ],
        "bylines": [(room.person, Role.WRITER)],
        "topics": [room.topic],
        "published_at": OLD,
        "updated_at": OLD,
    }
    return Draft(**{**parts, **changes})


def rows(model, **where):
    """Return a model's rows as plain values, without what differs between any two of them."""
    found = model.objects.filter(**where)
    return [_plain({f.attname: getattr(row, f.attname) for f in row._meta.fields}) for row in found]


def _plain(values):
    numbers = {"story_id", "object_id", "subject", "revision_id", "latest_revision_id", "story"}
    moments = {"first_published_at", "last_published_at", "live_revision_id", "address", "keys"}
    dropped = PASSING | numbers | moments
    kept = {key: value for key, value in values.items() if key not in dropped}
    for key in ("content", "payload"):
        if isinstance(kept.get(key), dict):
            kept[key] = _plain(kept[key])
    for key in ("bylines", "story_topics"):
        if isinstance(kept.get(key), list):
            kept[key] = [_plain(one) for one in kept[key]]
    kept.pop("published_at" if "number" in kept else "", None)
    if "body" in kept:
        kept["body"] = str(kept["body"])
    return kept


def test_a_shelved_story_is_stored_as_one_written_and_published(room):
    one = publish_story(by=None, story=write_story(by=None, draft=a_draft_of_old(room)))
    [other] = shelve_stories(by=None, drafts=[a_draft_of_old(room)])
    for model in (Byline, StoryTopic, Version):
        assert rows(model, story=other) == rows(model, story=one)
    assert rows(Story, pk=other.pk) == rows(Story, pk=one.pk)
    for model in (Revision, ModelLogEntry):
        assert rows(model, object_id=str(other.pk)) == rows(model, object_id=str(one.pk))
    told = [rows(JournalLine, subject=f"story:{story.pk}")[0] for story in (one, other)]
    assert [line["payload"].pop("is_newest") for line in told] == [True, False]
    assert told[0] == told[1]


def test_its_newest_draft_is_the_revision_that_is_live(room):
    stories = shelve_stories(by=room.editor, drafts=[a_draft_of_old(room, n) for n in (1, 2)])
    for story in stories:
        stored = Story.objects.get(pk=story.pk)
        assert stored.latest_revision == stored.live_revision == story.latest_revision
        assert stored.latest_revision.object_id == str(story.pk)
        assert stored.get_latest_revision_as_object().headline == story.headline
    assert set(visible(OLD)) == set(stories)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(room, count, django_assert_num_queries):
    shelve_stories(by=None, drafts=[a_draft_of_old(room, 9)])
    turns = 1 if connection.vendor == "postgresql" else 0
    with django_assert_num_queries(11 + turns):
        shelve_stories(by=None, drafts=[a_draft_of_old(room, n) for n in range(count)])


def test_it_can_be_published_again(room):
    [story] = shelve_stories(by=None, drafts=[a_draft_of_old(room)])
    again = write_story(
        by=None, story=story, draft=Draft(fields={"headline": "Guns silent"}, body=[])
    )
    assert publish_story(by=None, story=again).version == 2


def test_what_does_not_fit_is_refused(room):
    with pytest.raises(StoryNotReady):
        shelve_stories(by=None, drafts=[a_draft_of_old(room, published_at=None)])
    fields = {"section": room.world, "headline": "x" * 300}
    with pytest.raises(ValidationError):
        shelve_stories(by=None, drafts=[a_draft_of_old(room, fields=fields)])
    assert Story.objects.count() == 0
