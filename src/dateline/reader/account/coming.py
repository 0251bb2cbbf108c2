"""Whoever comes from another house: logged in, led on to choose a name, or told why not.

An account is found by what the house calls its subject, or by a mail address that the house says is
theirs. An address that it only names is shown to be theirs by a code, as everybody's. Staff come in
by the newsroom's own ways.
"""

from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dateline.people.models import Account
from dateline.reader.account.contexts import HouseTroubleContext
from dateline.reader.account.entrance import enter, join
from dateline.reader.account.mail import Letter, can_send, send_letter
from dateline.reader.account.shell import lead, page_for, show
from dateline.reader.account.vouched import Word, keep_word, settle_word
from dateline.readers.queries import account_with_mail, mail_of


def come_in(request: HttpRequest, login: SocialLogin) -> HttpResponse:
    """Lead on whom a house vouches for."""
    house, back = login.provider.app.name, login.state.get("next") or ""
    mail, is_proved = _mail(login)
    word = Word(login.account.provider, login.account.uid, mail)
    known = login.user if isinstance(login.user, Account) and login.user.pk else None
    account = known or (account_with_mail(mail) if is_proved else None)
    if account is not None and account.is_staff:
        return trouble(request, "staff", house, back)
    if account is None:
        return _somebody_new(request, word, house, back, is_proved=is_proved)
    if known is None:
        keep_word(request, word)
        settle_word(request, account, mail)
        _tell(request, account, house)
    return enter(request, account, back, method="socialaccount", mail=mail_of(account))


def _mail(login: SocialLogin) -> tuple[str, bool]:
    """Return the address a house names, and whether it says that it is theirs."""
    addresses = sorted(login.email_addresses, key=lambda one: not one.verified)
    return (addresses[0].email.lower(), addresses[0].verified) if addresses else ("", False)


def _somebody_new(
    request: HttpRequest, word: Word, house: str, back: str, *, is_proved: bool
) -> HttpResponse:
    if not word.mail:
        return trouble(request, "nameless", house, back)
    keep_word(request, word)
    if is_proved:
        return join(request, word.mail, back)
    return trouble(request, "unproved", house, back)


def _tell(request: HttpRequest, account: Account, house: str) -> None:
    """Tell the owner of an account by mail that there is one more way into it."""
    mail = mail_of(account)
    if mail and can_send():
        said = _("From now on %(house)s can log you in to your account.") % {"house": house}
        warning = _("If it was not you, log in, end the other sessions and choose a new password.")
        edition = request.furniture.context  # type: ignore[attr-defined]
        send_letter(Letter(subject=said, lines=(said,), after=(warning,)), mail, edition)


def trouble(request: HttpRequest, kind: str, house: str, back: str) -> HttpResponse:
    """Say why a house did not let somebody in, and lead to the other ways."""
    status, sentence = _troubles(house)[kind]
    context = HouseTroubleContext(
        page=page_for(request, _("Log in or register")),
        sentence=sentence,
        action=_("Send me a code") if kind == "unproved" else _("Log in another way"),
        again_url=lead("account_login", back)["Location"],
    )
    return show(request, context, status)


def _troubles(house: str) -> dict[str, tuple[int, str]]:
    """Return status and sentence of each trouble."""
    named = {"house": house}
    return {
        "refused": (200, _("You did not let %(house)s tell us who you are.") % named),
        "late": (
            400,
            _("This answer came too late, or belongs to another browser. Please begin again."),
        ),
        "silent": (
            502,
            _("%(house)s does not answer as it should. Try again, or log in another way.") % named,
        ),
        "staff": (403, _("Members of staff log in at the newsroom.")),
        "nameless": (200, _("%(house)s does not tell us your mail address.") % named),
        "unproved": (
            200,
            _("%(house)s does not say that your mail address is yours. Show it once by a code.")
            % named,
        ),
    }
