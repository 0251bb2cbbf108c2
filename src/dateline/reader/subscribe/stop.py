"""Ending letters by one click: from a mail program (RFC 8058), or by a letter's foot."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dateline.reader.account.shell import page_for, show
from dateline.reader.contexts import LinkContext
from dateline.reader.letters.subjects import named
from dateline.reader.subscribe.contexts import AgreeContext, SubscribedContext
from dateline.reader.subscribe.shell import by_link, furniture, held_here, told
from dateline.subscriptions.actions import leave_letters
from dateline.subscriptions.models import Subscriber
from dateline.subscriptions.queries import subjects_of_letter


@csrf_exempt  # The link itself is the secret, and a mail program has no token.
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def stop(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """End the letters that a link stands in; a GET, which filters send too, only asks."""
    of = request.GET.get("of", "")
    code = request.GET.get("edition", "")
    subjects = subjects_of_letter(subscriber, of, code)
    edition = furniture(request).edition
    labels = tuple(one.label for text in subjects if (one := named(text, edition)) is not None)
    others = LinkContext(
        label=_("Choose what you get"), url=f"/letters/{held_here(request).token}/"
    )
    if request.method == "POST":
        noted = told(request, request.POST.get("List-Unsubscribe", ""))
        leave_letters(by=None, subscriber=subscriber, of=of, edition=code, told=noted)
        page = page_for(request, _("It is done"))
        lines = (_("You will not get these letters any more."),)
        return show(request, SubscribedContext(page=page, lines=lines, link=others))
    context = AgreeContext(
        page=page_for(request, _("Stop these letters")),
        lines=(_("You will get no more letters about:"),) if labels else (_ended(),),
        what=labels,
        action=_("Stop") if labels else "",
        is_grave=True,
        other=others,
    )
    return show(request, context)


def _ended() -> str:
    return _("You do not get these letters any more.")
