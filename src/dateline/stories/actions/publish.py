"""Publishing: one transaction that numbers the version, places the story and tells of it."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Revision

from dateline.common import clock
from dateline.people.acting import acting_as, who_acts
from dateline.people.models import Account
from dateline.stories.actions import tell
from dateline.stories.actions.lock import locked
from dateline.stories.actions.translate import link_translation
from dateline.stories.enums import End
from dateline.stories.errors import StoryKilled, StoryNotReady
from dateline.stories.models import Ending, Story, Version
from dateline.stories.queries import is_kept


@transaction.atomic
def publish_story(*, by: Account | None, story: Story) -> Story:
    """Publish the newest draft of a story.

    Records: StoryPublished, StoryUpdated or StoryKept.

    Raises:
        StoryNotReady: headline or body is missing.
        StoryKilled: the story was killed and the kill still stands.
    """
    story = locked(story)
    revision = story.latest_revision or story.save_revision(user=by)
    with acting_as(by or who_acts()):
        revision.publish(user=by, skip_permission_checks=True)
    story.refresh_from_db()
    return story


@transaction.atomic
def note_publication(*, by: Account | None, story: Story, revision: Revision) -> Version | None:
    """Number the version that was just made live and tell of it; the bridge calls this.

    A publication that is only scheduled makes nothing live and is not noted, but what could not be
    published at its time is refused at once.

    Records: StoryPublished, StoryUpdated, or StoryKept while an embargo or hold stands.

    Raises:
        StoryNotReady: headline or body is missing.
        StoryKilled: the story was killed and the kill still stands.
    """
    _refuse_unready(story)
    _lift(story.refusals.filter(lifted_at__isnull=True), by)
    if not story.live:
        return None
    now = clock.now()
    previous = story.versions.order_by("-number").first()
    was_away = _lift_withdrawals(story, by)
    version = Version.objects.create(
        story=story,
        number=previous.number + 1 if previous else 1,
        revision=revision,
        headline=story.headline,
        content=revision.content,
        by=by,
        published_at=now,
    )
    story.version = version.number
    Story.objects.filter(pk=story.pk).update(version=version.number)
    link_translation(by=by, story=story)
    is_back = was_away or _differs(previous, "section", story.section_id)
    if is_kept(story, now):
        tell.keep(story=story, version=version.number)
    elif is_back or not story.slug:
        tell.show(
            story=story,
            version=version.number,
            now=now,
            is_back=is_back,
            announces=was_away or not story.slug,
        )
    else:
        moved = _differs(previous, "kind", story.kind)
        moved = moved or _differs(previous, "storyline", story.storyline_id)
        tell.update(story=story, version=version.number, now=now, is_newest=not moved)
    return version


def _refuse_unready(story: Story) -> None:
    kill = Ending.objects.filter(
        story_number=story.pk, kind=End.KILL, lifted_at__isnull=True
    ).first()
    if kill is not None:
        raise StoryKilled(why=kill.why or "no reason given")
    if not story.headline.strip():
        raise StoryNotReady(why="it has no headline")


def _lift_withdrawals(story: Story, by: Account | None) -> bool:
    withdrawals = Ending.objects.filter(story_number=story.pk, kind=End.WITHDRAWAL)
    return _lift(withdrawals.filter(lifted_at__isnull=True), by) > 0


def _lift(open_ones: "QuerySet[Any]", by: Account | None) -> int:
    return open_ones.update(lifted_at=clock.now(), lifted_by=by)


def _differs(previous: Version | None, field: str, value: object) -> bool:
    return previous is not None and previous.content.get(field) != value
