"""Who works here shows a second factor, not only a password."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from dateline.people.models import Account

_ALWAYS = {"wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_javascript_catalog"}


def asked_first(request: HttpRequest) -> HttpResponse | None:
    """Lead to the second factor whoever came in without one; None for who may go on."""
    account = request.user
    if not isinstance(account, Account) or not is_needed(account):
        return None
    match = request.resolver_match
    if (match and match.url_name in _ALWAYS) or _was_shown(request):
        return None
    has_one = is_mfa_enabled(account)
    where = reverse("mfa_reauthenticate" if has_one else "mfa_index")
    asked = urlencode({"next": request.get_full_path() if request.method == "GET" else "/"})
    return HttpResponseRedirect(f"{where}?{asked}")


def is_needed(account: Account) -> bool:
    """Say whether an account may enter the newsroom with a second factor only."""
    if not settings.DATELINE.staff_second_factor or account.may_enter_by_password:
        return False
    return bool(account.has_perm("wagtailadmin.access_admin"))


def _was_shown(request: HttpRequest) -> bool:
    return any(one["method"] == "mfa" for one in get_authentication_records(request, request.user))
