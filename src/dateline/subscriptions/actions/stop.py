"""Stopping what is on its way, going on with it, and taking back what was sent."""

from django.db import transaction

from dateline.common import clock
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.subscriptions.actions.plan import Plan, plan_sending
from dateline.subscriptions.causes import may_go_again
from dateline.subscriptions.entries import SendingPlanned, SendingStopped
from dateline.subscriptions.enums import OUT_OF_SIGHT, Cause, Stage, State, Thing
from dateline.subscriptions.errors import SendAgainRefused
from dateline.subscriptions.ledger_queries import is_written_to, may_be_repeated
from dateline.subscriptions.models import Delivery, Sending
from dateline.subscriptions.queries import has_reached_anybody, sendings_of_story
from dateline.subscriptions.rules import retraction_key, story_retraction_key


@transaction.atomic
def stop_sending(*, by: Account | None, sending: Sending, why: Cause = Cause.WITHDRAWN) -> None:
    """Keep what has not left yet; what is being handed over this moment cannot be stopped.

    Records: SendingStopped, unless everything is settled.
    """
    rows = Sending.objects.filter(pk=sending.pk, closed_at__isnull=True)
    now = clock.now()
    if rows.update(stage=Stage.STOPPED, why=why, closed_at=now):
        Delivery.objects.filter(sending=sending, state=State.PLANNED).update(
            state=State.SKIPPED, cause=why, settled_at=now
        )
        record(SendingStopped(edition=sending.edition.code, sending=sending.pk, why=why))


@transaction.atomic
def resume_sending(*, by: Account | None, sending: Sending) -> None:
    """Go on with what was stopped: whoever has it already does not get it again.

    Records: SendingPlanned.
    """
    row = Sending.objects.select_for_update().get(pk=sending.pk)
    if row.stage != Stage.STOPPED:
        return
    kept = (row.why, *OUT_OF_SIGHT)  # The post may have seen before the stop that it was hidden.
    Delivery.objects.filter(sending=row, state=State.SKIPPED, cause__in=kept).update(
        state=State.PLANNED, cause="", settled_at=None
    )
    row.stage, row.why, row.closed_at, row.folded_at = Stage.PLANNING, "", None, None
    row.save(update_fields=["stage", "why", "closed_at", "folded_at"])
    _note_planned(row)


@transaction.atomic
def retract(*, by: Account | None, sending: Sending, story: int | None = None) -> Sending | None:
    """Tell those who have a sending that it was withdrawn; None if nobody has it.

    `story` is what it was about where the sending itself does not say so: of several letters that
    take back the same story its reader gets one.

    Records: SendingPlanned, the first time.
    """
    if not has_reached_anybody(sending):
        return None
    return _take_back(by, sending, key=retraction_key(sending.pk), story=sending.story or story)


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
def send_again(
    *, by: Account | None, sending: Sending, state: str, channel: str, cause: str
) -> int:
    """Plan once more what failed for one cause by one channel; return how many.

    A person has looked at it. Nobody has a second line, and nobody is bothered who has left,
    paused or complained since.

    Records: SendingPlanned, if any.

    Raises:
        SendAgainRefused: it was withdrawn or stopped, or is nothing that failed.
    """
    row = Sending.objects.select_for_update().get(pk=sending.pk)
    if not (may_go_again(state, cause) and may_be_repeated(row)):
        raise SendAgainRefused
    now = clock.now()
    failed = Delivery.objects.filter(sending=row, state=state, channel=channel, cause=cause)
    count = failed.filter(is_written_to(now)).update(
        state=State.PLANNED, cause="", answer="", tries=0, due_at=now, settled_at=None
    )
    if count:
        if row.closed_at is not None:  # One that is open may still have recipients to write down.
            row.stage, row.closed_at = Stage.SENDING, None
            row.save(update_fields=["stage", "closed_at"])
        _note_planned(row)
    return count


def _note_planned(sending: Sending) -> None:
    code, thing = sending.edition.code, sending.thing
    record(SendingPlanned(edition=code, sending=sending.pk, thing=thing, story=sending.story))
