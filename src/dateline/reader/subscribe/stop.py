"""Ending letters by one click: from a mail program (RFC 8058), or by a letter's foot.

It ends what the letter was about, in the language it came in; a second button ends it in all.
"""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dateline.reader.account.shell import page_for, show
from dateline.reader.contexts import LinkContext
from dateline.reader.letters.subjects import label_of, label_with_language
from dateline.reader.subscribe.contexts import AgreeContext
from dateline.reader.subscribe.shell import by_link, held_here, told
from dateline.subscriptions.actions import leave_letters
from dateline.subscriptions.models import Subscriber, Subscription
from dateline.subscriptions.queries import follows_of_letter

_HERE, _EVERYWHERE = "here", "everywhere"


@csrf_exempt  # The link itself is the secret, and a mail program has no token.
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def stop(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """End the letters that a link stands in; a GET, which filters send too, only asks."""
    of, code = request.GET.get("of", ""), request.GET.get("edition", "")
    if request.method != "POST":
        return _ask(request, subscriber, of, code)
    deed = request.POST.get("deed", "")
    words = _buttons().get(deed) or request.POST.get("List-Unsubscribe", "")
    leave_letters(
        by=None,
        subscriber=subscriber,
        of=of,
        edition="" if deed == _EVERYWHERE else code,
        told=told(request, words),
    )
    return _done(request, follows_of_letter(subscriber, of))


def _ask(request: HttpRequest, subscriber: Subscriber, of: str, code: str) -> HttpResponse:
    here, everywhere = follows_of_letter(subscriber, of, code), follows_of_letter(subscriber, of)
    if not here:
        title, lines = _("Stop these letters"), (_("You do not get these letters any more."),)
        return _elsewhere(request, title, lines, everywhere)
    is_more = len(everywhere) > len(here)
    context = AgreeContext(
        page=page_for(request, _("Stop these letters")),
        lines=(_("You will get no more letters about:"),),
        what=_labels(here, with_language=is_more),
        action=_buttons()[_HERE],
        deed=_HERE,
        is_grave=True,
        also=_buttons()[_EVERYWHERE] if is_more else "",
        also_deed=_EVERYWHERE,
        other=_choices(request),
    )
    return show(request, context)


def _done(request: HttpRequest, left: list[Subscription]) -> HttpResponse:
    lines = (_("You will not get these letters any more."),)
    return _elsewhere(request, _("It is done"), lines, left)


def _elsewhere(
    request: HttpRequest, title: str, lines: tuple[str, ...], left: list[Subscription]
) -> HttpResponse:
    """Say that nothing comes in this language, and offer to end what comes in others."""
    context = AgreeContext(
        page=page_for(request, title),
        lines=(*lines, _("They still come in other languages:")) if left else lines,
        what=_labels(left, with_language=True),
        action="",
        also=_buttons()[_EVERYWHERE] if left else "",
        also_deed=_EVERYWHERE,
        other=_choices(request),
    )
    return show(request, context)


def _buttons() -> dict[str, str]:
    return {_HERE: _("Stop"), _EVERYWHERE: _("Stop in all languages")}


def _choices(request: HttpRequest) -> LinkContext:
    return LinkContext(label=_("Choose what you get"), url=f"/letters/{held_here(request).token}/")


def _labels(rows: Iterable[Subscription], *, with_language: bool) -> tuple[str, ...]:
    name = label_with_language if with_language else label_of
    return tuple(dict.fromkeys(map(name, rows)))
