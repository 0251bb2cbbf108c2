"""The way in: a mail address, a code or a password, and for somebody new a name.

Whoever types a mail address is sent a code and led to the page where it is typed, whether there is
an account or not: nothing tells which. Only a right code does, and it shows that the address is
theirs. An account is made when somebody new has chosen a name: until then nothing is stored.
"""

from datetime import datetime, timedelta
from typing import cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout as end_session
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dateline.common import clock
from dateline.people.logins import begin, succeeded
from dateline.people.models import Account
from dateline.reader.account import codes
from dateline.reader.account.contexts import (
    CodeContext,
    HouseContext,
    LoginContext,
    NameContext,
    OwnPageContext,
)
from dateline.reader.account.forms import CodeForm, JoinForm, LoginForm
from dateline.reader.account.hint import without_hint
from dateline.reader.account.limits import refused, tried
from dateline.reader.account.mail import Letter, can_send, send_letter
from dateline.reader.account.shell import account_page, back_to, lead, page_for, show
from dateline.reader.account.vouched import kept_word, settle_word
from dateline.readers.actions import Joining, register_reader
from dateline.readers.errors import NameRefused
from dateline.readers.queries import account_with_mail, reader_of

ENTER = "enter"
_JOINING = "dateline_joining"
_JOINING_FOR = timedelta(hours=1)
_pages = require_http_methods(["GET", "HEAD", "POST"])


@_pages
@sensitive_post_parameters("password")
@account_page
def login(request: HttpRequest) -> HttpResponse:
    """Ask for a mail address; send a code to it, or look at the password that came with it."""
    back = back_to(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(back) if back else lead("account")
    form = LoginForm(request.POST or None, initial=_typed_elsewhere(request))
    if request.method == "POST" and form.is_valid():
        if request.POST.get("how") == "password":
            return _by_password(request, form, back)
        return _by_code(request, form, back)
    return _login_page(request, form)


def _typed_elsewhere(request: HttpRequest) -> dict[str, str]:
    """Return the mail address that another house named, for the form."""
    word = kept_word(request)
    return {"mail": word.mail} if word else {}


def _login_page(request: HttpRequest, form: LoginForm, status: int = 200) -> HttpResponse:
    context = LoginContext(
        page=page_for(request, _("Log in or register")),
        form=form,
        is_closed=not can_send(),
        next=back_to(request),
        houses=_houses(),
    )
    return show(request, context, status)


def _houses() -> tuple[HouseContext, ...]:
    """Return the houses that vouch for readers, in the order of the settings."""
    return tuple(
        HouseContext(
            name=house.name,
            id=house.id,
            url=reverse("openid_connect_login", kwargs={"provider_id": house.id}),
        )
        for house in settings.DATELINE.log_in_with
    )


def _by_code(request: HttpRequest, form: LoginForm, back: str) -> HttpResponse:
    mail = form.cleaned_data["mail"]
    wait = begin(tried(request, f"code to {mail}"))
    if wait:
        return refused(request, wait)
    if not can_send():
        return _login_page(request, form)
    send_code(request, mail, ENTER)
    return lead("account_code", back)


def send_code(request: HttpRequest, mail: str, purpose: str) -> None:
    """Send a code to an address."""
    code = codes.send_for(request, codes.SentCode(mail, purpose))
    edition = request.furniture.context  # type: ignore[attr-defined]
    minutes = int(codes.GOOD_FOR.total_seconds() // 60)
    good = ngettext("It is good for %(n)d minute.", "It is good for %(n)d minutes.", minutes)
    letter = Letter(
        subject=_("Your code for %(name)s: %(code)s") % {"name": edition.name, "code": code},
        lines=(_("This is your code. Type it on the page from which you asked for it."),),
        code=f"{code[:4]} {code[4:]}",
        after=(
            good % {"n": minutes},
            _("If you did not ask for it, somebody mistyped an address: do nothing."),
        ),
    )
    send_letter(letter, mail, edition)


def _by_password(request: HttpRequest, form: LoginForm, back: str) -> HttpResponse:
    mail, password = form.cleaned_data["mail"], form.cleaned_data["password"]
    trying = tried(request, f"reader {mail}")
    wait = begin(trying)
    if wait:
        return refused(request, wait)
    account = account_with_mail(mail)
    if account is None:
        Account().set_password(password)  # As long as comparing takes.
    if account is None or not account.check_password(password):
        form.add_error("password", _("The mail address or the password is wrong."))
        return _login_page(request, form)
    succeeded(trying)
    return enter(request, account, back, method="password", mail=mail)


def enter(
    request: HttpRequest, account: Account, back: str, *, method: str, mail: str
) -> HttpResponse:
    """Log an account in, by way of its second factor if it has one."""
    record_authentication(request, account, method=method, email=mail)
    going = Login(user=account, email=mail, redirect_url=back or None)
    return cast("HttpResponse", perform_login(request, going))


@_pages
@account_page
def code(request: HttpRequest) -> HttpResponse:
    """Take the code from the mail; whoever is new here goes on to choose a name."""
    sent, back = codes.waiting(request, ENTER), back_to(request)
    if sent is None or request.user.is_authenticated:
        return lead("account_login", back)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        trying = tried(request, f"code of {sent.mail}")
        wait = begin(trying)
        if wait:
            return refused(request, wait)
        if codes.answer(request, sent, form.cleaned_data["code"]):
            succeeded(trying)
            return _proved(request, sent.mail, back)
        form.add_error("code", wrong_code(request, ENTER))
    page = page_for(request, _("Type the code"))
    again = lead("account_login", back)["Location"]
    return show(request, CodeContext(page=page, form=form, mail=sent.mail, again_url=again))


def wrong_code(request: HttpRequest, purpose: str) -> str:
    """Say that a code is wrong, and whether another try is left."""
    if codes.waiting(request, purpose):
        return _("This is not the code. Look at the newest mail from us.")
    return _("This was not the code, and there are no tries left. Ask for a new one.")


def _proved(request: HttpRequest, mail: str, back: str) -> HttpResponse:
    account = account_with_mail(mail)
    if account is not None:
        settle_word(request, account, mail)
        return enter(request, account, back, method="code", mail=mail)
    return join(request, mail, back)


def join(request: HttpRequest, mail: str, back: str) -> HttpResponse:
    """Have somebody new, whose mail address is proved, choose a name."""
    request.session[_JOINING] = {"mail": mail, "at": clock.now().isoformat()}
    return lead("account_name", back)


@_pages
@sensitive_post_parameters("password")
@account_page
def name(request: HttpRequest) -> HttpResponse:
    """Take the name of somebody new, and make the account."""
    back = back_to(request)
    account = request.user if isinstance(request.user, Account) else None
    mail = "" if account else _joining_mail(request)
    if reader_of(account) or not (account or mail):
        return lead("account" if account else "account_login", back)
    form = JoinForm(request.POST or None, sentence=consent_sentence(request))
    if request.method == "POST" and form.is_valid() and _is_good_password(form):
        joining = Joining(
            mail=mail,
            name=form.cleaned_data["name"],
            language=request.furniture.context.language,  # type: ignore[attr-defined]
            consents=(consent_sentence(request),),
            password=form.cleaned_data["password"],
        )
        try:
            reader = register_reader(by=account, joining=joining)
        except NameRefused as error:
            form.add_error("name", str(error))
        else:
            return _joined(request, reader.account, back, mail)
    return _name_page(request, form, mail)


def _is_good_password(form: JoinForm) -> bool:
    password = form.cleaned_data["password"]
    try:
        if password:
            validate_password(password)
    except ValidationError as weak:
        form.add_error("password", weak)
    return not form.errors


def _joined(request: HttpRequest, account: Account, back: str, mail: str) -> HttpResponse:
    request.session.pop(_JOINING, None)
    settle_word(request, account, mail)
    if request.user.is_authenticated:
        return HttpResponseRedirect(back) if back else lead("account")
    return enter(request, account, back, method="code", mail=mail)


def _joining_mail(request: HttpRequest) -> str:
    kept = request.session.get(_JOINING)
    if not kept or datetime.fromisoformat(kept["at"]) + _JOINING_FOR <= clock.now():
        return ""
    return str(kept["mail"])


def _name_page(request: HttpRequest, form: JoinForm, mail: str) -> HttpResponse:
    chosen = settings.DATELINE
    context = NameContext(
        page=page_for(request, _("Choose a name")),
        form=form,
        mail=mail,
        terms_url=chosen.terms_url,
        privacy_url=chosen.privacy_url,
    )
    return show(request, context)


def consent_sentence(request: HttpRequest) -> str:
    """Return what somebody who registers agrees to: kept in these words."""
    edition = request.furniture.context.name  # type: ignore[attr-defined]
    return _(
        "I agree that %(name)s keeps my mail address, my name and what I write until I delete my "
        "account, and I keep to the rules of the house."
    ) % {"name": edition}


@_pages
@account_page
def logout(request: HttpRequest) -> HttpResponse:
    """End the session; by GET, ask first."""
    if request.method == "POST":
        end_session(request)
        return without_hint(HttpResponseRedirect(back_to(request) or "/"))
    if not request.user.is_authenticated:
        return lead("account_login")
    context = OwnPageContext(
        page=page_for(request, _("Log out")),
        lead=_("You will be logged out in this browser."),
        action=_("Log out"),
        back_url=back_to(request),
    )
    return show(request, context)


@account_page
def inactive(request: HttpRequest) -> HttpResponse:
    """Say that an account was closed by the newsroom."""
    context = OwnPageContext(
        page=page_for(request, _("This account is closed")),
        lead=_(
            "The newsroom closed this account. Write to the newsroom if you think it was a mistake."
        ),
    )
    return show(request, context, 403)
