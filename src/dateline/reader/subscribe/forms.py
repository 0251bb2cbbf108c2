"""The forms of subscribing."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dateline.reader.account.forms import MailForm
from dateline.subscriptions.enums import Pace


class SubscribeForm(forms.Form):
    """What to follow, how often, and where to write to."""

    what = forms.MultipleChoiceField(
        label=_("What"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what you want to follow.")},
    )
    pace = forms.ChoiceField(
        label=_("How"),
        choices=[
            (Pace.AT_ONCE, _("By mail, at once")),
            (Pace.DAILY, _("By mail, once a day")),
            (Pace.WEEKLY, _("By mail, once a week")),
        ],
        widget=forms.RadioSelect,
        initial=Pace.AT_ONCE,
        help_text=_("Breaking news, live coverage and single stories always come at once."),
    )
    mail = MailForm.base_fields["mail"]

    def __init__(
        self,
        *args: Any,
        offered: Sequence[tuple[str, str]],
        sends_mail: bool,
        knows_mail: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = offered  # type: ignore[attr-defined]
        self.fields["mail"].label = _("Mail address")
        if knows_mail or not sends_mail:
            del self.fields["mail"]
        if not sends_mail:
            self.fields["pace"].choices = ()  # type: ignore[attr-defined]
            self.fields["pace"].help_text = ""

    def clean_mail(self) -> str:
        """Return the address as addresses are compared."""
        return str(self.cleaned_data["mail"]).lower()
