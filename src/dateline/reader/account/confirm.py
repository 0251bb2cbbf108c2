"""Before something grave: is it still the reader who sits there?

Whoever has a second factor shows it; others type their password or a code from their mail. It holds
for ten minutes.
"""

import time
from datetime import timedelta
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from dateline.people.logins import begin, succeeded
from dateline.people.models import Account
from dateline.reader.account import codes
from dateline.reader.account.contexts import ConfirmContext
from dateline.reader.account.entrance import send_code, wrong_code
from dateline.reader.account.forms import ConfirmForm
from dateline.reader.account.limits import refused, tried
from dateline.reader.account.mail import can_send
from dateline.reader.account.own import OwnView, logged_in, own_page
from dateline.reader.account.shell import back_to, lead, page_for, show
from dateline.readers.models import Reader
from dateline.readers.queries import mail_of

CONFIRM = "confirm"
FRESH = timedelta(minutes=10)


def confirmed_lately(request: HttpRequest) -> bool:
    """Say whether who is logged in showed within ten minutes that it is them."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < FRESH.total_seconds()


def confirmed(view: OwnView) -> OwnView:
    """Give a view the reader who is logged in, once they have shown that it is them."""

    @own_page
    @wraps(view)
    def by_reader(
        request: HttpRequest, reader: Reader, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not confirmed_lately(request):
            return lead("account_reauthenticate", request.path)
        return view(request, reader, *args, **kwargs)

    return by_reader


@sensitive_post_parameters("password")
@logged_in
def confirm(request: HttpRequest, account: Account) -> HttpResponse:
    """Take a password or a code from the mail; lead to the second factor who has one."""
    back = back_to(request)
    if is_mfa_enabled(account):
        return lead("mfa_reauthenticate", back)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, account, form, back)
    return _page(request, account, form)


def _answer(request: HttpRequest, account: Account, form: ConfirmForm, back: str) -> HttpResponse:
    trying = tried(request, f"confirm {account.pk}")
    wait = begin(trying)
    if wait:
        return refused(request, wait)
    how = request.POST.get("how", "")
    if how == "send":
        return _send(request, account, form)
    if _is_right(request, account, form, how):
        succeeded(trying)
        return _go_on(request, account, how, back)
    return _page(request, account, form)


def _is_right(request: HttpRequest, account: Account, form: ConfirmForm, how: str) -> bool:
    """Say whether the password or code is right; if not, the form says so."""
    if how == "password":
        is_right = account.check_password(form.cleaned_data["password"])
        said = _("The password is wrong.")
    else:
        sent = codes.waiting(request, CONFIRM)
        is_right = bool(sent and codes.answer(request, sent, form.cleaned_data["code"]))
        said = wrong_code(request, CONFIRM)
    if not is_right:
        form.add_error("password" if how == "password" else "code", said)
    return is_right


def _send(request: HttpRequest, account: Account, form: ConfirmForm) -> HttpResponse:
    send_code(request, mail_of(account), CONFIRM)
    return _page(request, account, form)


def _go_on(request: HttpRequest, account: Account, method: str, back: str) -> HttpResponse:
    record_authentication(request, account, method=method, reauthenticated=True)
    resumed = resume_request(request)
    if isinstance(resumed, HttpResponse):
        return resumed
    return HttpResponseRedirect(back) if back else lead("account")


def _page(request: HttpRequest, account: Account, form: ConfirmForm) -> HttpResponse:
    mail = mail_of(account)
    context = ConfirmContext(
        page=page_for(request, _("Is it you?")),
        form=form,
        mail=mail if can_send() else "",
        has_password=account.has_usable_password(),
        is_sent=codes.waiting(request, CONFIRM) is not None,
    )
    return show(request, context)
