"""Saying in the open what was wrong, and putting a picture to a story."""

from datetime import datetime

from django.db import transaction

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
def illustrate_story(*, by: Account | None, story: Story, picture: Picture) -> None:
    """Give a story its lead picture, live and in its newest draft, without a new version.

    Records: StoryUpdated if readers see the story now.
    """
    story = locked(story)
    story.lead_picture = picture
    Story.objects.filter(pk=story.pk).update(lead_picture=picture)
    draft = story.latest_revision
    if draft is not None:
        draft.content["lead_picture"] = picture.pk
        draft.save(update_fields=["content"])
    _show_again(story, updates=False)


def _show_again(story: Story, *, updates: bool) -> None:
    now = clock.now()
    version = story.versions.order_by("-number").first()
    if story.live and version is not None and not is_kept(story, now):
        tell.update(story=story, version=version.number, now=now if updates else None)
