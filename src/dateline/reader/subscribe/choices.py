"""A subscriber's own page: what they get, how often, where to; pausing, leaving, taking along."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dateline.common import clock
from dateline.common.numbers import whole_number
from dateline.common.pages import page_of
from dateline.common.zones import time_zones_by_region
from dateline.people.models import Account
from dateline.reader.account.forms import MailForm
from dateline.reader.account.mail import can_send
from dateline.reader.account.own import own_page
from dateline.reader.account.shell import page_for, show
from dateline.reader.letters.contexts import ReasonContext, reason_context
from dateline.reader.letters.subjects import label_of, named
from dateline.reader.present.feed_links import feeds_at
from dateline.reader.subscribe.another_address import ask_address
from dateline.reader.subscribe.contexts import (
    ChoicesContext,
    FollowedContext,
    SentContext,
)
from dateline.reader.subscribe.feed import feed_address
from dateline.reader.subscribe.own_link import ask_for_link, send_own_link
from dateline.reader.subscribe.shell import (
    by_link,
    furniture,
    held_here,
    own_url,
    subscribe_url,
    told,
)
from dateline.readers.models import Reader
from dateline.stories.queries import visible
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
from dateline.subscriptions.enums import ABOUT_STORIES, Deed, Pace, Standing, Thing
from dateline.subscriptions.kept import kept_of
from dateline.subscriptions.ledger_queries import deliveries_of
from dateline.subscriptions.models import Delivery, Subscriber, Subscription
from dateline.subscriptions.queries import (
    subscriber_of,
    subscriptions_of,
    taken_back,
)
from dateline.subscriptions.reasons import because_you_follow
from dateline.subscriptions.rules import subject_of

_PER_PAGE = 20
_HAVE_TITLES = {*ABOUT_STORIES, Thing.ALERT, Thing.DIGEST, Thing.NEWSLETTER}
_LENGTHS = {"7": timedelta(days=7), "30": timedelta(days=30)}


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def choices(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """Show what somebody gets, and change it, as far as their link is good for that."""
    held, asked = held_here(request), request.POST.get("deed", "")
    if request.method == "POST" and (asked == "link" or held.is_old):
        return send_own_link(request, subscriber)
    if held.is_old or (not held.is_sure and (asked == "feed" or "mail" in request.POST)):
        return ask_for_link(request)
    if request.method != "POST":
        return _page(request, subscriber, MailForm())
    if "mail" in request.POST:
        form = MailForm(request.POST)
        answer = ask_address if form.is_valid() else _page
        return answer(request, subscriber, form)
    deed = _DEEDS.get(asked)
    done = deed(request, subscriber) if deed else ""
    return HttpResponseRedirect(f"/letters/{held.token}/?done={done}")


def _page(request: HttpRequest, subscriber: Subscriber, form: MailForm) -> HttpResponse:
    followed = tuple(_followed(one) for one in subscriptions_of(subscriber))
    before = whole_number(request.GET.get("before", ""))
    sent = page_of(deliveries_of(subscriber), before=before, most=_PER_PAGE)
    own = f"/letters/{held_here(request).token}/"
    is_paused = subscriber.standing == Standing.PAUSED
    is_resting = is_paused and not subscriber.is_written_to(clock.now())
    context = ChoicesContext(
        page=page_for(request, _("Your letters")),
        mail=subscriber.mail,
        said=_said().get(request.GET.get("done", ""), ""),
        followed=followed,
        paused_until=subscriber.paused_until if is_resting else None,
        is_stopped=subscriber.standing == Standing.STOPPED,
        stopped_as=subscriber.stopped_as,
        stopped_at=subscriber.stopped_at,
        is_sure=held_here(request).is_sure,
        sends_mail=can_send(),
        form=form,
        sent=_sent(sent.rows),
        older_url=f"{own}?before={sent.older}#sent" if sent.older else "",
        latest_url="" if sent.is_first else f"{own}#sent",
        feeds=feeds_at(feed_address(subscriber), _("What I follow")),
        zone=subscriber.timezone,
        zone_of_edition=subscriber.edition.timezone,
        zones=time_zones_by_region(),
        counting=_counting(subscriber),
        export_url=f"{own}export.json",
        subscribe_url=subscribe_url(furniture(request)),
    )
    return show(request, context)


def _followed(row: Subscription) -> FollowedContext:
    found = named(row.subject, row.edition)
    return FollowedContext(
        number=row.pk,
        label=label_of(row),
        url=found.url if found else "",
        paces=tuple((one.value, str(one.label), one == row.pace) for one in _paces(row)),
        channel=str(row.get_channel_display()),
    )


def _paces(row: Subscription) -> tuple[Pace, ...]:
    """Return how often somebody may hear of what they follow: some things come in no digest."""
    subject = subject_of(row.subject)
    return (Pace.AT_ONCE,) if subject and subject.comes_at_once else tuple(Pace)


def _sent(rows: Sequence[Delivery]) -> tuple[SentContext, ...]:
    """Return what was sent; of what was withdrawn, and may not be seen now, without its words."""
    stories = {row.sending.story for row in rows if row.sending.story}
    seen = set(visible(clock.now()).filter(pk__in=stories).values_list("pk", flat=True))
    gone = taken_back(row.sending for row in rows)
    reasons = {(row.because, row.sending.edition) for row in rows if row.because}
    told = {
        reason: reason_context(because_you_follow(found.kind, found.label))
        for reason in reasons
        if (found := named(*reason))
    }
    return tuple(
        _one_sent(
            row,
            is_seen=row.sending_id not in gone and row.sending.story in {None, *seen},
            because=told.get((row.because, row.sending.edition)),
        )
        for row in rows
    )


def _one_sent(row: Delivery, *, is_seen: bool, because: ReasonContext | None) -> SentContext:
    title = row.sending.title if is_seen and row.sending.thing in _HAVE_TITLES else ""
    return SentContext(
        title=title or str(row.sending.get_thing_display()),
        at=row.planned_at,
        channel=str(row.get_channel_display()),
        state=str(row.get_state_display()),
        why=row.why,
        because=because,
    )


def _said() -> dict[str, str]:
    return {
        "followed": _("Done. From now on we write to you."),
        "changed": _("Done."),
        "left-one": _("You will not get these letters any more."),
        "left": _("You will not get letters from us any more."),
        "paused": _("Your letters are paused."),
        "resumed": _("Your letters go on."),
        "feed": _("Your feed has a new address. The old one leads nowhere."),
        "moved": _("Your letters go to the new address."),
    }


_REFUSE, _ALLOW = "uncounted", "counted"


def _counting(subscriber: Subscriber) -> str:
    """Return which deed changes whether letters are counted; none where nobody's are."""
    if not subscriber.is_counted:
        return _ALLOW
    return _REFUSE if settings.DATELINE.counts_opens else ""


def _count(request: HttpRequest, subscriber: Subscriber) -> str:
    is_counted = request.POST["deed"] == _ALLOW
    words = _("Count mine too") if is_counted else _("Do not count mine")
    set_counting(by=None, subscriber=subscriber, is_counted=is_counted, told=told(request, words))
    return "changed"


def _clock(request: HttpRequest, subscriber: Subscriber) -> str:
    set_clock(by=None, subscriber=subscriber, timezone=request.POST.get("timezone", ""))
    return "changed"


def _pace(request: HttpRequest, subscriber: Subscriber) -> str:
    row = _own(request, subscriber)
    pace = request.POST.get("pace", "")
    if row is not None and pace in _paces(row):
        set_pace(by=None, subscription=row, pace=Pace(pace), told=told(request, ""))
    return "changed"


def _stop_one(request: HttpRequest, subscriber: Subscriber) -> str:
    row = _own(request, subscriber)
    if row is not None:
        unfollow(
            by=None,
            subscriber=subscriber,
            subject=row.subject,
            edition=row.edition,
            told=told(request, ""),
        )
    return "left-one"


def _leave(request: HttpRequest, subscriber: Subscriber) -> str:
    leave(by=None, subscriber=subscriber, told=told(request, ""))
    return "left"


def _pause(request: HttpRequest, subscriber: Subscriber) -> str:
    length = _LENGTHS.get(request.POST.get("days", ""))
    if length is not None and subscriber.standing != Standing.STOPPED:
        pause_subscriber(by=None, subscriber=subscriber, length=length)
        note_deed(by=None, subscriber=subscriber, deed=Deed.PAUSED, told=told(request, ""))
    return "paused"


def _resume(request: HttpRequest, subscriber: Subscriber) -> str:
    if subscriber.standing == Standing.PAUSED:
        resume_subscriber(by=None, subscriber=subscriber)
        note_deed(by=None, subscriber=subscriber, deed=Deed.CHANGED, told=told(request, ""))
    return "resumed"


def _renew_feed(_request: HttpRequest, subscriber: Subscriber) -> str:
    renew_feed(by=None, subscriber=subscriber)
    return "feed"


def _own(request: HttpRequest, subscriber: Subscriber) -> Subscription | None:
    number = whole_number(request.POST.get("number", ""))
    return Subscription.objects.filter(subscriber=subscriber, pk=number or 0).first()


_DEEDS: dict[str, Callable[[HttpRequest, Subscriber], str]] = {
    "pace": _pace,
    "clock": _clock,
    "stop": _stop_one,
    "leave": _leave,
    "pause": _pause,
    "resume": _resume,
    "feed": _renew_feed,
    _REFUSE: _count,
    _ALLOW: _count,
}


@by_link
def export(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """Give what is kept of a subscriber to them alone."""
    if not held_here(request).is_sure:
        return ask_for_link(request)
    response = JsonResponse(
        kept_of(subscriber), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="letters.json"'
    return response


@own_page
def mine(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Lead whoever is logged in to what they get, or to where they can ask for it."""
    assert isinstance(request.user, Account), "own_page lets nobody else in"  # noqa: S101
    known = subscriber_of(reader)
    url = own_url(known) if known else subscribe_url(furniture(request))
    return HttpResponseRedirect(url)
