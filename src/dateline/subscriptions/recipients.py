"""Who gets a sending: one set-based question, whether they are counted or written down."""

from datetime import datetime
from typing import Any

from django.db import connection

from dateline.common import clock
from dateline.subscriptions.enums import ABOUT_STORIES, Thing
from dateline.subscriptions.models import Sending
from dateline.subscriptions.newsletter_rules import local_moments
from dateline.subscriptions.queries import MAY_COME, sendings_of_story, zones_in_use
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
# Why nothing goes to one of them, as `Subscriber.why_silent` says it; empty where something does.
_WHY_SILENT = (
    "CASE WHEN s.merged_into_id IS NOT NULL THEN 'merged'"
    " WHEN s.standing = 'stopped' THEN coalesce(nullif(s.stopped_as, ''), 'left')"
    " WHEN s.standing = 'paused' AND (s.paused_until IS NULL OR s.paused_until > %s) THEN 'paused'"
    " WHEN f.channel = 'mail' AND s.mail = '' THEN 'no-address' ELSE '' END"
)
# Grouped by subscriber, so that any of the rows has the edition and the standing of all.
_EVERYBODY = (
    "SELECT f.subscriber_id, f.channel, substr(min(f.rank || f.subject), 2) AS because,"
    " min({why_silent}) AS cause, min(s.edition_id) AS edition_id, min(s.timezone) AS timezone"
    " FROM {source}{window} GROUP BY f.subscriber_id, f.channel"
)
_WINDOW = " AND f.subscriber_id BETWEEN %s AND %s"
_INSERT = (
    "INSERT INTO subscriptions_delivery (sending_id, subscriber_id, channel, state, because,"
    " variant, cause, answer, tries, due_at, leased_by, planned_at, settled_at)"
    " SELECT %s, e.subscriber_id, e.channel,"
    " CASE e.cause WHEN '' THEN 'planned' ELSE 'skipped' END, e.because,"
    " '', e.cause, '', 0, {due}, '', {now}, CASE e.cause WHEN '' THEN NULL ELSE {now} END"
    " FROM ({everybody}) e ORDER BY e.subscriber_id ON CONFLICT DO NOTHING"
)
# As `Subscriber.zone` says it.
_ZONE = (
    "coalesce(nullif(e.timezone, ''),"
    " (SELECT o.timezone FROM topics_edition o WHERE o.id = e.edition_id))"
)
_COUNT = "SELECT count(*) FROM ({everybody}) e WHERE e.cause = ''"


def count_recipients(sending: Sending) -> int:
    """Return to how many a sending would leave if it was planned now; it need not be stored."""
    source, values = _source(sending)
    everybody = _everybody(source)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(everybody=everybody), [_moment(clock.now()), *values])
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
    """Copy the recipients of one window from their subscriptions into the ledger.

    Whoever follows it and is not written to now has a line too, which says why. Returns how many
    lines were written.
    """
    now = clock.now()
    source, values = _source(sending)
    due, moments = _due(sending, now)
    given = [sending.pk, *moments, *[_moment(now)] * 3, *values, first, last]
    everybody = _everybody(source, _WINDOW)
    question = _INSERT.format(everybody=everybody, due=due, now=_typed("%s"))
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        written: int = cursor.rowcount
    return max(written, 0)


def _everybody(source: str, window: str = "") -> str:
    return _EVERYBODY.format(why_silent=_WHY_SILENT, source=source, window=window)


def _due(sending: Sending, now: datetime) -> tuple[str, list[Any]]:
    """Return when each letter leaves: now, or when it is late enough where its reader is."""
    if not sending.wall_clock:
        return _typed("%s"), [_moment(now)]
    moments = local_moments(sending.wall_clock, zones_in_use())
    cases = "WHEN %s THEN %s " * len(moments)
    given = [value for zone, at in moments.items() for value in (zone, _moment(max(at, now)))]
    return _typed(f"CASE {_ZONE} {cases}ELSE %s END"), [*given, _moment(now)]


def _typed(moment: str) -> str:
    """Return a moment of a question as the ledger stores it."""
    return f"CAST({moment} AS {'timestamptz' if connection.vendor == 'postgresql' else 'text'})"


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
