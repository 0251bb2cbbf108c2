"""Raising an alert, changing it, and ending it. Each is one transaction that tells readers."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dateline.common import clock
from dateline.journal.record import record
from dateline.journal.turn import take_turn
from dateline.newsfeed.alert_queries import alerts_of_story, how_over
from dateline.newsfeed.entries import AlertChanged, AlertEnded, AlertRaised, AlertShown
from dateline.newsfeed.enums import Ended
from dateline.newsfeed.errors import AlertOver, AlertRefused
from dateline.newsfeed.models import URGENCIES, Alert
from dateline.people.models import Account
from dateline.stories.enums import Urgency
from dateline.stories.models import Story
from dateline.stories.queries import story_at
from dateline.stories.rules import SHORT_HEADLINE_LENGTH
from dateline.topics.models import Edition


def usual_length(urgency: int) -> timedelta:
    """Return how long an alert stands where nobody says otherwise."""
    chosen = settings.DATELINE
    is_flash = urgency == Urgency.FLASH
    return timedelta(minutes=chosen.flash_minutes if is_flash else chosen.bulletin_minutes)


@transaction.atomic
def raise_alert(
    *,
    by: Account | None,
    edition: Edition,
    urgency: int,
    headline: str,
    story: Story | None = None,
    until: datetime | None = None,
) -> Alert:
    """Alert an edition's readers; the alert in force, if any, gives way to the new one.

    What is asked for twice, as by a second click, is raised once.

    Records: AlertEnded for the one that gives way, AlertRaised.

    Raises:
        AlertRefused: no headline or too long a one, another edition's story or one that is over,
            an end in the past.
    """
    take_turn()
    now, words = clock.now(), _words(headline)
    end = until or now + usual_length(urgency)
    _refuse(edition=edition, urgency=urgency, story=story, ends_in=end - now)
    number = story.pk if story else None
    for standing in Alert.objects.filter(edition=edition, ended_at__isnull=True):
        same = (standing.urgency, standing.headline, standing.story_id)
        if standing.until > now and same == (urgency, words, number):
            return standing
        _end(standing, None, Ended.REPLACED if standing.until > now else Ended.EXPIRED, now)
    alert = Alert(edition=edition, urgency=urgency, headline=words, story=story, until=end)
    alert.raised_by, alert.raised_at = by, now
    alert.save()
    _tell(alert, AlertRaised, now)
    return alert


@transaction.atomic
def change_alert(
    *, by: Account | None, alert: Alert, headline: str, until: datetime | None = None
) -> Alert:
    """Give an alert in force other words, and another end where one is given.

    Records: AlertChanged, unless nothing changes.

    Raises:
        AlertOver: readers are not shown it any more.
        AlertRefused: no headline or too long a one, an end in the past.
    """
    alert, now = _standing(alert), clock.now()
    words, end = _words(headline), until or alert.until
    if (words, end) == (alert.headline, alert.until):
        return alert
    _refuse(edition=alert.edition, urgency=alert.urgency, story=None, ends_in=end - now)
    alert.headline, alert.until = words, end
    return _changed(alert, by, now)


@transaction.atomic
def link_story(*, by: Account | None, alert: Alert, story: Story) -> Alert:
    """Have an alert in force lead to a story: what follows a flash.

    Records: AlertChanged, unless it leads there already.

    Raises:
        AlertOver: readers are not shown it any more.
        AlertRefused: another edition's story, or one that is over.
    """
    alert, now = _standing(alert), clock.now()
    if alert.story_id == story.pk:
        return alert
    _refuse(edition=alert.edition, urgency=alert.urgency, story=story, ends_in=alert.until - now)
    alert.story = story
    return _changed(alert, by, now)


@transaction.atomic
def withdraw_alert(*, by: Account | None, alert: Alert, why: str = "") -> Alert:
    """Take an alert away from every page; one that is over already stays as it ended.

    Records: AlertEnded, unless it is over.
    """
    alert = _locked(alert)
    if alert.ended_at is None:
        _end(alert, by, Ended.WITHDRAWN, clock.now(), why)
    return alert


@transaction.atomic
def end_alert(*, by: Account | None, alert: Alert) -> Alert:
    """Note that an alert is over: its time has passed, or its story was withdrawn or killed.

    Records: AlertEnded, unless that was noted, or it is in force after all.
    """
    alert, now = _locked(alert), clock.now()
    if alert.ended_at is not None:
        return alert
    how = how_over(alert.story_id) if alert.story_id else None
    if how is None and alert.until <= now:
        how = Ended.EXPIRED
    if how is not None:
        _end(alert, by, how, now)
    return alert


@transaction.atomic
def follow_story(*, by: Account | None, story: int) -> None:
    """Have alerts lead to a story exactly while readers may see it; one that is over ends them.

    Records: AlertEnded or AlertChanged for each alert that does not say so already.
    """
    for row in alerts_of_story(story):
        alert = end_alert(by=by, alert=row)
        now = clock.now()
        if alert.ended_at is None and _address(alert, now) != alert.told_address:
            _tell(alert, AlertChanged, now)


def _words(headline: str) -> str:
    words = " ".join(headline.split())
    if not words:
        raise AlertRefused(why=_("it has no headline"))
    if len(words) > SHORT_HEADLINE_LENGTH:
        raise AlertRefused(why=_("its headline is longer than 60 characters"))
    return words


def _refuse(*, edition: Edition, urgency: int, story: Story | None, ends_in: timedelta) -> None:
    if urgency not in dict(URGENCIES):
        raise AlertRefused(why=_("only a flash or a bulletin alerts readers"))
    if ends_in <= timedelta():
        raise AlertRefused(why=_("it would end before it begins"))
    if story is not None and story.edition_id != edition.pk:
        raise AlertRefused(why=_("the story belongs to another edition"))
    how = how_over(story.pk) if story is not None else None
    if how is not None:
        killed, withdrawn = _("the story was killed"), _("the story was withdrawn")
        raise AlertRefused(why=killed if how == Ended.KILLED else withdrawn)


def _locked(alert: Alert) -> Alert:
    take_turn()
    rows = Alert.objects.select_related("edition").select_for_update(of=("self",))
    return rows.get(pk=alert.pk)


def _standing(alert: Alert) -> Alert:
    alert = _locked(alert)
    if alert.ended_at is not None or alert.until <= clock.now():
        raise AlertOver
    return alert


def _changed(alert: Alert, by: Account | None, now: datetime) -> Alert:
    alert.changed_by, alert.changed_at = by, now
    alert.save()
    _tell(alert, AlertChanged, now)
    return alert


def _address(alert: Alert, now: datetime) -> str:
    story = story_at(alert.story_id, now) if alert.story_id else None
    return story.address if story else ""


def _tell(alert: Alert, kind: type[AlertShown], now: datetime) -> None:
    address = _address(alert, now)
    Alert.objects.filter(pk=alert.pk).update(told_address=address)
    alert.told_address = address
    record(
        kind(
            edition=alert.edition.code,
            alert=alert.pk,
            urgency=alert.urgency,
            headline=alert.headline,
            until=alert.until,
            story=alert.story_id if address else None,
            address=address,
        )
    )


def _end(alert: Alert, by: Account | None, how: Ended, now: datetime, why: str = "") -> None:
    alert.ended_by, alert.ended_at, alert.ended_as, alert.why = by, now, how, why
    alert.save()
    record(AlertEnded(edition=alert.edition.code, alert=alert.pk, ended_as=how))
