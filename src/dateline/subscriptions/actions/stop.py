"""Stopping what is on its way, going on with it, and taking back what was sent."""

from django.db import transaction

from dateline.common import clock
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.subscriptions.actions.plan import Plan, plan_sending
from dateline.subscriptions.entries import SendingPlanned, SendingStopped
from dateline.subscriptions.enums import Halt, Stage, State, Thing
from dateline.subscriptions.models import Delivery, Sending
from dateline.subscriptions.queries import has_reached_anybody, sendings_of_story
from dateline.subscriptions.rules import retraction_key, story_retraction_key


@transaction.atomic
def stop_sending(*, by: Account | None, sending: Sending, why: str = Halt.WITHDRAWN) -> None:
    """Keep what has not left yet; what is being handed over this moment cannot be stopped.

    Records: SendingStopped, unless everything is settled.
    """
    rows = Sending.objects.filter(pk=sending.pk, closed_at__isnull=True)
    now = clock.now()
    if rows.update(stage=Stage.STOPPED, why=why, closed_at=now):
        Delivery.objects.filter(sending=sending, state=State.PLANNED).update(
            state=State.SKIPPED, cause=Halt.WITHDRAWN, settled_at=now
        )
        record(SendingStopped(edition=sending.edition.code, sending=sending.pk, why=why))


@transaction.atomic
def resume_sending(*, by: Account | None, sending: Sending) -> None:
    """Go on with what was stopped: whoever has it already does not get it again.

    Records: SendingPlanned.
    """
    rows = Sending.objects.filter(pk=sending.pk, stage=Stage.STOPPED)
    if rows.update(stage=Stage.PLANNING, why="", closed_at=None):
        Delivery.objects.filter(sending=sending, state=State.SKIPPED, cause=Halt.WITHDRAWN).update(
            state=State.PLANNED, cause="", due_at=clock.now(), settled_at=None
        )
        code, thing = sending.edition.code, sending.thing
        record(SendingPlanned(edition=code, sending=sending.pk, thing=thing, story=sending.story))


@transaction.atomic
def retract(*, by: Account | None, sending: Sending) -> Sending | None:
    """Tell those who have a sending that it was withdrawn; None if nobody has it.

    Records: SendingPlanned, the first time.
    """
    if not has_reached_anybody(sending):
        return None
    return _take_back(by, sending, key=retraction_key(sending.pk), story=sending.story)


@transaction.atomic
def retract_story(*, by: Account | None, story: int) -> Sending | None:
    """Tell whoever has anything about a story that it was withdrawn: once, however much they have.

    Records: SendingPlanned, the first time.
    """
    first = next((one for one in sendings_of_story(story) if has_reached_anybody(one)), None)
    if first is None:
        return None
    return _take_back(by, first, key=story_retraction_key(story), story=story)


def _take_back(by: Account | None, sending: Sending, *, key: str, story: int | None) -> Sending:
    plan = Plan(
        key=key,
        thing=Thing.RETRACTION,
        edition=sending.edition,
        story=story,
        thing_number=sending.pk,
        title=sending.title,
    )
    return plan_sending(by=by, plan=plan)


@transaction.atomic
def send_again(*, by: Account | None, sending: Sending, cause: str) -> int:
    """Plan once more what failed for one cause; return how many. A person has looked at it.

    Records: SendingPlanned, if any.
    """
    failed = (State.BOUNCED, State.UNCERTAIN, State.SKIPPED)
    rows = Delivery.objects.filter(sending=sending, state__in=failed, cause=cause)
    count = rows.update(state=State.PLANNED, cause="", tries=0, due_at=clock.now())
    if count:
        # One that is still open goes on by itself: its recipients may not all be written down.
        closed = Sending.objects.filter(pk=sending.pk, closed_at__isnull=False)
        closed.update(stage=Stage.SENDING, closed_at=None, why="")
        code, thing = sending.edition.code, sending.thing
        record(SendingPlanned(edition=code, sending=sending.pk, thing=thing, story=sending.story))
    return count
