"""`/lite/…`: each page once more, without pictures and scripts.

It is made of the page itself, so it never says anything else, is dropped when that is, and is there
for every sort of page. The choice is in the address: the page is the same for everyone, and a
reader who made it stays with it from link to link until "Full version" leads back.
"""

from collections.abc import Callable
from functools import cache, wraps
from http import HTTPStatus
from typing import Any

from csp.constants import HEADER, NONE, SELF
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext

from dateline.reader import views
from dateline.reader.lighter import Instead, lightened
from dateline.reader.links import LITE

POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "img-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}


def version_of(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Return the view of the lite version of what a view answers with."""

    @wraps(view)
    def lite(request: HttpRequest, **named: Any) -> HttpResponse:
        request.path = request.path_info = f"/{request.path.removeprefix(LITE).lstrip('/')}"
        answer = view(request, **named)
        where = answer.headers.get("Location", "")
        if where.startswith("/"):
            answer["Location"] = f"{LITE}{where}"
        elif answer.headers.get("Content-Type", "").startswith("text/html"):
            _lighten(answer, request)
        elif answer.status_code == HTTPStatus.OK:
            return HttpResponsePermanentRedirect(_full(request))
        return answer

    return lite


def _full(request: HttpRequest) -> str:
    """Return the address of the full version, whose path the request has by now."""
    return iri_to_uri(request.get_full_path())


def _lighten(answer: HttpResponse, request: HttpRequest) -> None:
    furniture, _ = views.edition_and_rest(request.path.removeprefix("/"))
    with views.speaking(furniture):
        instead = Instead(
            head=render_to_string("reader/_lite_head.html"),
            top=render_to_string("reader/_lite_top.html", {"full_url": _full(request)}),
            picture=gettext("Picture: %(what)s"),
        )
    answer.content = lightened(answer.content.decode(), instead)
    answer["X-Robots-Tag"] = "noindex"
    answer[HEADER] = _policy()
    del answer["Speculation-Rules"]


@cache
def _policy() -> str:
    return build_policy(POLICY)
