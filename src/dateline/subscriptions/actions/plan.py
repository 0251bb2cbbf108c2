"""Writing down who gets what: one set-based question for each window of subscribers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dateline.common import clock
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.subscriptions.actions.draw import draw_subjects
from dateline.subscriptions.entries import SendingDone, SendingPlanned
from dateline.subscriptions.enums import Pace, Stage, Thing
from dateline.subscriptions.models import Sending
from dateline.subscriptions.queries import has_open_deliveries
from dateline.subscriptions.recipients import copy_recipients, first_recipient
from dateline.topics.models import Edition

WINDOW = 10_000
"""Numbers of subscribers that are looked through in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to go out, and to whose followers. `key` names it, so that it goes out once.

    Shape: with a `wall_clock`, such as `2026-12-01T07:00`, it leaves at that hour of each reader's.
    """

    key: str
    thing: Thing
    edition: Edition
    subjects: Sequence[str] = ()
    pace: Pace = Pace.AT_ONCE
    title: str = ""
    story: int | None = None
    thing_number: int | None = None
    since: datetime | None = None
    due_at: datetime | None = None
    wall_clock: str = ""


@transaction.atomic
def plan_sending(*, by: Account | None, plan: Plan) -> Sending:
    """Have something go out to all who follow one of its subjects; asked for twice, it does once.

    Its recipients are written down by whoever sends, window by window.

    Records: SendingPlanned, the first time.
    """
    now = clock.now()
    sending, is_new = Sending.objects.get_or_create(
        key=plan.key,
        defaults={
            "thing": plan.thing,
            "edition": plan.edition,
            "subjects": list(plan.subjects),
            "pace": plan.pace,
            "title": plan.title[:255],
            "story": plan.story,
            "thing_number": plan.thing_number,
            "since": plan.since,
            "made_at": now,
            "due_at": plan.due_at or now,
            "wall_clock": plan.wall_clock,
        },
    )
    if is_new:
        code = plan.edition.code
        record(SendingPlanned(edition=code, sending=sending.pk, thing=plan.thing, story=plan.story))
    return sending


@transaction.atomic
def write_recipients(*, by: Account | None, sending: Sending) -> int:
    """Write down the recipients in the next window of subscribers and return how many they are.

    After the last window the sending's stage is `sending`. Whoever comes second waits for the
    first and goes on where that ended; memory does not grow with the number of recipients.
    """
    row = Sending.objects.select_for_update().get(pk=sending.pk)
    if row.stage != Stage.PLANNING:
        return 0
    first = first_recipient(row)
    if first is None:
        row.stage = Stage.SENDING
        row.save(update_fields=["stage"])
        return 0
    row.planned_to = first + WINDOW - 1
    written = copy_recipients(row, first, row.planned_to)
    draw_subjects(row, first, row.planned_to)
    row.save(update_fields=["planned_to"])
    return written


@transaction.atomic
def close_sending(*, by: Account | None, sending: Sending) -> bool:
    """Note that everything of a sending is settled, and say whether it is.

    Records: SendingDone, if so.
    """
    if sending.stage != Stage.SENDING or has_open_deliveries(sending):
        return False
    rows = Sending.objects.filter(pk=sending.pk, stage=Stage.SENDING, closed_at__isnull=True)
    if rows.update(stage=Stage.DONE, closed_at=clock.now()):
        record(SendingDone(edition=sending.edition.code, sending=sending.pk))
    return True
