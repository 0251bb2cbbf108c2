"""Writing a draft by code: what the wire, imports and the sample newsroom hand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from dateline.people.models import Account, Person
from dateline.stories.enums import Role
from dateline.stories.models import Byline, Story, StoryTopic
from dateline.topics.models import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A story's parts as another system hands them in.

    Shape: `fields` are those of Story by name; `body` is a list of `{"type", "value"}` and
    optionally `"id"`, the types of `BlockKind`. `published_at` is given for stories that were
    published before, elsewhere.
    """

    fields: dict[str, Any]
    body: Sequence[dict[str, Any]]
    bylines: Sequence[tuple[Person, Role]] = ()
    topics: Sequence[Topic] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None


@transaction.atomic
def write_story(*, by: Account | None, draft: Draft, story: Story | None = None) -> Story:
    """Store a draft: a new story, or a new revision of one. Nothing reaches a reader yet.

    Raises:
        ValidationError: a field does not fit.
    """
    if story is None:
        story = Story(live=False, published_at=draft.published_at, updated_at=draft.updated_at)
    else:
        story = story.get_latest_revision_as_object()
    for name, value in draft.fields.items():
        setattr(story, name, value)
    set_body(story, draft.body)
    story.bylines.set(
        [
            Byline(person=person, role=role, sort_order=n)
            for n, (person, role) in enumerate(draft.bylines)
        ]
    )
    story.story_topics.set([StoryTopic(topic=topic) for topic in draft.topics])
    story.full_clean()
    if story.pk is None:
        story.save()
    story.save_revision(user=by)
    return story


def set_body(story: Story, body: Sequence[dict[str, Any]]) -> None:
    """Give a story a body of `{"type", "value"}`, which is not stored yet."""
    block = Story._meta.get_field("body").stream_block
    story.body = block.to_python([dict(part) for part in body])
