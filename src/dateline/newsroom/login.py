"""Signing in and asking for a new password, each so many times in a while and no more."""

from datetime import timedelta
from math import ceil
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login as Entering
from django.conf import settings
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm
from wagtail.admin.views.account import LoginView, PasswordResetView

from dateline.common.client import client_address
from dateline.people.logins import KNOWN_FOR, Try, begin, mark_for, succeeded, too_many

MARK = "dateline_browser"
MAY_ENTER = "wagtailadmin.access_admin"


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

    def get_users(self, email: str) -> Any:
        """Return those who work here; a reader logs in by a code and sets a password then."""
        return [one for one in super().get_users(email) if one.has_perm(MAY_ENTER)]

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
        """Log in, by way of the second factor of who has one, and take the count back.

        The browser is marked as one this name is known by.
        """
        succeeded(form.tried)
        account = form.get_user()
        if not form.cleaned_data.get("remember"):
            self.request.session.set_expiry(0)
        name = account.get_username()
        record_authentication(self.request, account, method="password", username=name)
        going = Entering(user=account, redirect_url=self.get_success_url())
        response: HttpResponse = perform_login(self.request, going)
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


def _with_wait(response: HttpResponse, wait: timedelta) -> HttpResponse:
    if wait:
        response.status_code = 429
        response["Retry-After"] = str(ceil(wait.total_seconds()))
    return response
