"""Opening a coverage, and what belongs to it as a whole."""

from collections.abc import Sequence

from django.db import transaction

from dateline.common import clock
from dateline.common.html import Markup, clean
from dateline.journal.turn import take_turn
from dateline.live.actions import tell
from dateline.live.actions.lock import locked_coverage
from dateline.live.entries import LiveArranged, LiveOpened, LiveSummaryChanged
from dateline.live.enums import Deed, Order
from dateline.live.errors import NotLive
from dateline.live.models import LiveStory
from dateline.live.queries import live_story_of
from dateline.live.rules import MOST_SUMMARY_POINTS
from dateline.people.models import Account
from dateline.stories.enums import Kind
from dateline.stories.models import Story


@transaction.atomic
def open_coverage(*, by: Account | None, story: Story) -> LiveStory:
    """Return the coverage of a story of kind live, made if there is none yet.

    Records: LiveOpened, or LiveDeskChanged while readers do not see the story; nothing if it was
    open before.

    Raises:
        NotLive: the story is of another kind.
    """
    known = live_story_of(story)
    if known is not None:
        return known
    take_turn()
    if story.kind != Kind.LIVE:
        raise NotLive
    now = clock.now()
    live_story, is_new = LiveStory.objects.get_or_create(story=story, defaults={"opened_at": now})
    if is_new:
        tell.note(by=by, deed=Deed.OPEN, of=live_story, at=now)
        tell.tell_coverage(live_story, LiveOpened, Deed.OPEN, now)
    return live_story


@transaction.atomic
def save_summary(*, by: Account | None, live_story: LiveStory, points: Sequence[str]) -> LiveStory:
    """Say what is known so far, in a few sentences; empty ones are left out.

    Records: LiveSummaryChanged, or LiveDeskChanged while readers do not see the story; nothing
    where nothing changed.
    """
    live_story, now = locked_coverage(live_story), clock.now()
    cleaned = [clean(Markup.INLINE, point).strip() for point in points]
    summary = [point for point in cleaned if point][:MOST_SUMMARY_POINTS]
    if summary == live_story.summary:
        return live_story
    live_story.summary, live_story.summary_at = summary, now
    live_story.save(update_fields=["summary", "summary_at"])
    tell.note(by=by, deed=Deed.SUMMARISE, of=live_story, at=now)
    tell.tell_coverage(live_story, LiveSummaryChanged, Deed.SUMMARISE, now)
    return live_story


@transaction.atomic
def save_order(*, by: Account | None, live_story: LiveStory, order: Order) -> LiveStory:
    """Say with which end a coverage begins.

    Records: LiveArranged, or LiveDeskChanged while readers do not see the story.
    """
    live_story, now = locked_coverage(live_story), clock.now()
    if live_story.order == order:
        return live_story
    live_story.order = order
    live_story.save(update_fields=["order"])
    tell.note(by=by, deed=Deed.ARRANGE, of=live_story, at=now)
    tell.tell_coverage(live_story, LiveArranged, Deed.ARRANGE, now)
    return live_story


@transaction.atomic
def save_as_template(*, by: Account | None, live_story: LiveStory, name: str) -> LiveStory:
    """Give a coverage a name that others are opened from; an empty one takes it back.

    Records: LiveDeskChanged.
    """
    live_story, now = locked_coverage(live_story), clock.now()
    live_story.template = name.strip()
    live_story.save(update_fields=["template"])
    tell.note(by=by, deed=Deed.ARRANGE, of=live_story, at=now, why=name)
    tell.tell_desk(live_story, Deed.ARRANGE)
    return live_story
