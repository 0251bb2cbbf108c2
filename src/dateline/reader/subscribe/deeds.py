"""What somebody can do on their own page by a button; its words stand with what they agreed to.

Each deed returns which sentence says what was done: none where a page that was opened before they
left asks for what there is no more.
"""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dateline.common.numbers import whole_number
from dateline.reader.subscribe.shell import told
from dateline.subscriptions.actions import (
    leave,
    note_deed,
    pause_subscriber,
    renew_feed,
    resume_subscriber,
    set_clock,
    set_counting,
    set_pace,
    unfollow,
)
from dateline.subscriptions.enums import Deed, Pace, Standing
from dateline.subscriptions.models import Subscriber, Subscription
from dateline.subscriptions.rules import subject_of

REFUSE, ALLOW = "uncounted", "counted"


def paces_of(row: Subscription) -> tuple[Pace, ...]:
    """Return how often somebody may hear of what they follow: some things come in no digest."""
    subject = subject_of(row.subject)
    return (Pace.AT_ONCE,) if subject and subject.comes_at_once else tuple(Pace)


def _count(request: HttpRequest, subscriber: Subscriber) -> str:
    is_counted = request.POST["deed"] == ALLOW
    words = _("Count mine too") if is_counted else _("Do not count mine")
    set_counting(by=None, subscriber=subscriber, is_counted=is_counted, told=told(request, words))
    return "changed"


def _clock(request: HttpRequest, subscriber: Subscriber) -> str:
    set_clock(by=None, subscriber=subscriber, timezone=request.POST.get("timezone", ""))
    return "changed"


def _pace(request: HttpRequest, subscriber: Subscriber) -> str:
    row = _own(request, subscriber)
    if row is None:
        return ""
    pace = request.POST.get("pace", "")
    if pace in paces_of(row):
        set_pace(by=None, subscription=row, pace=Pace(pace), told=told(request, _("Change")))
    return "changed"


def _stop_one(request: HttpRequest, subscriber: Subscriber) -> str:
    row = _own(request, subscriber)
    if row is not None:
        unfollow(
            by=None,
            subscriber=subscriber,
            subject=row.subject,
            edition=row.edition,
            told=told(request, _("Stop")),
        )
    return "left-one"


def _leave(request: HttpRequest, subscriber: Subscriber) -> str:
    leave(by=None, subscriber=subscriber, told=told(request, _("End all letters")))
    return "left"


def _lengths() -> dict[str, tuple[timedelta, str]]:
    return {"7": (timedelta(days=7), _("For a week")), "30": (timedelta(days=30), _("For a month"))}


def _pause(request: HttpRequest, subscriber: Subscriber) -> str:
    if subscriber.standing == Standing.STOPPED:
        return ""
    length, words = _lengths().get(request.POST.get("days", ""), (None, ""))
    if length is not None:
        pause_subscriber(by=None, subscriber=subscriber, length=length)
        note_deed(by=None, subscriber=subscriber, deed=Deed.PAUSED, told=told(request, words))
    return "paused"


def _resume(request: HttpRequest, subscriber: Subscriber) -> str:
    if subscriber.standing == Standing.STOPPED:
        return ""
    if subscriber.standing == Standing.PAUSED:
        words = _("Go on now")
        resume_subscriber(by=None, subscriber=subscriber)
        note_deed(by=None, subscriber=subscriber, deed=Deed.CHANGED, told=told(request, words))
    return "resumed"


def _renew_feed(_request: HttpRequest, subscriber: Subscriber) -> str:
    renew_feed(by=None, subscriber=subscriber)
    return "feed"


def _own(request: HttpRequest, subscriber: Subscriber) -> Subscription | None:
    number = whole_number(request.POST.get("number", ""))
    return Subscription.objects.filter(subscriber=subscriber, pk=number or 0).first()


DEEDS: dict[str, Callable[[HttpRequest, Subscriber], str]] = {
    "pace": _pace,
    "clock": _clock,
    "stop": _stop_one,
    "leave": _leave,
    "pause": _pause,
    "resume": _resume,
    "feed": _renew_feed,
    REFUSE: _count,
    ALLOW: _count,
}
