"""Asking for letters. Somebody who is not known agrees by a link that is sent to their address.

The answer is the same whoever asks. Nothing is stored before: what was asked for is in the link.
"""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dateline.people.logins import begin
from dateline.reader.account.limits import refused, tried
from dateline.reader.account.mail import Letter, can_send, send_letter
from dateline.reader.account.shell import account_page, back_to, page_for, show
from dateline.reader.contexts import LinkContext
from dateline.reader.letters.subjects import Named, named
from dateline.reader.present.notices import notices_offered
from dateline.reader.subscribe.contexts import AgreeContext, SubscribeContext, SubscribedContext
from dateline.reader.subscribe.forms import SubscribeForm
from dateline.reader.subscribe.shell import (
    choices_url,
    feeds_offered,
    furniture,
    no_longer,
    offered,
    opened,
    other_languages,
    own_url,
    reader_here,
    sealed,
    subscribe_url,
    told,
)
from dateline.subscriptions.actions import Choice, Told, follow, learn_clock, subscriber_for
from dateline.subscriptions.enums import Pace
from dateline.subscriptions.models import Subscriber
from dateline.subscriptions.queries import subscriber_of

_SALT = "subscribe"
_pages = require_http_methods(["GET", "HEAD", "POST"])


@_pages
@account_page
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask what to follow; who is logged in follows it at once, others are sent a link."""
    shown = furniture(request)
    choices = offered(shown, request.GET.get("to", ""))
    _reader, mail = reader_here(request)
    sends_mail = can_send()
    form = SubscribeForm(
        request.POST or None,
        offered=[(str(one.subject), one.label) for one in choices],
        sends_mail=sends_mail,
        knows_mail=bool(mail),
        initial={"what": [str(choices[0].subject)] if request.GET.get("to") else []},
    )
    if request.method == "POST" and sends_mail and form.is_valid():
        return _at_once(request, form, mail) if mail else _by_letter(request, form)
    return _page(request, form, choices, mail)


def _page(
    request: HttpRequest, form: SubscribeForm, choices: list[Named], mail: str
) -> HttpResponse:
    reader, _mail = reader_here(request)
    known = subscriber_of(reader) if reader else None
    shown = furniture(request)
    offered_here = notices_offered(shown)
    context = SubscribeContext(
        page=page_for(request, _("Subscribe")),
        form=form,
        mail=mail,
        consent=_words(),
        sends_mail=can_send(),
        feeds=feeds_offered(choices),
        push_key=offered_here.key if offered_here else "",
        languages=other_languages(shown, request.GET.get("to", "")),
        preferences_url=f"{shown.edition.prefix}preferences/",
        privacy_url=settings.DATELINE.privacy_url,
        choices_url=own_url(known) if known else "",
    )
    return show(request, context)


def _words() -> str:
    words = _("Send me letters about this. I can end them by one click in each of them.")
    if not settings.DATELINE.counts_opens:
        return words
    counting = _("Of some it is counted whether they are opened, which I can refuse.")
    return f"{words} {counting}"


def _at_once(request: HttpRequest, form: SubscribeForm, mail: str) -> HttpResponse:
    reader, _mail = reader_here(request)
    edition = furniture(request).edition
    subscriber = subscriber_for(by=None, mail=mail, edition=edition, reader=reader)
    given = form.cleaned_data
    _follow(subscriber, given["what"], given["pace"], furniture(request).edition, _told(request))
    return _followed(request, subscriber, own_url(subscriber))


def _followed(request: HttpRequest, subscriber: Subscriber, url: str) -> HttpResponse:
    """Lead to a subscriber's own page, which says whether the clock of their browser is known."""
    zone = request.POST.get("timezone", "")
    is_known = learn_clock(by=None, subscriber=subscriber, timezone=zone)
    return HttpResponseRedirect(f"{url}?done={'followed' if is_known else 'followed-no-clock'}")


def _told(request: HttpRequest) -> Told:
    return told(request, _words())


def _follow(subscriber: Subscriber, what: list[str], pace: str, edition: Any, noted: Told) -> None:
    for text in what:
        found = named(text, edition)
        if found is None:
            continue
        choice = Choice(
            subject=found.subject,
            edition=found.edition,
            pace=Pace.AT_ONCE if found.subject.comes_at_once else Pace(pace),
        )
        follow(by=None, subscriber=subscriber, choice=choice, told=noted)


def _by_letter(request: HttpRequest, form: SubscribeForm) -> HttpResponse:
    given, shown = form.cleaned_data, furniture(request)
    code = shown.context.code
    wait = begin(tried(request, f"subscribe {given['mail']}"))
    if wait:
        return refused(request, wait)
    asked = sealed(
        {
            "mail": given["mail"],
            "what": given["what"],
            "pace": given["pace"],
            "page": back_to(request)[:200],
        },
        _SALT,
    )
    letter = Letter(
        subject=_("Confirm that you want letters from %(name)s") % {"name": shown.context.name},
        lines=(
            _("Somebody, you we hope, asked us to write to this address."),
            _("Open this page and press the button there, and we begin:"),
        ),
        url=f"{settings.DATELINE.base_url}/subscribe/confirm/{asked}/?edition={code}",
        after=(_("If it was not you, do nothing: nobody will write to you."),),
    )
    send_letter(letter, given["mail"], shown.context)
    return HttpResponseRedirect(f"/subscribe/sent/?edition={code}")


@account_page
def sent(request: HttpRequest) -> HttpResponse:
    """Say that a letter is on its way: the same to everybody."""
    context = SubscribedContext(
        page=page_for(request, _("Look into your mail")),
        lines=(
            _("We have sent you a letter. Open the link in it, and we begin to write to you."),
            _("If it does not come within some minutes, look where unwanted mail goes."),
        ),
    )
    return show(request, context)


@_pages
@account_page
def confirm(request: HttpRequest, asked: str) -> HttpResponse:
    """Show what was asked for; the button agrees to it, and opening the link does not."""
    values = opened(asked, _SALT)
    if values is None:
        return no_longer(request)
    edition = furniture(request).edition
    what = [one for text in values["what"] if (one := named(text, edition)) is not None]
    if request.method == "POST":
        subscriber = subscriber_for(by=None, mail=values["mail"], edition=edition)
        noted = told(request, _words())
        page = values["page"] or noted.page
        _follow(
            subscriber,
            values["what"],
            values["pace"],
            edition,
            replace(noted, page=page),
        )
        return _followed(request, subscriber, choices_url(subscriber))
    context = AgreeContext(
        page=page_for(request, _("Subscribe")),
        lines=(
            _("Letters go to %(mail)s, %(pace)s:")
            % {"mail": values["mail"], "pace": str(Pace(values["pace"]).label).lower()},
        ),
        what=tuple(one.label for one in what),
        action=_("Yes, write to me"),
        asks_clock=True,
        other=LinkContext(label=_("Choose something else"), url=subscribe_url(furniture(request))),
    )
    return show(request, context)
