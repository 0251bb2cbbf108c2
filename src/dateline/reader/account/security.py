"""How a reader logs in: password, mail address, the browsers that are logged in."""

import re
from hashlib import blake2b

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from dateline.common import clock
from dateline.people.logins import begin, succeeded
from dateline.people.models import Session
from dateline.people.sessions import end_sessions
from dateline.reader.account import codes
from dateline.reader.account.confirm import confirmed
from dateline.reader.account.contexts import (
    HouseContext,
    MailContext,
    OwnPageContext,
    SessionContext,
    SessionsContext,
)
from dateline.reader.account.entrance import send_code, wrong_code
from dateline.reader.account.forms import CodeForm, MailForm, PasswordForm
from dateline.reader.account.limits import refused, tried
from dateline.reader.account.mail import Letter, can_send, send_letter
from dateline.reader.account.own import own_page
from dateline.reader.account.shell import lead, page_for, show
from dateline.readers.actions import change_mail, leave_house, set_password
from dateline.readers.errors import MailTaken
from dateline.readers.models import Reader
from dateline.readers.queries import houses_of, mail_of

CHANGE = "change"


@sensitive_post_parameters("password")
@confirmed
def password(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Set a password or another one; every other browser is logged out."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["password"]
        try:
            validate_password(chosen, reader.account)
        except ValidationError as weak:
            form.add_error("password", weak)
        else:
            set_password(by=reader.account, reader=reader, password=chosen)
            update_session_auth_hash(request, reader.account)
            end_sessions(reader.account, but=request.session.session_key)
            _tell(request, mail_of(reader.account), _("The password of your account was changed."))
            return lead("account")
    context = OwnPageContext(
        page=page_for(request, _("Password")),
        form=form,
        lead=_("You will be logged out in all other browsers."),
        action=_("Set the password"),
        back_url=lead("account")["Location"],
    )
    return show(request, context)


@confirmed
def mail(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Change the mail address: a code goes to the new one, word of it to the old one."""
    sent = codes.waiting(request, CHANGE)
    if request.method == "POST" and "code" in request.POST and sent:
        return _mail_proved(request, reader, sent)
    form = MailForm(request.POST if "mail" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        return _mail_asked(request, reader, form)
    return _mail_page(request, reader, form)


def _mail_asked(request: HttpRequest, reader: Reader, form: MailForm) -> HttpResponse:
    wanted = form.cleaned_data["mail"]
    wait = begin(tried(request, f"code to {wanted}"))
    if wait:
        return refused(request, wait)
    send_code(request, wanted, CHANGE)
    return _mail_page(request, reader, CodeForm(), sent_to=wanted)


def _mail_proved(request: HttpRequest, reader: Reader, sent: codes.SentCode) -> HttpResponse:
    form = CodeForm(request.POST)
    trying = tried(request, f"code of {sent.mail}")
    wait = begin(trying)
    if wait:
        return refused(request, wait)
    if not form.is_valid() or not codes.answer(request, sent, form.cleaned_data["code"]):
        form.add_error("code", wrong_code(request, CHANGE))
        return _mail_page(request, reader, form, sent_to=sent.mail)
    succeeded(trying)
    before = mail_of(reader.account)
    try:
        change_mail(by=reader.account, reader=reader, mail=sent.mail)
    except MailTaken as error:
        retry = MailForm()
        retry.full_clean()
        return _mail_page(request, reader, retry, said=str(error))
    _tell(request, before, _("The mail address of your account was changed."))
    return lead("account")


def _mail_page(
    request: HttpRequest,
    reader: Reader,
    form: MailForm | CodeForm,
    *,
    sent_to: str = "",
    said: str = "",
) -> HttpResponse:
    context = MailContext(
        page=page_for(request, _("Mail address")),
        form=form,
        mail=mail_of(reader.account),
        sent_to=sent_to,
        said=said,
    )
    return show(request, context)


@own_page
def sessions(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the browsers that are logged in and the houses that vouch, and end one or all others."""
    here = request.session.session_key
    rows = reader.account.sessions.filter(expire_date__gt=clock.now()).order_by("-began_at")
    if request.method == "POST":
        if "others" in request.POST:
            end_sessions(reader.account, but=here)
        if "house" in request.POST:
            leave_house(by=reader.account, reader=reader, house=request.POST["house"])
        for row in rows:
            if key_of(row) == request.POST.get("key") and row.pk != here:
                row.delete()
        return lead("account_sessions")
    shown = [_shown(row, here) for row in rows]
    shown.sort(key=lambda one: not one.is_this)
    page = page_for(request, _("Where you are logged in"))
    context = SessionsContext(page=page, sessions=tuple(shown), houses=_houses(reader))
    return show(request, context)


def _houses(reader: Reader) -> tuple[HouseContext, ...]:
    """Return the houses that may log a reader in; one that the settings forgot has its id."""
    names = {house.id: house.name for house in settings.DATELINE.log_in_with}
    return tuple(HouseContext(name=names.get(one, one), id=one) for one in houses_of(reader))


def _shown(row: Session, here: str | None) -> SessionContext:
    return SessionContext(
        key=key_of(row),
        browser=browser_of(row.agent),
        address=row.address,
        began_at=row.began_at,
        is_this=row.pk == here,
    )


def key_of(row: Session) -> str:
    """Return what names a session in a form; the session's own key never leaves its cookie."""
    return blake2b(row.session_key.encode(), digest_size=12).hexdigest()


_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"))
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "CrOS", "Linux")


def browser_of(agent: str) -> str:
    """Return what somebody calls a browser that names itself so."""
    names = (said for mark, said in (*_BROWSERS, ("Safari", "Safari")) if f"{mark}/" in agent)
    browser = next(names, "")
    system = next((name for name in _SYSTEMS if re.search(rf"\b{name}\b", agent)), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("An unknown browser")


def _tell(request: HttpRequest, to: str, said: str) -> None:
    """Tell somebody of a change by mail."""
    if not to or not can_send():
        return
    warning = _("If it was not you, log in, end the other sessions and choose a new password.")
    edition = request.furniture.context  # type: ignore[attr-defined]
    send_letter(Letter(subject=said, lines=(said,), after=(warning,)), to, edition)
