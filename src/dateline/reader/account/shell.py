"""What every page of a reader's account stands in: an edition's furniture, kept by no cache.

These addresses belong to the house, not to one edition. The edition is the one the reader came
from: its code in the address, else the page they will go back to, else the one they were in last.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from dateline.common import clock
from dateline.journal.queries import head
from dateline.people.models import Account
from dateline.reader import views
from dateline.reader.contexts import CrumbContext, PageContext, template_values
from dateline.reader.present.furniture import Furniture, every_furniture, home_crumb, page_of
from dateline.reader.unkept import for_one_reader
from dateline.readers.queries import reader_of

View = Callable[..., HttpResponseBase]
PLACE = "/account/"
_EDITION = "dateline_edition"
_HOUSE = ("/chats/", "/m/", "/subscribe/", "/letters/", PLACE)
"""Addresses that belong to no edition."""
_NONE = "-"
"""No code of an edition."""


def account_page(view: View) -> View:
    """Answer a view's page in the edition the reader came from; no cache may keep it."""

    @wraps(view)
    def in_edition(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        furniture = edition_of(request)
        if furniture is None:
            return views.not_found(request)
        request.furniture = furniture  # type: ignore[attr-defined]
        with views.speaking(furniture):
            response = view(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                _furnish(request, response)
                response.render()
        _remember(request, response, furniture)
        return for_one_reader(response)

    return in_edition


def show(request: HttpRequest, context: Any, status: int = 200) -> HttpResponse:
    """Answer with a page's context, rendered by its own template."""
    return TemplateResponse(request, context.template, template_values(context), status=status)


def page_for(request: HttpRequest, title: str) -> PageContext:
    """Return the furniture of a page of the account."""
    furniture: Furniture = request.furniture  # type: ignore[attr-defined]
    page = page_of(furniture, path=request.path, title=title, journal=head(), now=clock.now())
    crumbs = (home_crumb(furniture), CrumbContext(label=title))
    return replace(page, canonical_url="", crumbs=crumbs, is_indexed=False, newsfeed=None)


def back_to(request: HttpRequest) -> str:
    """Return where the reader goes back to, a path of this site with its anchor; empty for nowhere.

    Without one in the address it is the page that led here, so that a plain link will do.
    """
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if asked:
        return asked if is_own_path(asked) else ""
    led = urlsplit(request.headers.get("Referer", ""))
    if led.netloc != request.get_host() or _is_door(led.path) or not is_own_path(led.path):
        return ""
    return f"{led.path}?{led.query}" if led.query else led.path


def is_own_path(url: str) -> bool:
    """Say whether an address is a path of this site, however a browser reads it."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)


def lead(name: str, back: str = "", **asked: str) -> HttpResponse:
    """Lead to another page of the account, which will lead back to where the reader came from."""
    asked |= {"next": back} if back else {}
    return HttpResponseRedirect(reverse(name) + (f"?{urlencode(asked)}" if asked else ""))


def edition_of(request: HttpRequest) -> Furniture | None:
    """Return the furniture of the edition a reader came from; None where there is no edition."""
    everything = every_furniture()
    code = request.GET.get("edition", "")
    if code and code in everything:  # An empty one would name the default.
        return everything[code]
    back = back_to(request)
    if back and not back.startswith(_HOUSE):
        return everything.get(back.split("/")[1]) or everything.get("")
    last = everything.get(request.COOKIES.get(_EDITION, _NONE))
    return last or _chosen(request, everything) or everything.get("")


def _chosen(request: HttpRequest, everything: dict[str, Furniture]) -> Furniture | None:
    """Return the edition in the language that a reader who is logged in chose."""
    reader = reader_of(request.user) if isinstance(request.user, Account) else None
    code = edition_in(reader.language) if reader else ""
    return everything.get(code) if code else None


def edition_in(language: str) -> str:
    """Return the code of the edition in a language, the default one first; empty without one."""
    there = [one for one in every_furniture().values() if one.context.language == language]
    there.sort(key=lambda one: not one.edition.is_default)
    return there[0].context.code if there else ""


def _is_door(path: str) -> bool:
    return path.startswith((PLACE, f"/{settings.DATELINE.staff_path}/"))


def _furnish(request: HttpRequest, response: SimpleTemplateResponse) -> None:
    """Give a page that a library made the furniture it does not know of."""
    data = response.context_data = response.context_data or {}
    if "page" not in data:
        data["page"] = page_for(request, str(getattr(request, "title", "")))


def _remember(request: HttpRequest, response: HttpResponseBase, furniture: Furniture) -> None:
    code = furniture.context.code
    if request.COOKIES.get(_EDITION) != code:
        response.set_cookie(
            _EDITION,
            code,
            path=PLACE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
