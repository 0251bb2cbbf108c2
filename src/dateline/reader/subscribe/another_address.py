"""Letters to another address: a link goes there, and a press on the page it opens moves them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dateline.people.logins import begin
from dateline.reader.account.forms import MailForm
from dateline.reader.account.limits import refused, tried
from dateline.reader.account.mail import Letter, send_letter
from dateline.reader.account.shell import account_page, page_for, show
from dateline.reader.contexts import LinkContext
from dateline.reader.subscribe.contexts import AgreeContext, SubscribedContext
from dateline.reader.subscribe.shell import (
    furniture,
    held_here,
    no_longer,
    opened,
    own_url,
    sealed,
    told,
)
from dateline.subscriptions.actions import move_subscriber
from dateline.subscriptions.models import Subscriber
from dateline.subscriptions.queries import subscriber_by_key

_SALT = "move-letters"


def ask_address(request: HttpRequest, subscriber: Subscriber, form: MailForm) -> HttpResponse:
    """Send a link to another address, by which it is shown to be theirs."""
    mail = form.cleaned_data["mail"]
    wait = begin(tried(request, f"subscribe {mail}"))
    if wait:
        return refused(request, wait)
    asked = sealed({"key": subscriber.key, "mail": mail}, _SALT)
    letter = Letter(
        subject=_("Confirm your new mail address"),
        lines=(_("Open this page and press the button there, and your letters go here:"),),
        url=f"{settings.DATELINE.base_url}/letters/move/{asked}/?edition={subscriber.edition.code}",
        after=(_("If it was not you, do nothing: nobody will write to you."),),
    )
    send_letter(letter, mail, furniture(request).context)
    context = SubscribedContext(
        page=page_for(request, _("Look into your mail")),
        lines=(_("We have sent a letter to the new address. Open the link in it."),),
        link=LinkContext(label=_("Your letters"), url=f"/letters/{held_here(request).token}/"),
    )
    return show(request, context)


@require_http_methods(["GET", "HEAD", "POST"])
@account_page
def move(request: HttpRequest, asked: str) -> HttpResponse:
    """Have letters go to the address a link was sent to, by a button."""
    values = opened(asked, _SALT)
    subscriber = subscriber_by_key(values["key"]) if values else None
    if values is None or subscriber is None:
        return no_longer(request)
    if request.method == "POST":
        moved = move_subscriber(
            by=None,
            subscriber=subscriber,
            mail=values["mail"],
            is_asked=True,
            told=told(request, _("Yes, send them there")),
        )
        return HttpResponseRedirect(f"{own_url(moved)}?done=moved")
    context = AgreeContext(
        page=page_for(request, _("Your letters")),
        lines=(
            _("From now on your letters go to %(mail)s.") % {"mail": values["mail"]},
            _(
                "If that address gets letters from us already, both become one: you keep what you "
                "follow by either, and nothing that you have left comes back."
            ),
        ),
        action=_("Yes, send them there"),
    )
    return show(request, context)
