"""Stories of the past, published elsewhere at a time of their own."""

from dataclasses import replace
from datetime import UTC, datetime

from dateline.stories.actions import publish_story, write_story
from tests.factories import a_draft


def a_story_of(room, moment, headline="Talks fail in Brenn", topics=None, **fields):
    """Publish a story that came out at a moment, as `2008-11-13` or with an hour, UTC."""
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    if len(moment) == 10:
        at = at.replace(hour=12)
    draft = replace(a_draft(room, headline, **fields), published_at=at)
    draft = draft if topics is None else replace(draft, topics=topics)
    return publish_story(by=None, story=write_story(by=None, draft=draft))
