"""An issue's screens: put together, looked at as mail programs show it, tried, counted, sent."""

from collections.abc import Callable
from email.header import decode_header, make_header
from math import ceil
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dateline.common import clock
from dateline.fronts.queries import stories_to_place
from dateline.newsroom.letters_demo import LETTER_POLICY
from dateline.newsroom.newsletters_forms import (
    READER,
    IssueForm,
    SendForm,
    arranged,
    form_of,
    parts_in,
)
from dateline.newsroom.newsletters_trial import trial_shown
from dateline.newsroom.rights import need
from dateline.people.letters import post_letter
from dateline.stories.models import Story
from dateline.subscriptions.actions import (
    call_back,
    clear_issue,
    compose_issue,
    schedule_issue,
)
from dateline.subscriptions.enums import Source, Thing
from dateline.subscriptions.errors import IssueChangedMeanwhile
from dateline.subscriptions.mail.compose import TOKEN, Letter
from dateline.subscriptions.models import Issue, Sending
from dateline.subscriptions.newsletter_queries import hidden_in, parts_of, what_it_lacks
from dateline.subscriptions.newsletter_rules import CLIPPED_AT, PartCopy, is_clipped
from dateline.subscriptions.recipients import count_recipients

MAKE = "subscriptions.change_issue"
SEND = "subscriptions.change_sending"
_DARK = "(prefers-color-scheme: dark)"
_LOOKS = {"light": "not all", "dark": "all"}


def issue(request: HttpRequest, number: int) -> HttpResponse:
    """Put an issue together: every button keeps all that was typed.

    If it was changed since the form was opened, a button has to be pressed a second time.
    """
    need(request, MAKE)
    found = _issue(number)
    if request.method != "POST":
        return _composing(request, found, form_of(found), tuple(parts_of(found)))
    form = form_of(found, request.POST)
    parts = parts_in(request.POST, found.newsletter.edition)
    if not form.is_valid():
        return _composing(request, found, form, parts)
    deed = request.POST.get("deed", "")
    copy = form.copy(arranged(parts, deed, request.POST.get("into", "")))
    try:
        compose_issue(by=request.user, issue=found, copy=copy, began=_began(request, found))  # type: ignore[arg-type]
    except IssueChangedMeanwhile:
        return _composing(request, _issue(number), form, parts, is_behind=True)
    if deed == "look":
        return redirect("issue-review", number=number)
    if deed == "save":
        messages.success(request, _("The letter is saved."))
    again, words = reverse("issue", args=[number]), _words(request.POST)
    return redirect(f"{again}?{urlencode({'words': words})}" if words else again)


def _began(request: HttpRequest, found: Issue) -> str:
    """Return from which version what is typed began."""
    return request.POST.get("began", found.version)


def _words(given: QueryDict) -> str:
    """Return by which words stories are looked for: they stay from one button to the next."""
    return given.get("words", "").strip()[:100]


def _composing(
    request: HttpRequest,
    found: Issue,
    form: IssueForm,
    parts: tuple[PartCopy, ...],
    *,
    is_behind: bool = False,
) -> HttpResponse:
    now, edition = clock.now(), found.newsletter.edition
    numbers = {story for part in parts for story in part.stories}
    rows = Story.objects.filter(pk__in=numbers).defer("body").in_bulk()
    words = _words(request.POST or request.GET)
    values = {
        "issue": found,
        "trial": trial_shown(found),
        "form": form,
        "is_behind": is_behind,
        "began": found.version if is_behind else _began(request, found),
        "parts": [
            (part, [rows[one] for one in part.stories if one in rows], part.source == Source.CHOSEN)
            for part in parts
        ],
        "hidden": hidden_in(found, now),
        "sources": Source.choices,
        "sections": edition.sections.all(),
        "stories": stories_to_place(edition, now, words=words),
        "words": words,
        "taken": numbers,
    }
    return _shown(request, "newsroom/newsletters/issue.html", found, values)


def review(request: HttpRequest, number: int) -> HttpResponse:
    """Show an issue as it will arrive, to how many, and send it now or at an hour.

    One that was changed since somebody looked at it is shown again, and not sent.
    """
    need(request, MAKE)
    found = _issue(number)
    form = SendForm(request.POST or None)
    with timezone.override(_zone(found)):
        is_given = request.method == "POST" and form.is_valid()
    if is_given:
        need(request, SEND)
        if _is_scheduled(request, found, form):
            return redirect("issue-review", number=number)
        found = _issue(number)
    letter = _letter(found)
    size = len(letter.html.encode())
    values = {
        "issue": found,
        "trial": trial_shown(found),
        "form": form,
        "is_behind": is_given,
        "letter": letter,
        "sender": make_header(decode_header(letter.sender)),
        "text": letter.text,
        "size": size,
        "most": CLIPPED_AT,
        "is_clipped": is_clipped(letter.html),
        "count": count_recipients(_would_be(found)),
        "hidden": Story.objects.filter(pk__in=hidden_in(found, clock.now())).defer("body"),
        "lack": what_it_lacks(found),
        "look": request.GET.get("look", "light"),
        "undo_seconds": settings.DATELINE.letter_undo_seconds,
        "has_mail": bool(settings.DATELINE.mail_server.get_secret_value()),
        "to": request.user.email,  # type: ignore[union-attr]
        "may_send": request.user.has_perm(SEND),
    }
    return _shown(request, "newsroom/newsletters/review.html", found, values)


def _is_scheduled(request: HttpRequest, found: Issue, form: SendForm) -> bool:
    """Have an issue leave as it was seen; False when it is another one now."""
    at = form.cleaned_data["at"]
    is_local = form.cleaned_data["clock"] == READER and at is not None
    seen = request.POST.get("seen", "")
    try:
        schedule_issue(by=request.user, issue=found, at=at, is_local=is_local, seen=seen)  # type: ignore[arg-type]
    except IssueChangedMeanwhile:
        return False
    return True


def state(request: HttpRequest, number: int) -> HttpResponse:
    """Show where an issue stands, for a page that has counted down to its time."""
    need(request, MAKE)
    found = _issue(number)
    values = {"issue": found, "hidden": hidden_in(found, clock.now()), "leads_on": True}
    return _shown(request, "newsroom/newsletters/_state.html", found, values)


def _would_be(found: Issue) -> Sending:
    """Return the sending an issue would be planned as now, to count whom it would go to."""
    subjects = [str(found.newsletter.subject)]
    edition = found.newsletter.edition
    return Sending(thing=Thing.NEWSLETTER, edition=edition, subjects=subjects, title=found.title)


def _letter(found: Issue) -> Letter:
    made: Letter = import_string(settings.DATELINE_LETTER_PREVIEW)(found, _would_be(found))
    return made


def letter_html(request: HttpRequest, number: int, look: str) -> HttpResponse:
    """Give an issue's HTML for a frame, in the light or in the dark, under a policy of its own."""
    need(request, MAKE)
    html = _letter(_issue(number)).html.replace(_DARK, _LOOKS.get(look, _DARK))
    response = HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))
    response._csp_replace = LETTER_POLICY  # type: ignore[attr-defined]
    return response


@require_POST
def deed(request: HttpRequest, number: int) -> HttpResponse:
    """Send a test to oneself, call an issue back, or have it go on without what is gone."""
    permission, does = _DEEDS.get(request.POST.get("deed", ""), (SEND, None))
    need(request, permission)
    found = _issue(number)
    if does is not None:
        messages.success(request, does(request, found))
    return redirect("issue-review", number=number)


def _test(request: HttpRequest, found: Issue) -> str:
    to, letter = request.user.email, _letter(found)  # type: ignore[union-attr]
    if not to:
        return _("Your account has no mail address.")
    subject = _("[Test] %(subject)s") % {"subject": found}
    text, html = (part.replace(TOKEN, "test") for part in (letter.text, letter.html))
    post_letter(to=to, subject=subject, text=text, html=html)
    return _("A test goes to %(mail)s.") % {"mail": to}


def _call_back(request: HttpRequest, found: Issue) -> str:
    if call_back(by=request.user, issue=found):  # type: ignore[arg-type]
        return _("The letter is a draft again. Nobody got it.")
    return _("What had not left yet stays here.")


def _clear(request: HttpRequest, found: Issue) -> str:
    clear_issue(by=request.user, issue=found)  # type: ignore[arg-type]
    return _("It goes on without what readers may not see.")


_DEEDS: dict[str, tuple[str, Callable[[HttpRequest, Issue], str]]] = {
    "test": (MAKE, _test),
    "call-back": (SEND, _call_back),
    "clear": (SEND, _clear),
}


def _shown(
    request: HttpRequest, template: str, found: Issue, values: dict[str, Any]
) -> HttpResponse:
    with timezone.override(_zone(found)):
        return render(request, template, {"seconds": _seconds_left(found)} | values)


def _seconds_left(found: Issue) -> int:
    """Return in how many seconds an issue leaves; 0 when its time has come."""
    return max(0, ceil((found.due_at - clock.now()).total_seconds())) if found.due_at else 0


def _zone(found: Issue) -> ZoneInfo:
    return ZoneInfo(found.newsletter.edition.timezone)


def _issue(number: int) -> Issue:
    rows = Issue.objects.select_related(
        "newsletter__edition", "sending__edition", "sent_by", "changed_by"
    )
    return get_object_or_404(rows, pk=number)


urlpatterns: list[URLPattern] = [
    path("newsletters/issues/<int:number>/", issue, name="issue"),
    path("newsletters/issues/<int:number>/review/", review, name="issue-review"),
    path("newsletters/issues/<int:number>/state/", state, name="issue-state"),
    path("newsletters/issues/<int:number>/deed/", deed, name="issue-deed"),
    path("newsletters/issues/<int:number>/html/<slug:look>/", letter_html, name="issue-html"),
]
