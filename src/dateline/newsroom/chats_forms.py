"""What the forms of the moderators' screens say."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy

from dateline.chats.actions.note_decision import Why
from dateline.chats.actions.sanction import Terms
from dateline.chats.enums import Mode
from dateline.chats.moderation_enums import Deed, Ground, WordSort
from dateline.common import clock

_NO_GROUND = ("", gettext_lazy("No ground"))
_DAYS = (1, 3, 7, 30, 90)


class WhyForm(forms.Form):
    """Why something is decided."""

    ground = forms.ChoiceField(choices=[_NO_GROUND, *Ground.choices], required=False)
    statement = forms.CharField(max_length=2000, required=False)
    note = forms.CharField(max_length=2000, required=False)

    def why(self) -> Why:
        """Return the reasons; what the form does not say rightly is left out."""
        self.is_valid()
        given = self.cleaned_data
        return Why(
            ground=given.get("ground", ""),
            statement=given.get("statement", ""),
            note=given.get("note", ""),
        )


class SanctionForm(WhyForm):
    """What a reader may not do, for how long, and why."""

    deed = forms.ChoiceField(
        label=gettext_lazy("Sanction"),
        choices=[
            (one.value, one.label)
            for one in (Deed.WARN, Deed.SLOW, Deed.SUSPEND, Deed.BAN, Deed.SHADOW)
        ],
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("For how many days"),
        choices=[("", gettext_lazy("Until lifted")), *((days, str(days)) for days in _DAYS)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    pace_seconds = forms.IntegerField(
        label=gettext_lazy("Seconds between two messages"),
        min_value=10,
        max_value=86_400,
        initial=600,
        required=False,
    )

    def terms(self) -> Terms:
        """Return the sanction; an end makes no sense for a warning or a ban."""
        given = self.cleaned_data
        deed, days = Deed(given["deed"]), given.get("days")
        ends = days is not None and deed not in {Deed.WARN, Deed.BAN}
        return Terms(
            deed=deed,
            until=clock.now() + timedelta(days=days) if ends and days else None,
            pace_seconds=given.get("pace_seconds") or 0,
            why=self.why(),
        )


class WordForm(forms.Form):
    """A word of the newsroom's own."""

    written = forms.CharField(label=gettext_lazy("Word or phrase"), max_length=80)
    sort = forms.ChoiceField(label=gettext_lazy("What it is"), choices=WordSort.choices)
    language = forms.CharField(label=gettext_lazy("Language"), max_length=8, required=False)


class ChatForm(forms.Form):
    """How a chat takes messages."""

    mode = forms.ChoiceField(label=gettext_lazy("Mode"), choices=Mode.choices)
