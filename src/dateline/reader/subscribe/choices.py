"""A subscriber's own page: what they get, how often, where to; pausing, leaving, taking along."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dateline.common import clock
from dateline.common.numbers import whole_number
from dateline.common.pages import page_of
from dateline.people.models import Account
from dateline.reader.account.forms import MailForm
from dateline.reader.account.mail import can_send
from dateline.reader.account.own import own_page
from dateline.reader.account.shell import page_for, show
from dateline.reader.letters.subjects import label_with_language, named
from dateline.reader.present.feed_links import feeds_at
from dateline.reader.subscribe.another_address import ask_address
from dateline.reader.subscribe.browser import browser_page, is_browser
from dateline.reader.subscribe.contexts import (
    ChoicesContext,
    FollowedContext,
)
from dateline.reader.subscribe.deeds import ALLOW, DEEDS, REFUSE, paces_of
from dateline.reader.subscribe.feed import feed_address
from dateline.reader.subscribe.own_clock import clock_of
from dateline.reader.subscribe.own_link import ask_for_link, send_own_link
from dateline.reader.subscribe.sent import PER_PAGE, sent_lines
from dateline.reader.subscribe.shell import (
    by_link,
    furniture,
    held_here,
    own_url,
    subscribe_url,
)
from dateline.readers.models import Reader
from dateline.subscriptions.enums import Standing
from dateline.subscriptions.errors import ClockUnknown
from dateline.subscriptions.kept import kept_of
from dateline.subscriptions.ledger_queries import deliveries_of
from dateline.subscriptions.models import Subscriber, Subscription
from dateline.subscriptions.queries import subscriber_of, subscriptions_of
from dateline.topics.models import Edition


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def choices(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """Show what somebody gets, and change it, as far as their link is good for that."""
    if is_browser(subscriber):
        return browser_page(request, subscriber)
    held, asked = held_here(request), request.POST.get("deed", "")
    if request.method == "POST" and (asked == "link" or held.is_old):
        return send_own_link(request, subscriber)
    if held.is_old or (not held.is_sure and (asked == "feed" or "mail" in request.POST)):
        return ask_for_link(request)
    is_asked = request.method == "POST"
    return _do(request, subscriber) if is_asked else _page(request, subscriber, MailForm())


def _do(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    if "mail" in request.POST:
        form = MailForm(request.POST)
        if form.is_valid() and _goes_to(subscriber, form.cleaned_data["mail"]):
            form.add_error("mail", _("Your letters go there already."))
        answer = ask_address if form.is_valid() else _page
        return answer(request, subscriber, form)
    deed = DEEDS.get(request.POST.get("deed", ""))
    try:
        done = deed(request, subscriber) if deed else ""
    except ClockUnknown as error:
        return _page(request, subscriber, MailForm(), clock_error=str(error))
    return HttpResponseRedirect(f"/letters/{held_here(request).token}/?done={done}")


def _goes_to(subscriber: Subscriber, mail: str) -> bool:
    return subscriber.standing != Standing.STOPPED and subscriber.mail == mail.lower()


def _page(
    request: HttpRequest, subscriber: Subscriber, form: MailForm, clock_error: str = ""
) -> HttpResponse:
    here = furniture(request).edition
    followed = tuple(_followed(one, here) for one in subscriptions_of(subscriber))
    done = request.GET.get("done", "") if request.method != "POST" else ""
    before = whole_number(request.GET.get("before", ""))
    sent = page_of(deliveries_of(subscriber), before=before, most=PER_PAGE)
    own = f"/letters/{held_here(request).token}/"
    is_paused = subscriber.standing == Standing.PAUSED
    is_resting = is_paused and not subscriber.is_written_to(clock.now())
    context = ChoicesContext(
        page=page_for(request, _("Your letters")),
        mail=subscriber.mail,
        said=_said().get(done, ""),
        followed=followed,
        paused_until=subscriber.paused_until if is_resting else None,
        is_stopped=subscriber.standing == Standing.STOPPED,
        stopped_as=subscriber.stopped_as,
        stopped_at=subscriber.stopped_at,
        is_sure=held_here(request).is_sure,
        sends_mail=can_send(),
        form=form,
        sent=sent_lines(sent.rows),
        older_url=f"{own}?before={sent.older}#sent" if sent.older else "",
        latest_url="" if sent.is_first else f"{own}#sent",
        feeds=feeds_at(feed_address(subscriber), _("What I follow")),
        clock=clock_of(subscriber, clock_error),
        counting=_counting(subscriber),
        export_url=f"{own}export.json",
        subscribe_url=subscribe_url(furniture(request)),
    )
    status = ClockUnknown.status if clock_error else HTTPStatus.OK
    return show(request, context, status=status)


def _followed(row: Subscription, here: Edition) -> FollowedContext:
    found = named(row.subject, row.edition)
    return FollowedContext(
        number=row.pk,
        label=label_with_language(row, here),
        url=found.url if found else "",
        paces=tuple((one.value, str(one.label), one == row.pace) for one in paces_of(row)),
        channel=str(row.get_channel_display()),
    )


def _said() -> dict[str, str]:
    return {
        "followed": _("Done. From now on we write to you."),
        "followed-no-clock": _(
            "Done. From now on we write to you. Your browser named a time zone that we do not "
            "know: choose yours at “Your clock”."
        ),
        "changed": _("Done."),
        "left-one": _("You will not get these letters any more."),
        "left": _("You will not get letters from us any more."),
        "paused": _("Your letters are paused."),
        "resumed": _("Your letters go on."),
        "feed": _("Your feed has a new address. The old one leads nowhere."),
        "moved": _("Your letters go to the new address."),
    }


def _counting(subscriber: Subscriber) -> str:
    """Return which deed changes whether letters are counted; none where nobody's are."""
    if not subscriber.is_counted:
        return ALLOW
    return REFUSE if settings.DATELINE.counts_opens else ""


@by_link
def export(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """Give what is kept of a subscriber to them alone."""
    if not held_here(request).is_sure:
        is_one = is_browser(subscriber)
        return browser_page(request, subscriber) if is_one else ask_for_link(request)
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
