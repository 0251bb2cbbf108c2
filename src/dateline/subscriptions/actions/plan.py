"""Writing down who gets what: one set-based question for each window of subscribers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from dateline.common import clock
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.subscriptions.entries import SendingDone, SendingPlanned
from dateline.subscriptions.enums import ABOUT_STORIES, Pace, Stage, Thing
from dateline.subscriptions.models import Sending
from dateline.subscriptions.queries import MAY_COME, has_open_deliveries
from dateline.subscriptions.rules import story_retraction_key
from dateline.topics.models import Edition

WINDOW = 10_000
"""Numbers of subscribers that are looked through in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to go out, and to whose followers. `key` names it, so that it goes out once."""

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
    source, values = _source(row)
    first = _first_after(source, values, row.planned_to)
    if first is None:
        row.stage = Stage.SENDING
        row.save(update_fields=["stage"])
        return 0
    row.planned_to = first + WINDOW - 1
    written = _write(row, source, values, first)
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


def _source(sending: Sending) -> tuple[str, list[Any]]:
    """Return from which rows `f` recipients are taken: followers, or who had what is taken back."""
    if sending.thing == Thing.RETRACTION:
        states = ", ".join(["%s"] * len(MAY_COME))
        if sending.key == story_retraction_key(sending.story or 0):
            which = "story = %s AND thing <> 'retraction'"
            return _WHO_HAD_IT.format(which=which, states=states), [sending.story, *MAY_COME]
        which = "id = %s"
        return _WHO_HAD_IT.format(which=which, states=states), [sending.thing_number, *MAY_COME]
    if sending.subjects:
        subjects = ", ".join(["%s"] * len(sending.subjects))
        before = connection.ops.adapt_datetimefield_value(sending.since or sending.made_at)
        values = [sending.pace, *sending.subjects, before]
        if sending.thing in ABOUT_STORIES:
            source = _FOLLOWERS + " AND f.edition_id = %s"
            return source.format(subjects=subjects), [*values, sending.edition_id]
        return _FOLLOWERS.format(subjects=subjects), values
    return _OF_EDITION, [sending.pace, sending.edition_id]


# `f` has: subscriber_id, channel, and rank and subject, of which the lowest is the reason.
_FOLLOWERS = (
    "subscriptions_subscription f JOIN subscriptions_subscriber s ON s.id = f.subscriber_id"
    " WHERE f.pace = %s AND f.subject IN ({subjects}) AND f.made_at <= %s"
)
_OF_EDITION = (
    "subscriptions_subscription f JOIN subscriptions_subscriber s ON s.id = f.subscriber_id"
    " WHERE f.pace = %s AND f.edition_id = %s AND f.channel = 'mail'"
)
_WHO_HAD_IT = (
    "(SELECT subscriber_id, channel, '1' AS rank, because AS subject FROM subscriptions_delivery"
    " WHERE sending_id IN (SELECT id FROM subscriptions_sending WHERE {which})"
    " AND state IN ({states})) f"
    " JOIN subscriptions_subscriber s ON s.id = f.subscriber_id WHERE 1 = 1"
)
_FIRST = "SELECT min(f.subscriber_id) FROM {source} AND f.subscriber_id > %s"
_INSERT = (
    "INSERT INTO subscriptions_delivery (sending_id, subscriber_id, channel, state, because,"
    " cause, answer, tries, due_at, leased_by, planned_at)"
    " SELECT %s, f.subscriber_id, f.channel, 'planned', substr(min(f.rank || f.subject), 2),"
    " '', '', 0, %s, '', %s FROM {source} AND f.subscriber_id BETWEEN %s AND %s"
    " AND (f.channel <> 'mail' OR s.mail <> '')"
    " AND (s.standing = 'active' OR (s.standing = 'paused' AND s.paused_until <= %s))"
    " GROUP BY f.subscriber_id, f.channel ORDER BY f.subscriber_id ON CONFLICT DO NOTHING"
)


def _first_after(source: str, values: list[Any], after: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_FIRST.format(source=source), [*values, after])
        first: int | None = cursor.fetchone()[0]
    return first


def _write(sending: Sending, source: str, values: list[Any], first: int) -> int:
    """Copy the recipients of one window from their subscriptions into the ledger."""
    now = connection.ops.adapt_datetimefield_value(clock.now())
    window = [first, sending.planned_to]
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT.format(source=source),
            [sending.pk, now, now, *values, *window, now],
        )
        written: int = cursor.rowcount
    return max(written, 0)
