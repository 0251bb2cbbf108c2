"""Embargo and hold: keeping a published story from readers, and letting it go."""

from datetime import datetime

from django.db import transaction

from dateline.common import clock
from dateline.people.models import Account
from dateline.stories.actions import tell
from dateline.stories.actions.lock import locked
from dateline.stories.models import Embargo, Hold, Story
from dateline.stories.queries import is_kept
from dateline.stories.rules import is_embargoed


@transaction.atomic
def set_embargo(
    *, by: Account | None, story: Story, until: datetime | None, why: str = ""
) -> Embargo:
    """Keep a story from readers until an instant; without one, until a person lifts it.

    Records: StoryWithdrawn if readers see it now.
    """
    story = locked(story)
    if is_embargoed(until=until, lifted_at=None, now=clock.now()):
        _hide_if_seen(story)
    return Embargo.objects.create(story=story, until=until, by=by, at=clock.now(), why=why)


@transaction.atomic
def hold_story(*, by: Account | None, story: Story, why: str) -> Hold:
    """Keep a story from readers until a person lifts the hold.

    Records: StoryWithdrawn if readers see it now.
    """
    story = locked(story)
    _hide_if_seen(story)
    return Hold.objects.create(story=story, by=by, at=clock.now(), why=why)


@transaction.atomic
def lift_hold(*, by: Account | None, hold: Hold) -> None:
    """End a hold.

    Records: StoryPublished if nothing else keeps the story.
    """
    story = locked(hold.story)
    if Hold.objects.filter(pk=hold.pk, lifted_at__isnull=True).update(
        lifted_at=clock.now(), lifted_by=by
    ):
        release_if_free(story=story)


@transaction.atomic
def release_embargo(*, by: Account | None, embargo: Embargo) -> None:
    """End an embargo, because its time has come or a person lifts it.

    Records: StoryPublished if nothing else keeps the story.
    """
    story = locked(embargo.story)
    if Embargo.objects.filter(pk=embargo.pk, lifted_at__isnull=True).update(
        lifted_at=clock.now(), lifted_by=by
    ):
        release_if_free(story=story)


@transaction.atomic
def release_if_free(*, story: Story) -> None:
    """Show a live story that nothing keeps any more.

    Records: StoryPublished.
    """
    story, now = locked(story), clock.now()
    version = story.versions.order_by("-number").first()
    if not story.live or version is None or is_kept(story, now):
        return
    was_seen = story.published_at is not None
    tell.show(story=story, version=version.number, now=now, is_back=was_seen)


def _hide_if_seen(story: Story) -> None:
    seen = story.live and story.published_at is not None
    if seen and not is_kept(story, clock.now()):
        tell.hide(story=story)
