"""What the newsroom answers when it must say no: to people as pages, to scripts as JSON.

A script that saves copy must not be led to a login page: it would take the page for its answer, and
what was typed would be lost without a word.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from dateline.common.client import wants_json
from dateline.common.errors import DatelineError

SCRIPT = "Dateline-Script"


def is_from_script(request: HttpRequest) -> bool:
    """Say whether a request comes from a script in a page, not from a person following a link."""
    headers = request.headers
    return (
        SCRIPT in headers
        or headers.get("X-Requested-With") == "XMLHttpRequest"
        or headers.get("Sec-Fetch-Dest") == "empty"
        or wants_json(request)
    )


def for_script(request: HttpRequest, response: HttpResponseBase | None) -> HttpResponseBase:
    """Return the answer as it is, or what a script can read where a person would have to sign in.

    Shape: 401 `{"code": "session-ended", "message"}`, 403 `{"code": "not-permitted", "message"}`;
        no response stands for a view that refused permission.
    """
    if response is not None and not (
        is_from_script(request) and _leads_to(response, "wagtailadmin_login", "mfa_index")
    ):
        return response
    if request.user.is_authenticated and not (response and _leads_to(response, "mfa_index")):
        return _told("not-permitted", _("You have no permission to do this."), 403)
    return _told("session-ended", _("Your session has ended. Sign in again."), 401)


def session(request: HttpRequest) -> HttpResponse:
    """Say that somebody is signed in: to a script by name, to a person with what to do next."""
    if is_from_script(request):
        return JsonResponse({"name": request.user.get_username()})
    return render(request, "newsroom/signed_in.html")


def refused(request: HttpRequest, error: DatelineError) -> HttpResponse:
    """Answer with what an action refused, in its own words: to a script as code and message."""
    if wants_json(request):
        return _told(error.code, str(error), error.status)
    return render(request, "newsroom/refused.html", {"error": error}, status=error.status)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 for a form that was opened before its account signed in again."""
    if is_from_script(request):
        return _told("form-outdated", _("This page is out of date. Load it again."), 403)
    return HttpResponse(render_to_string("newsroom/outdated.html"), status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a page that needs no database, or with JSON to a script."""
    if is_from_script(request):
        return _told("error", _("Something went wrong here. It was noted."), 500)
    return HttpResponse(render_to_string("newsroom/500.html"), status=500)


def _leads_to(response: HttpResponseBase, *names: str) -> bool:
    where = response.headers.get("Location", "")
    return response.status_code == 302 and where.startswith(tuple(map(reverse, names)))


def _told(code: str, message: str, status: int) -> JsonResponse:
    answer = JsonResponse({"code": code, "message": message}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
