"""What a browser that has no account and no mail address was sent: its own page."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dateline.common.numbers import whole_number
from dateline.common.pages import page_of
from dateline.reader.account.shell import edition_of, page_for, show
from dateline.reader.contexts import LinkContext
from dateline.reader.letters.subjects import label_with_language
from dateline.reader.subscribe.contexts import BrowserContext, SubscribedContext
from dateline.reader.subscribe.sent import PER_PAGE, sent_lines
from dateline.reader.subscribe.shell import by_clock_of, furniture, held_here
from dateline.reader.views import speaking
from dateline.subscriptions.ledger_queries import deliveries_of
from dateline.subscriptions.models import Subscriber
from dateline.subscriptions.queries import followed_by_push


def is_browser(subscriber: Subscriber) -> bool:
    """Say whether somebody is a browser alone: there is nowhere to send a link to."""
    return not subscriber.mail and subscriber.reader_id is None


def browser_page(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """Show a browser what it was sent, in the language of the page that led here.

    Its endpoint had to be told for the link, and the link is good for a day.
    """
    shown = edition_of(request) or furniture(request)
    request.furniture = shown  # type: ignore[attr-defined]
    with speaking(shown), by_clock_of(subscriber):
        answer = _page if held_here(request).is_sure else _too_old
        response = answer(request, subscriber)
        response.render()  # type: ignore[attr-defined]
    return response


def _page(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    before = whole_number(request.GET.get("before", ""))
    sent = page_of(deliveries_of(subscriber), before=before, most=PER_PAGE)
    own, here = f"/letters/{held_here(request).token}/", furniture(request).edition
    latest = f"{own}?edition={here.code}"
    context = BrowserContext(
        page=page_for(request, _("What this browser was sent, and why")),
        followed=tuple(label_with_language(one, here) for one in followed_by_push(subscriber)),
        sent=sent_lines(sent.rows),
        older_url=f"{latest}&before={sent.older}" if sent.older else "",
        latest_url="" if sent.is_first else latest,
        preferences_url=_preferences(request).url,
        export_url=f"{own}export.json",
    )
    return show(request, context)


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
