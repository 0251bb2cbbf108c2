"""What becomes of a story goes out to whoever follows it: what is new in it, and what was wrong."""

from datetime import datetime, timedelta
from functools import partial

from dateline.common import clock
from dateline.journal.entries import Recorded
from dateline.publishing.sendings import FRESH
from dateline.stories.developments import is_development
from dateline.stories.entries import StoryShown, StoryUpdated
from dateline.stories.enums import Kind
from dateline.stories.models import Correction
from dateline.stories.queries import visible
from dateline.subscriptions.actions import Plan, plan_sending, stop_sending
from dateline.subscriptions.enums import Cause, Thing
from dateline.subscriptions.queries import has_followers, latest_update
from dateline.topics.queries import edition_by_code

UPDATES_EVERY = timedelta(minutes=15)
"""How far apart updates of one story leave: one that comes sooner waits, and says what both did."""


def follow_ups_after(recorded: Recorded) -> None:
    """Have corrections of a story, and versions that tell more, go out to its followers."""
    entry = recorded.entry
    if not isinstance(entry, StoryShown) or not has_followers(followed_as(entry.story)):
        return
    if not visible(clock.now()).filter(pk=entry.story).exists():
        return
    _correct(entry, recorded.at)
    is_old = clock.now() - recorded.at > FRESH
    if isinstance(entry, StoryUpdated) and entry.story_kind != Kind.LIVE and not is_old:
        _update(entry, recorded.at)


def followed_as(story: int) -> tuple[str, ...]:
    """Return under which names a story is followed: its own, and that of its coverage."""
    return (f"story:{story}", f"live:{story}")


def _correct(entry: StoryShown, at: datetime) -> None:
    """Plan the corrections that readers have seen since yesterday; each goes out once."""
    fresh = Correction.objects.filter(story=entry.story, at__gt=clock.now() - FRESH)
    for one in fresh.order_by("at", "pk"):
        plan = partial(Plan, key=f"correction:{one.pk}", thing=Thing.CORRECTION)
        _plan(entry, partial(plan, thing_number=one.pk, since=max(at, one.at)))


def _update(entry: StoryUpdated, at: datetime) -> None:
    """Plan what a version tells; an update that has not left yet is told by this one."""
    latest, due_at = latest_update(entry.story), at
    if latest is not None:
        if (latest.thing_number or 0) >= entry.version:
            return
        due_at = max(at, latest.due_at + UPDATES_EVERY)
    if not is_development(entry.story, entry.version):
        return
    if latest is not None and latest.due_at > clock.now():
        due_at = latest.due_at
        stop_sending(by=None, sending=latest, why=Cause.NEWER)
    plan = partial(Plan, key=f"update:{entry.story}:{entry.version}", thing=Thing.UPDATE)
    _plan(entry, partial(plan, thing_number=entry.version, since=at, due_at=due_at))


def _plan(entry: StoryShown, plan: "partial[Plan]") -> None:
    edition = edition_by_code(entry.edition)
    if edition is None:
        return
    made = plan(
        edition=edition,
        subjects=followed_as(entry.story),
        title=entry.headline,
        story=entry.story,
    )
    plan_sending(by=None, plan=made)
