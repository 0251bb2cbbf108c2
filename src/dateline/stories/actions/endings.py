"""Withdrawing, killing and deleting: how a story leaves the reader's reach."""

from django.db import transaction

from dateline.common import clock
from dateline.people.acting import acting_as, who_acts
from dateline.people.models import Account
from dateline.stories.actions import tell
from dateline.stories.actions.lock import locked
from dateline.stories.enums import End
from dateline.stories.models import Ending, Story
from dateline.stories.queries import is_kept


@transaction.atomic
def note_withdrawal(*, by: Account | None, story: Story, why: str = "", notice: str = "") -> None:
    """Note that a story was just unpublished; the bridge calls this.

    `why` stays with the desk, `notice` is what readers are told; so in every ending.

    Records: StoryWithdrawn, or StoryKept if readers could not see it anyway.
    """
    _end(story, _ending(story, End.WITHDRAWAL, by, why=why, notice=notice))


@transaction.atomic
def kill_story(*, by: Account | None, story: Story, why: str, notice: str = "") -> None:
    """Pull a story back at once; it cannot be published again before the kill is lifted.

    Records: StoryWithdrawn, StoryKept if an embargo or hold kept it, nothing if it was not live.
    """
    story = locked(story)
    if story.live:
        with acting_as(by or who_acts()):
            # The newsroom's log is of persons; the journal knows of this anyway.
            story.unpublish(user=by, log_action=by is not None)
    story.revisions.update(approved_go_live_at=None)
    _ending(story, End.KILL, by, why=why, notice=notice).save()


@transaction.atomic
def lift_kill(*, by: Account | None, story: Story) -> None:
    """Allow a killed story to be published again; its address says withdrawn until then."""
    Ending.objects.filter(story_number=story.pk, kind=End.KILL, lifted_at__isnull=True).update(
        lifted_at=clock.now(), lifted_by=by
    )


@transaction.atomic
def note_deletion(*, by: Account | None, story: Story) -> None:
    """Note that a story is about to be deleted; the bridge calls this.

    A draft that no reader ever saw leaves no trace.

    Records: StoryWithdrawn if readers see it now.
    """
    story = locked(story)
    ending = _ending(story, End.DELETION, by)
    if story.live:
        _end(story, ending)
    elif _was_seen(story):
        ending.save()


def _end(story: Story, ending: Ending) -> None:
    if _was_seen(story):
        ending.save()
    if is_kept(story, ending.at):
        tell.keep(story=story, version=0)
    else:
        tell.hide(story=story)


def _was_seen(story: Story) -> bool:
    """Say whether readers ever saw a story: its slug is given when it is shown first."""
    return story.slug != ""


def _ending(
    story: Story, kind: End, by: Account | None, *, why: str = "", notice: str = ""
) -> Ending:
    return Ending(
        kind=kind,
        story_number=story.pk,
        edition=story.edition,
        by=by,
        at=clock.now(),
        why=why,
        notice=notice,
    )
