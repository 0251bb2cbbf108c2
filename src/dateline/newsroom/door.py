"""What every request to the newsroom's screens runs in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse

from dateline.newsroom.policy import allow_own_scripts
from dateline.people.acting import acting_as

View = Callable[..., HttpResponseBase]
_SAFE = {"GET", "HEAD", "OPTIONS"}


def door(view: View) -> View:
    """Run a view's changes in one transaction, in the name of whoever is logged in.

    Wagtail publishes outside of a transaction: without this a receiver that raises would give an
    error page while the story is live. The answer is rendered inside, so that a template that
    fails undoes the change too.
    """

    @wraps(view)
    def through_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in _SAFE:
            return _rendered(view(request, *args, **kwargs))
        account = request.user if request.user.is_authenticated else None
        with transaction.atomic(), acting_as(account):
            return _rendered(view(request, *args, **kwargs))

    return through_door


def _rendered(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.render()
    if isinstance(response, HttpResponse):
        allow_own_scripts(response)
    return response
