"""Letters: what went out, to how many, what failed and why; and what one reader was sent."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dateline.common import clock
from dateline.newsroom.letters_demo import (
    LETTER_POLICY,
    letter_html,
    letter_named,
    letters_in_folder,
)
from dateline.newsroom.rights import need
from dateline.subscriptions.actions import send_again, stop_sending
from dateline.subscriptions.enums import Halt, State
from dateline.subscriptions.models import Sending
from dateline.subscriptions.queries import (
    causes_of,
    deliveries_of,
    latest_sendings,
    settled_since,
    states_of,
    subscriber_with_mail,
    subscriptions_of,
)

PERMISSION = "subscriptions.change_sending"
_LATEST = 30
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """A sending with its figures."""

    sending: Sending
    states: dict[str, int]

    @property
    def total(self) -> int:
        """Return for how many it was planned."""
        return sum(self.states.values())

    @property
    def gone(self) -> int:
        """Return how many letters left."""
        return self.states.get(State.SENT, 0) + self.states.get(State.CONFIRMED, 0)

    @property
    def failed(self) -> int:
        """Return how many did not arrive, as far as is known."""
        return sum(self.states.get(one, 0) for one in (State.BOUNCED, State.UNCERTAIN))

    @property
    def left(self) -> int:
        """Return how many are still to be settled."""
        return self.states.get(State.PLANNED, 0) + self.states.get(State.SENDING, 0)


def letters(request: HttpRequest) -> HttpResponse:
    """List what went out, newest first, over a box that looks for one reader."""
    need(request, PERMISSION)
    latest = list(latest_sendings()[:_LATEST])
    states = states_of(latest)
    shown = [Shown(one, states[one.pk]) for one in latest]
    values = {"sendings": shown, "is_demo": is_demo(), **_reader(request)}
    return render(request, "newsroom/letters/letters.html", values)


def _reader(request: HttpRequest) -> dict[str, object]:
    """Return what one reader was sent, and why; or that there is no such reader."""
    mail = request.GET.get("reader", "").strip()
    if not mail:
        return {}
    found = subscriber_with_mail(mail)
    if found is None:
        return {"asked": mail}
    return {
        "asked": mail,
        "reader": found,
        "followed": subscriptions_of(found),
        "deliveries": deliveries_of(found)[:100],
    }


def one_sending(request: HttpRequest, number: int) -> HttpResponse:
    """Show how one sending fares: progress, rate, failures by their cause."""
    need(request, PERMISSION)
    sending = get_object_or_404(Sending.objects.select_related("edition"), pk=number)
    labels = dict(State.choices)
    states = states_of([sending])[sending.pk]
    values = {
        "shown": Shown(sending, states),
        "states": [(labels[one], states[one]) for one in State.values if one in states],
        "causes": [(labels[state], cause, n, state) for state, cause, n in causes_of(sending)],
        "a_minute": settled_since(sending, clock.now() - _MINUTE),
    }
    return render(request, "newsroom/letters/sending.html", values)


@require_POST
def deed(request: HttpRequest, number: int) -> HttpResponse:
    """Stop a sending, or plan once more what failed for one cause."""
    need(request, PERMISSION)
    sending = get_object_or_404(Sending.objects.select_related("edition"), pk=number)
    if "stop" in request.POST:
        stop_sending(by=request.user, sending=sending, why=Halt.DESK)  # type: ignore[arg-type]
        messages.success(request, _("What had not left yet stays here."))
    else:
        cause = request.POST.get("cause", "")
        count = send_again(by=request.user, sending=sending, cause=cause)  # type: ignore[arg-type]
        said = ngettext("%(n)d letter is sent again.", "%(n)d letters are sent again.", count)
        messages.success(request, said % {"n": count})
    return redirect("sending", number=number)


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
    path("letters/<int:number>/deed/", deed, name="sending-deed"),
    path("mail/", mail, name="demo-mail"),
    path("mail/<slug:letter>/", one_mail, name="demo-letter"),
    path("mail/<slug:letter>/html/", mail_html, name="demo-letter-html"),
]
