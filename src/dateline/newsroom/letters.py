"""Letters: what went out, to how many, what failed and why; and what one reader was sent."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dateline.common import clock
from dateline.common.numbers import whole_number
from dateline.common.pages import page_of
from dateline.newsroom.letters_demo import (
    LETTER_POLICY,
    letter_html,
    letter_named,
    letters_in_folder,
)
from dateline.newsroom.letters_shown import PER_PAGE, Shown, reader_screen
from dateline.newsroom.newsletters_issue import MAKE
from dateline.newsroom.rights import need
from dateline.stories.models import Story
from dateline.stories.ownership import CHANGE
from dateline.subscriptions.actions import resume_sending, send_again, stop_sending
from dateline.subscriptions.causes import in_words
from dateline.subscriptions.enums import BY_HAND, Cause, Channel, State, Thing
from dateline.subscriptions.ledger_queries import (
    failures_of,
    latest_sendings,
    recipients_of,
    settled_since,
    states_of,
)
from dateline.subscriptions.models import Sending, Subscriber
from dateline.subscriptions.newsletter_queries import issue_of
from dateline.subscriptions.queries import subscriber_with_mail

PERMISSION = "subscriptions.change_sending"
_MINUTE = timedelta(minutes=1)


def letters(request: HttpRequest) -> HttpResponse:
    """List what went out, newest first, under a box that looks for one reader."""
    need(request, PERMISSION)
    if request.GET.get("reader", "").strip() or request.GET.get("subscriber"):
        return _reader(request)
    page = page_of(latest_sendings(), before=_number(request, "before"), most=PER_PAGE)
    states = states_of(page.rows)
    shown = [Shown(one, states[one.pk]) for one in page.rows]
    values = {"sendings": shown, "page": page, "is_demo": is_demo()}
    return render(request, "newsroom/letters/letters.html", values)


def _reader(request: HttpRequest) -> HttpResponse:
    """Show what one reader was sent, and why; or that there is no such reader."""
    asked = request.GET.get("reader", "").strip()
    number = _number(request, "subscriber")
    found = Subscriber.objects.filter(pk=number).first() if number else subscriber_with_mail(asked)
    found = found.merged_into or found if found else None
    values = {"asked": asked}
    if found is not None:
        values |= reader_screen(
            found,
            before=_number(request, "before"),
            consents_before=_number(request, "consents"),
        )
    return render(request, "newsroom/letters/reader.html", values)


def one_sending(request: HttpRequest, number: int) -> HttpResponse:
    """Show how one sending fares: progress, rate, failures by their cause; or who is in a state."""
    need(request, PERMISSION)
    sending = get_object_or_404(Sending.objects.select_related("edition"), pk=number)
    if request.GET.get("state") in State.values:
        return _recipients(request, sending)
    now = clock.now()
    failures = failures_of(sending, now)
    values = {
        "shown": Shown(sending, states_of([sending])[sending.pk]),
        "failures": failures,
        "may_again": any(one.again for one in failures),
        "about": _about(request, sending),
        "a_minute": settled_since(sending, now - _MINUTE),
        "may_go_on": sending.was_stopped_for(*BY_HAND),
    }
    return render(request, "newsroom/letters/sending.html", values)


def progress(request: HttpRequest, number: int) -> HttpResponse:
    """Show how far a sending is, for a page that is open while it goes on."""
    need(request, PERMISSION)
    sending = get_object_or_404(Sending, pk=number)
    values = {
        "shown": Shown(sending, states_of([sending])[sending.pk]),
        "a_minute": settled_since(sending, clock.now() - _MINUTE),
    }
    return render(request, "newsroom/letters/_progress.html", values)


def _about(request: HttpRequest, sending: Sending) -> str:
    """Return the screen of what was sent: a newsletter's letter, or a story; empty without one."""
    user = request.user
    if sending.thing == Thing.NEWSLETTER and user.has_perm(MAKE):
        found = issue_of(sending)
        return reverse("issue-review", args=[found.pk]) if found else ""
    if user.has_perm(CHANGE) and Story.objects.filter(pk=sending.story).exists():
        return reverse("wagtailsnippets_stories_story:edit", args=[sending.story])
    return ""


def _recipients(request: HttpRequest, sending: Sending) -> HttpResponse:
    state, channel, cause = (request.GET.get(name, "") for name in ("state", "channel", "cause"))
    rows = recipients_of(sending, state=state, channel=channel, cause=cause)
    query = request.GET.copy()
    query.pop("before", None)
    values = {
        "sending": sending,
        "state": State(state),
        "channel": Channel(channel) if channel in Channel.values else None,
        "cause": in_words(cause, channel),
        "page": page_of(rows, before=_number(request, "before"), most=PER_PAGE),
        "query": query.urlencode(),
    }
    return render(request, "newsroom/letters/recipients.html", values)


@require_POST
def deed(request: HttpRequest, number: int) -> HttpResponse:
    """Stop a sending, go on with one, or plan once more what failed for one cause."""
    need(request, PERMISSION)
    sending = get_object_or_404(Sending.objects.select_related("edition"), pk=number)
    if "stop" in request.POST:
        stop_sending(by=request.user, sending=sending, why=Cause.DESK)  # type: ignore[arg-type]
        messages.success(request, _("What had not left yet stays here."))
    elif "go-on" in request.POST:
        if sending.was_stopped_for(*BY_HAND):
            resume_sending(by=request.user, sending=sending)  # type: ignore[arg-type]
        messages.success(request, _("It goes on. Whoever has it does not get it again."))
    else:
        _send_again(request, sending)
    return redirect("sending", number=number)


def _send_again(request: HttpRequest, sending: Sending) -> None:
    state, channel, cause = (request.POST.get(name, "") for name in ("state", "channel", "cause"))
    by = request.user
    count = send_again(by=by, sending=sending, state=state, channel=channel, cause=cause)  # type: ignore[arg-type]
    said = ngettext("%(n)d is sent again.", "%(n)d are sent again.", count) % {"n": count}
    messages.success(request, said if count else _("None of them is written to any more."))


def _number(request: HttpRequest, name: str) -> int | None:
    return whole_number(request.GET.get(name, ""))


def is_demo() -> bool:
    """Say whether mail goes into a folder, to nobody."""
    return settings.DATELINE.mail_server.get_secret_value() == "folder"


def mail(request: HttpRequest) -> HttpResponse:
    """List the mail of a demonstration, newest first."""
    _may_read(request)
    return render(request, "newsroom/letters/mail.html", {"letters": letters_in_folder()})


def one_mail(request: HttpRequest, letter: str) -> HttpResponse:
    """Show one letter: as a mail program does, in a frame that runs nothing, and as plain text."""
    _may_read(request)
    return render(request, "newsroom/letters/one_mail.html", {"letter": letter_named(letter)})


def mail_html(request: HttpRequest, letter: str) -> HttpResponse:
    """Give a letter's HTML for the frame, under a policy of its own."""
    _may_read(request)
    response = HttpResponse(letter_html(letter_named(letter)))
    response._csp_replace = LETTER_POLICY  # type: ignore[attr-defined]
    return response


def _may_read(request: HttpRequest) -> None:
    """A demonstration's mail holds codes that log in: it is for those who may do anything."""
    if not (is_demo() and request.user.is_superuser):
        raise PermissionDenied


urlpatterns: list[URLPattern] = [
    path("letters/", letters, name="sendings"),
    path("letters/<int:number>/", one_sending, name="sending"),
    path("letters/<int:number>/progress/", progress, name="sending-progress"),
    path("letters/<int:number>/deed/", deed, name="sending-deed"),
    path("mail/", mail, name="demo-mail"),
    path("mail/<slug:letter>/", one_mail, name="demo-letter"),
    path("mail/<slug:letter>/html/", mail_html, name="demo-letter-html"),
]
