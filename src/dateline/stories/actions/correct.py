"""Saying in the open what was wrong, and putting a picture to a story."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.blocks import StreamValue

from dateline.common import clock
from dateline.media.models import Picture
from dateline.people.models import Account
from dateline.stories.actions import tell
from dateline.stories.actions.lock import locked
from dateline.stories.models import Correction, Story
from dateline.stories.queries import is_kept


@transaction.atomic
def correct_story(
    *, by: Account | None, story: Story, text: str, at: datetime | None = None
) -> Correction:
    """Add a correction to a published story; `at` is given for one that was made elsewhere before.

    Records: StoryUpdated if readers see the story now.
    """
    story = locked(story)
    correction = Correction.objects.create(story=story, text=text, by=by, at=at or clock.now())
    story.corrected_at = max(correction.at, story.corrected_at or correction.at)
    Story.objects.filter(pk=story.pk).update(corrected_at=story.corrected_at)
    _show_again(story, updates=at is None)
    return correction


@transaction.atomic
def illustrate_story(
    *,
    by: Account | None,
    story: Story,
    picture: Picture,
    parts: Sequence[tuple[int, Mapping[str, Any]]] = (),
) -> None:
    """Give a story its lead picture, live and in its newest draft, without a new version.

    Shape: `parts` are pictures and galleries to put into the body, each `{"type", "value", "id"}`
        with the place it takes there.

    Order: places as they are when all parts before are in.

    Records: StoryUpdated if readers see the story now.
    """
    story = locked(story)
    story.lead_picture = picture
    body = _with_parts(list(story.body.raw_data), parts)
    story.body = StreamValue(story.body.stream_block, body, is_lazy=True)
    Story.objects.filter(pk=story.pk).update(lead_picture=picture, body=story.body)
    draft = story.latest_revision
    if draft is not None:
        draft.content["lead_picture"] = picture.pk
        draft.content["body"] = json.dumps(_with_parts(json.loads(draft.content["body"]), parts))
        draft.save(update_fields=["content"])
    _show_again(story, updates=False)


def _with_parts(
    body: list[Any], parts: Sequence[tuple[int, Mapping[str, Any]]]
) -> list[Mapping[str, Any]]:
    for place, part in parts:
        body.insert(place, dict(part))
    return body


def _show_again(story: Story, *, updates: bool) -> None:
    now = clock.now()
    version = story.versions.order_by("-number").first()
    if story.live and version is not None and not is_kept(story, now):
        tell.update(story=story, version=version.number, now=now if updates else None)
