"""Marks on a reader's page that the press needs."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dateline.press.touch import reading

GetResponse = Callable[[HttpRequest], HttpResponse]


class PressMarks:
    """Collect the keys a page reads while it is rendered and put them on its response.

    A view says that its page is the same for everyone by `request.pressed_at`, the journal number
    it began at; only then are the marks set, and only then may the press keep the page.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request, marked where it may be kept."""
        with reading() as keys:
            response = self.get_response(request)
        journal = getattr(request, "pressed_at", None)
        if journal is not None and response.status_code == 200:
            response["Cache-Tag"] = " ".join(sorted(keys))
            response["Dateline-Journal"] = str(journal)
            _take_out_the_reader(response)
            _say_what_is_reserved(response)
        elif response.status_code == 301:
            _let_it_be_asked_again(response, keys)
        return response


def _let_it_be_asked_again(response: HttpResponse, keys: set[str]) -> None:
    """Keep browsers from taking a redirect for ever: what moved may move on, or come back."""
    response.headers.setdefault("Cache-Control", "public, no-cache")
    if keys:
        response["Cache-Tag"] = " ".join(sorted(keys))


def _say_what_is_reserved(response: HttpResponse) -> None:
    """Tell machines what they may do with a page, where the settings forbid something.

    Source: W3C Community Group, TDM Reservation Protocol, section on HTTP headers.
    """
    chosen = settings.DATELINE
    if not chosen.search_engines:
        response["X-Robots-Tag"] = "noindex"
    if chosen.reserve_mining:
        response["tdm-reservation"] = "1"
        if chosen.mining_policy:
            response["tdm-policy"] = chosen.mining_policy


def _take_out_the_reader(response: HttpResponse) -> None:
    """Remove what other layers answered to this one reader's cookies: the page is everyone's."""
    response.cookies.clear()
    del response["Vary"]
