"""The second factor: the library's views (django-allauth) in our shell, under our limits."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.stagekit import unstash_login
from allauth.mfa import urls as library
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail.utils.urlpatterns import decorate_urlpatterns

from dateline.people.logins import begin, succeeded
from dateline.people.models import Account
from dateline.reader.account.confirm import confirmed_lately
from dateline.reader.account.limits import refused, tried
from dateline.reader.account.shell import account_page, lead

View = Callable[..., HttpResponseBase]
_ENTERING = {"mfa_authenticate", "mfa_login_webauthn"}
_COUNTED = {*_ENTERING, "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
TITLES = {
    "mfa_index": _("Second factor"),
    "mfa_authenticate": _("Second factor"),
    "mfa_login_webauthn": _("Log in"),
    "mfa_reauthenticate": _("Is it you?"),
    "mfa_reauthenticate_webauthn": _("Is it you?"),
    "mfa_activate_totp": _("Authenticator app"),
    "mfa_deactivate_totp": _("Authenticator app"),
    "mfa_view_recovery_codes": _("Recovery codes"),
    "mfa_generate_recovery_codes": _("Recovery codes"),
    "mfa_download_recovery_codes": _("Recovery codes"),
    "mfa_list_webauthn": _("Passkeys"),
    "mfa_add_webauthn": _("Add a passkey"),
    "mfa_remove_webauthn": _("Remove a passkey"),
    "mfa_edit_webauthn": _("Name a passkey"),
}


def guarded(view: View) -> View:
    """Show a view of the library as a page of the account, to whom it is for, so many times."""

    @account_page
    @wraps(view)
    def behind(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        name = request.resolver_match.url_name if request.resolver_match else ""
        request.title = TITLES[name or ""]  # type: ignore[attr-defined]
        if name not in _COUNTED and not isinstance(request.user, Account):
            return lead("account_login", request.path)
        if name not in _COUNTED and not confirmed_lately(request):
            return lead("account_reauthenticate", request.path)
        if name in _COUNTED and request.method == "POST":
            return _counted(view, request, *args, **kwargs)
        return view(request, *args, **kwargs)

    return behind


def _counted(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    trying = tried(request, f"second factor {_whose(request)}")
    wait = begin(trying)
    if wait:
        return refused(request, wait)
    answer = view(request, *args, **kwargs)
    if answer.status_code == 302 and isinstance(request.user, Account):
        succeeded(trying)
    return answer


def _whose(request: HttpRequest) -> str:
    """Return the number of whoever is logging in; a passkey alone does not say yet."""
    if isinstance(request.user, Account):
        return str(request.user.pk)
    going = unstash_login(request, peek=True)
    return str(going.user.pk) if going and going.user else request.META.get("REMOTE_ADDR", "")


urlpatterns = [
    path("second-factor/", include(decorate_urlpatterns(list(library.urlpatterns), guarded)))
]
