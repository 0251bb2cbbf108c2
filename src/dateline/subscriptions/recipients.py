"""Who gets a sending: one set-based question, whether they are counted or written down."""

from datetime import datetime
from typing import Any

from django.db import connection

from dateline.common import clock
from dateline.subscriptions.enums import ABOUT_STORIES, Thing
from dateline.subscriptions.models import Sending
from dateline.subscriptions.queries import MAY_COME, sendings_of_story
from dateline.subscriptions.rules import story_retraction_key

# `f` has: subscriber_id, channel, and rank and subject, of which the lowest is the reason.
_FOLLOWERS = (
    "subscriptions_subscription f JOIN subscriptions_subscriber s ON s.id = f.subscriber_id"
    " WHERE f.pace = %s AND f.subject IN ({subjects}) AND f.made_at <= %s"
)
_OF_EDITION = (
    "subscriptions_subscription f JOIN subscriptions_subscriber s ON s.id = f.subscriber_id"
    " WHERE f.pace = %s AND f.edition_id = %s AND f.channel = 'mail' AND f.made_at <= %s"
)
_WHO_HAD_IT = (
    "(SELECT subscriber_id, channel, '1' AS rank, because AS subject FROM subscriptions_delivery"
    " WHERE sending_id IN ({sendings}) AND state IN ({states})) f"
    " JOIN subscriptions_subscriber s ON s.id = f.subscriber_id WHERE 1 = 1"
)
_FIRST = "SELECT min(f.subscriber_id) FROM {source} AND f.subscriber_id > %s"
_WRITTEN_TO = (
    " AND (f.channel <> 'mail' OR s.mail <> '')"
    " AND (s.standing = 'active' OR (s.standing = 'paused' AND s.paused_until <= %s))"
    " GROUP BY f.subscriber_id, f.channel"
)
_INSERT = (
    "INSERT INTO subscriptions_delivery (sending_id, subscriber_id, channel, state, because,"
    " variant, cause, answer, tries, due_at, leased_by, planned_at)"
    " SELECT %s, f.subscriber_id, f.channel, 'planned', substr(min(f.rank || f.subject), 2),"
    " '', '', '', 0, {due}, '', %s FROM {source} AND f.subscriber_id BETWEEN %s AND %s{written_to}"
    " ORDER BY f.subscriber_id ON CONFLICT DO NOTHING"
)
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM {source}{written_to}) every_one"


def count_recipients(sending: Sending) -> int:
    """Return for how many a sending would be planned now; it need not be stored."""
    source, values = _source(sending)
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT.format(source=source, written_to=_WRITTEN_TO), [*values, _moment(clock.now())]
        )
        count: int = cursor.fetchone()[0]
    return count


def first_recipient(sending: Sending) -> int | None:
    """Return the next subscriber that may get a sending, in the order of their numbers."""
    source, values = _source(sending)
    with connection.cursor() as cursor:
        cursor.execute(_FIRST.format(source=source), [*values, sending.planned_to])
        first: int | None = cursor.fetchone()[0]
    return first


def copy_recipients(sending: Sending, first: int, last: int) -> int:
    """Copy the recipients of one window from their subscriptions into the ledger; say how many."""
    now = clock.now()
    source, values = _source(sending)
    due, moments = _due(sending, now)
    given = [sending.pk, *moments, _moment(now), *values, first, last, _moment(now)]
    with connection.cursor() as cursor:
        question = _INSERT.format(source=source, due=due, written_to=_WRITTEN_TO)
        cursor.execute(question, given)
        written: int = cursor.rowcount
    return max(written, 0)


def _due(sending: Sending, now: datetime) -> tuple[str, list[Any]]:
    """Return when each letter leaves: now, or when it is late enough where its reader is."""
    moments = {int(key): datetime.fromisoformat(text) for key, text in sending.hours.items()}
    if not moments:
        return "%s", [_moment(now)]
    cases = "WHEN %s THEN %s " * len(moments)
    given = [value for key, at in moments.items() for value in (key, _moment(max(at, now)))]
    # Grouped by subscriber, so that any of the rows has the edition of all.
    kind = "timestamptz" if connection.vendor == "postgresql" else "text"
    case = f"CAST(CASE min(s.edition_id) {cases}ELSE %s END AS {kind})"
    return case, [*given, _moment(now)]


def _source(sending: Sending) -> tuple[str, list[Any]]:
    """Return from which rows `f` recipients are taken: followers, or who had what is taken back."""
    if sending.thing == Thing.RETRACTION:
        taken_back = _taken_back(sending)
        states, sendings = (", ".join(["%s"] * len(one)) for one in (MAY_COME, taken_back))
        source = _WHO_HAD_IT.format(sendings=sendings, states=states)
        return source, [*taken_back, *MAY_COME]
    if sending.subjects:
        subjects = ", ".join(["%s"] * len(sending.subjects))
        before = _moment(sending.since or sending.made_at)
        values = [sending.pace, *sending.subjects, before]
        if sending.thing in ABOUT_STORIES:
            source = _FOLLOWERS + " AND f.edition_id = %s"
            return source.format(subjects=subjects), [*values, sending.edition_id]
        return _FOLLOWERS.format(subjects=subjects), values
    return _OF_EDITION, [sending.pace, sending.edition_id, _moment(sending.due_at)]


def _taken_back(sending: Sending) -> list[int]:
    """Return what a retraction takes back: one sending, or all that went out with its story."""
    story = sending.story or 0
    if sending.key == story_retraction_key(story):
        return [one.pk for one in sendings_of_story(story)]
    return [sending.thing_number or 0]


def _moment(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
