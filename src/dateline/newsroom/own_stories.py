"""Others' stories are closed to whoever works on their own alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from dateline.stories.ownership import is_own, works_on_own_alone

View = Callable[..., HttpResponseBase]


def of_own(view: View) -> View:
    """Let nobody into a screen of a story who works on their own alone and did not write this one.

    Wagtail asks for the right to change stories, not for whose story it is.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if "pk" in kwargs and works_on_own_alone(user) and not is_own(user, kwargs["pk"]):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
