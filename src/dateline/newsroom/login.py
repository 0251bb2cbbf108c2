"""Signing in and asking for a new password, each so many times in a while and no more."""

from datetime import timedelta
from math import ceil
from typing import Any

from django.conf import settings
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm
from wagtail.admin.views.account import LoginView, PasswordResetView

from dateline.common.client import client_address
from dateline.people.logins import KNOWN_FOR, Try, begin, mark_for, succeeded

MARK = "dateline_browser"


class CountedLogin(LoginForm):
    """Looks at a password only if the name and the address have tries left."""

    tried: Try
    wait = timedelta(0)

    def clean(self) -> Any:
        """Count the try, then compare the password.

        Raises:
            ValidationError: too many tries, or a wrong name or password; the same for any name.
        """
        name = self.cleaned_data.get("username")
        if name and self.cleaned_data.get("password"):
            self.tried = tried_by(self.request, name)
            self.wait = begin(self.tried)
            _refuse(self.wait)
        return super().clean()


class CountedReset(PasswordResetForm):
    """Sends a new password only so often to one mail address, and from one address."""

    request: HttpRequest
    wait = timedelta(0)

    def clean(self) -> Any:
        """Count the request.

        Raises:
            ValidationError: too many of them, for any mail address alike.
        """
        mail = self.cleaned_data.get("email")
        if mail:
            # The address's own count is that of logins; a space can be in no name.
            self.wait = begin(Try(f"mail {mail}", client_address(self.request)))
            _refuse(self.wait)
        return super().clean()


class Login(LoginView):
    """Wagtail's login page with counted tries."""

    def get_form_class(self) -> type[CountedLogin]:
        """Return the form that counts."""
        return CountedLogin

    def form_valid(self, form: CountedLogin) -> HttpResponse:
        """Log in, take the count back and mark the browser as one this name is known by."""
        succeeded(form.tried)
        response: HttpResponse = super().form_valid(form)
        response.set_cookie(
            MARK,
            mark_for(form.tried.name),
            max_age=KNOWN_FOR,
            path=f"/{settings.DATELINE.staff_path}/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )
        return response

    def form_invalid(self, form: CountedLogin) -> HttpResponse:
        """Show the form again; with 429 and the time to wait after too many tries."""
        return _with_wait(super().form_invalid(form), form.wait)


class Reset(PasswordResetView):
    """Wagtail's page to ask for a new password, with counted requests."""

    def get_form(self, form_class: Any = None) -> CountedReset:
        """Return the form that counts, with the request it comes by."""
        form = CountedReset(**self.get_form_kwargs())
        form.request = self.request
        return form

    def form_invalid(self, form: CountedReset) -> HttpResponse:
        """Show the form again; with 429 and the time to wait after too many requests."""
        return _with_wait(super().form_invalid(form), form.wait)


def tried_by(request: HttpRequest, name: str) -> Try:
    """Return a try of a name as it comes in a request."""
    return Try(name, client_address(request), request.COOKIES.get(MARK, ""))


def _refuse(wait: timedelta) -> None:
    if wait:
        raise ValidationError(too_many(wait), code="wait")


def too_many(wait: timedelta) -> str:
    """Say that there were too many tries and how long to wait, in words."""
    seconds = ceil(wait.total_seconds())
    if seconds < 90:
        time = ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    else:
        minutes = ceil(seconds / 60)
        time = ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    return _("There were too many tries. Wait %(time)s, then try again.") % {"time": time}


def _with_wait(response: HttpResponse, wait: timedelta) -> HttpResponse:
    if wait:
        response.status_code = 429
        response["Retry-After"] = str(ceil(wait.total_seconds()))
    return response
