"""A link to one's own page that is asked for: who opens it reads the mail of that address.

A letter is passed on, and its link with it. So that link lets choose, pause and leave; what was
sent, the feed, another address and everything that is kept need one that was asked for.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dateline.people.logins import begin
from dateline.reader.account.limits import refused, tried
from dateline.reader.account.mail import Letter, send_letter
from dateline.reader.account.shell import page_for, show
from dateline.reader.subscribe.contexts import AgreeContext, SubscribedContext
from dateline.reader.subscribe.shell import furniture, own_url
from dateline.subscriptions.models import Subscriber


def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Offer to send a link to whoever came by one that is not good for what they want."""
    context = AgreeContext(
        page=page_for(request, _("Your letters")),
        lines=(
            _("This needs a fresh link, since a letter may have been passed on."),
            _("We send it to the address that the letters go to. It is good for a day."),
        ),
        action=_("Send me a link"),
        deed="link",
    )
    return show(request, context, status=403)


def send_own_link(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """Send a link that is good for everything to the address that letters go to."""
    wait = begin(tried(request, f"subscribe {subscriber.mail}"))
    if wait:
        return refused(request, wait)
    letter = Letter(
        subject=_("The link to your letters"),
        lines=(_("Open this page within a day to see and change all that we keep of you:"),),
        url=f"{settings.DATELINE.base_url}{own_url(subscriber)}",
        after=(_("If you did not ask for it, do nothing, and pass it on to nobody."),),
    )
    send_letter(letter, subscriber.mail, furniture(request).context)
    context = SubscribedContext(
        page=page_for(request, _("Look into your mail")),
        lines=(_("We have sent you a letter. Open the link in it within a day."),),
    )
    return show(request, context)
