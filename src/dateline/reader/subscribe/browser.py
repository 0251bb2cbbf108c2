"""What a browser that has no account and no mail address was sent, and its clock: its own page."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from dateline.common.numbers import whole_number
from dateline.common.pages import page_of
from dateline.reader.account.shell import edition_of, page_for, show
from dateline.reader.contexts import LinkContext
from dateline.reader.letters.subjects import label_with_language
from dateline.reader.subscribe.contexts import BrowserContext, SubscribedContext
from dateline.reader.subscribe.deeds import DEEDS
from dateline.reader.subscribe.own_clock import clock_of
from dateline.reader.subscribe.sent import PER_PAGE, sent_lines
from dateline.reader.subscribe.shell import by_clock_of, furniture, held_here
from dateline.reader.views import speaking
from dateline.subscriptions.errors import ClockUnknown
from dateline.subscriptions.ledger_queries import deliveries_of
from dateline.subscriptions.models import Subscriber
from dateline.subscriptions.queries import followed_by_push


def is_browser(subscriber: Subscriber) -> bool:
    """Say whether somebody is a browser alone: there is nowhere to send a link to."""
    return not subscriber.mail and subscriber.reader_id is None


def browser_page(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """Show a browser what it was sent, in the language of the page that led here; change its clock.

    Its endpoint had to be told for the link, and the link is good for a day.
    """
    shown = edition_of(request) or furniture(request)
    request.furniture = shown  # type: ignore[attr-defined]
    with speaking(shown), by_clock_of(subscriber):
        answer = _answer if held_here(request).is_sure else _too_old
        response = answer(request, subscriber)
        if hasattr(response, "render"):
            response.render()
    return response


def _answer(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """Change the clock, if that is asked; all else that it is notified of, it tells itself."""
    if request.POST.get("deed") != "clock":
        return _page(request, subscriber)
    try:
        done = DEEDS["clock"](request, subscriber)
    except ClockUnknown as error:
        return _page(request, subscriber, clock_error=str(error))
    return HttpResponseRedirect(f"{_latest(request)}&done={done}")


def _latest(request: HttpRequest) -> str:
    return f"/letters/{held_here(request).token}/?edition={furniture(request).edition.code}"


def _page(request: HttpRequest, subscriber: Subscriber, clock_error: str = "") -> HttpResponse:
    is_changed = request.method != "POST" and request.GET.get("done") == "changed"
    before = whole_number(request.GET.get("before", ""))
    sent = page_of(deliveries_of(subscriber), before=before, most=PER_PAGE)
    latest, here = _latest(request), furniture(request).edition
    context = BrowserContext(
        page=page_for(request, _("What this browser was sent, and why")),
        said=_("Done.") if is_changed else "",
        followed=tuple(label_with_language(one, here) for one in followed_by_push(subscriber)),
        sent=sent_lines(sent.rows),
        older_url=f"{latest}&before={sent.older}" if sent.older else "",
        latest_url="" if sent.is_first else latest,
        preferences_url=_preferences(request).url,
        clock=clock_of(subscriber, clock_error),
        export_url=f"/letters/{held_here(request).token}/export.json",
    )
    return show(request, context, status=ClockUnknown.status if clock_error else HTTPStatus.OK)


def _too_old(request: HttpRequest, _subscriber: Subscriber) -> HttpResponse:
    context = SubscribedContext(
        page=page_for(request, _("This link is no longer good")),
        lines=(_("It was good for a day. That browser opens the list anew in its preferences."),),
        link=_preferences(request),
    )
    return show(request, context, status=403)


def _preferences(request: HttpRequest) -> LinkContext:
    home = furniture(request).context.home_url
    return LinkContext(label=_("Preferences"), url=f"{home}preferences/#notices-head")
