"""The forms of a reader's account. They check what was typed; whether it may be is for actions."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dateline.readers.models import Reader
from dateline.readers.rules import MOST

_OFF = {"autocapitalize": "none", "spellcheck": "false"}


class LoginForm(forms.Form):
    """A mail address, and a password by choice."""

    mail = forms.EmailField(
        label=_("Mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username webauthn", "dir": "ltr", **_OFF}),
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "ltr"}),
    )

    def clean_mail(self) -> str:
        """Return the address as addresses are compared."""
        return str(self.cleaned_data["mail"]).lower()


class CodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autofocus": True,
                "dir": "ltr",
                **_OFF,
            }
        ),
    )


class NameForm(forms.Form):
    """A display name."""

    name = forms.CharField(
        label=_("Name"),
        max_length=MOST * 2,
        help_text=_("It stands beside what you write. It need not be your real name."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto", **_OFF}),
    )


class JoinForm(NameForm):
    """What somebody gives who registers."""

    password = forms.CharField(
        label=_("Password, if you want one"),
        required=False,
        strip=False,
        max_length=1000,
        help_text=_("Without one you log in by a code that we send you."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )
    agreed = forms.BooleanField(label="")

    def __init__(self, *args: Any, sentence: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = sentence


class MailForm(forms.Form):
    """Another mail address."""

    mail = forms.EmailField(
        label=_("New mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr", **_OFF}),
    )

    def clean_mail(self) -> str:
        """Return the address as addresses are compared."""
        return str(self.cleaned_data["mail"]).lower()


class PasswordForm(forms.Form):
    """A new password."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=1000,
        help_text=_("At least eight characters. Longer is better than odd."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )


class ConfirmForm(forms.Form):
    """A password, or a code from the mail."""

    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "ltr"}),
    )
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", **_OFF}
        ),
    )


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]  # no subscript at run time
    """How a reader likes the site, wherever they are logged in."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    mails_replies = forms.BooleanField(
        label=_("Write to me about replies and mentions"),
        help_text=_("At most one letter an hour for each chat, about what you have not seen."),
        required=False,
    )

    class Meta:
        model = Reader
        fields = ("language", "theme", "tells_replies", "tells_mentions", "hides_chats")


class WordsForm(forms.Form):
    """Words one does not want to read."""

    words = forms.CharField(
        label=_("Muted words"),
        required=False,
        max_length=12_000,
        help_text=_("One a line. Messages with any of them stay hidden from you."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )


class AvatarForm(forms.Form):
    """A picture from the reader's machine."""

    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP. It is cut to a square and drawn anew."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
