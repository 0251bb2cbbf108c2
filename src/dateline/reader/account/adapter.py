"""How the library of logins (django-allauth) speaks and acts here."""

from base64 import urlsafe_b64encode
from hashlib import blake2b
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from dateline.common.client import client_address
from dateline.people.models import Account
from dateline.people.sessions import note_browser
from dateline.reader.account.hint import with_hint
from dateline.reader.account.mail import Letter, can_send, send_letter
from dateline.reader.account.shell import edition_of, is_own_path
from dateline.readers.queries import mail_of, reader_of


class Adapter(DefaultAccountAdapter):
    """Sends our letters, goes only to paths of this site, and notes whose browser it is."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address as limits count it."""
        return client_address(request)

    def is_safe_url(self, url: str | None) -> bool:
        """Say whether somebody may be led to an address: a path of this site."""
        return bool(url) and is_own_path(str(url))

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Begin the session, under a new key."""
        super().login(request, user)
        note_browser(request)

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse:
        """Lead on, with the hint that somebody is logged in."""
        return with_hint(cast("HttpResponse", super().post_login(request, user, **kwargs)))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where to go who came from nowhere."""
        return reverse("account")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: each page shows what is so."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse the library's own way of registering: ours proves the mail address first."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Tell somebody by mail what has been changed of how they log in."""
        furniture = edition_of(self.request)
        said = _changes().get(template_prefix.rpartition("/")[2])
        if not said or furniture is None or not can_send():
            return
        page = settings.DATELINE.base_url + reverse("account")
        warning = _("If it was not you, log in, end the other sessions and choose a new password.")
        send_letter(
            Letter(subject=said, lines=(said,), url=page, after=(warning,)),
            email,
            furniture.context,
        )


def _seal() -> Fernet:
    made = blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"second factor")
    return Fernet(urlsafe_b64encode(made.digest()))


def _changes() -> dict[str, str]:
    return {
        "recovery_codes_generated": _("New recovery codes were made for your account."),
        "totp_activated": _("Your account now asks for a code of your authenticator app."),
        "totp_deactivated": _("Your account no longer asks for a code of your authenticator app."),
        "webauthn_added": _("A passkey was added to your account."),
        "webauthn_removed": _("A passkey was removed from your account."),
        "password_changed": _("The password of your account was changed."),
    }


class SecondFactor(DefaultMFAAdapter):
    """Names house and reader in authenticator apps and passkeys, and keeps secrets sealed."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored: useless without the house's own key."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret as it was."""
        return _seal().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return str(settings.DATELINE.name)

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        assert isinstance(user, Account)  # noqa: S101 - the house has one kind of account
        reader = reader_of(user)
        return mail_of(user) or (reader.display_name if reader else user.get_username())
