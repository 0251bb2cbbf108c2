"""What every request to the newsroom's screens runs in."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.views.defaults import page_not_found

from dateline.common.errors import DatelineError
from dateline.newsroom.answers import for_script, is_from_script, refused
from dateline.newsroom.policy import allow_own_scripts
from dateline.newsroom.rights import holds
from dateline.newsroom.second_factor import asked_first
from dateline.people.acting import acting_as

View = Callable[..., HttpResponseBase]
_SAFE = {"GET", "HEAD", "OPTIONS"}
# Wagtail's tree of pages, its documents and its trials of errors: nothing of ours stands there.
# No edition goes: its stories' addresses are for ever. A story is begun at the Desk alone.
_CLOSED = re.compile(
    r"pages/|choose-page/.|documents/|api/main/\^(?:pages|documents)/|failwhale/|test404/"
    r"|reports/(?:aging-pages|page-types-usage)/|workflows/remove/|images/<int:image_id>/generate_"
    r"|edition/delete/|snippets/choose/stories/story/create/"
)
# Wagtail offers all stories, drafts too, to everybody who may enter.
_OF_STORIES = "snippets/choose/stories/"


def door(view: View) -> View:
    """Run a view's changes in one transaction, in the name of whoever is logged in.

    Wagtail publishes outside of a transaction: without this a receiver that raises would give an
    error page while the story is live. The answer is rendered inside, so that a template that
    fails undoes the change too. What an action refuses is shown in its own words.
    """

    @wraps(view)
    def through_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if _is_closed(request) and request.user.has_perm("wagtailadmin.access_admin"):
                raise Http404
            response = asked_first(request) or _changed(view, request, *args, **kwargs)
        except Http404 as missing:
            return page_not_found(request, missing, template_name="wagtailadmin/404.html")
        except PermissionDenied:
            if not is_from_script(request):
                raise
            response = None
        return for_script(request, response)

    return through_door


def _changed(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method in _SAFE or _changes_no_copy(request):
        return _rendered(view(request, *args, **kwargs))
    account = request.user if request.user.is_authenticated else None
    try:
        with transaction.atomic(), acting_as(account):
            return _rendered(view(request, *args, **kwargs))
    except DatelineError as error:
        return refused(request, error)


def _is_closed(request: HttpRequest) -> bool:
    route = request.resolver_match.route if request.resolver_match else ""
    route = route.removeprefix(f"{settings.DATELINE.staff_path}/")
    if _CLOSED.match(route):
        return True
    may_choose = holds(request, "stories.view_story", "stories.change_story")
    return route.startswith(_OF_STORIES) and not may_choose


def _changes_no_copy(request: HttpRequest) -> bool:
    """Say whether a request is about logging in: hashing a password must not hold up a writer."""
    match = request.resolver_match
    name = (match.url_name if match else "") or ""
    return name in {"wagtailadmin_login", "wagtailadmin_logout"} or "password_reset" in name


def _rendered(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.render()
    if isinstance(response, HttpResponse):
        allow_own_scripts(response)
    return response
