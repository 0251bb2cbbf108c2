"""What every unsafe request to the newsroom's screens runs in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse

from dateline.people.acting import acting_as

View = Callable[..., HttpResponse]
_SAFE = {"GET", "HEAD", "OPTIONS"}


def in_one_transaction(view: View) -> View:
    """Run a view's changes in one transaction, in the name of whoever is logged in.

    Wagtail publishes outside of a transaction: without this a receiver that raises would give an
    error page while the story is live.
    """

    @wraps(view)
    def one_transaction(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in _SAFE:
            return view(request, *args, **kwargs)
        account = request.user if request.user.is_authenticated else None
        with transaction.atomic(), acting_as(account):
            response = view(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response.render()
            return response

    return one_transaction
