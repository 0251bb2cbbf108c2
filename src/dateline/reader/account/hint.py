"""A cookie that tells scripts that somebody is logged in, so that nobody else's browser asks.

It says nothing of whom; the session's own cookie is out of the reach of scripts.
"""

from typing import TypeVar

from django.conf import settings
from django.http.response import HttpResponseBase

HINT = "dateline_hint"
R = TypeVar("R", bound=HttpResponseBase)


def with_hint(response: R) -> R:
    """Have the browser ask who is logged in, on every page from now on."""
    response.set_cookie(
        HINT,
        "1",
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def without_hint(response: R) -> R:
    """Have the browser ask no more."""
    response.delete_cookie(HINT, samesite="Lax")
    return response
