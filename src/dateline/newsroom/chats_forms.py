"""What the forms of the moderators' screens say."""

from datetime import datetime, timedelta
from typing import Any, Self

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy

from dateline.chats.actions.arrange import Manner
from dateline.chats.actions.note_decision import Why
from dateline.chats.actions.sanction import Terms
from dateline.chats.enums import Mode
from dateline.chats.moderation_enums import Deed, Ground, WordSort
from dateline.common import clock
from dateline.common.hours import HOURS
from dateline.readers.models import Reader
from dateline.readers.queries import readers_named

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

    def clean(self) -> dict[str, Any]:
        """Ask for an end where there must be one."""
        given = super().clean() or {}
        if given.get("deed") == Deed.SUSPEND and given.get("days") is None:
            self.add_error(
                "days", gettext("Choose for how many days; without an end it would be a ban.")
            )
        return given

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


class ModeForm(forms.Form):
    """A chat's mode alone."""

    mode = forms.ChoiceField(label=gettext_lazy("Mode"), choices=Mode.choices)


class ChatForm(ModeForm):
    """How a chat takes messages; without an end it goes on until somebody closes it."""

    slow_seconds = forms.IntegerField(
        label=gettext_lazy("Seconds between two messages of a reader, where it is slow"),
        min_value=5,
        max_value=3600,
    )
    guests = forms.CharField(
        label=gettext_lazy("Guests who answer questions"),
        help_text=gettext_lazy("Names of readers with commas between, such as Ada Lind, Bo Arner."),
        required=False,
    )
    hours = forms.RegexField(
        HOURS,
        label=gettext_lazy("Hours in which it takes messages"),
        help_text=gettext_lazy("Such as 08:00-22:00, in the edition's time; empty for always."),
        widget=forms.TextInput({"dir": "ltr"}),
        required=False,
    )
    closes_at = forms.DateTimeField(
        label=gettext_lazy("Closes by itself at"),
        help_text=gettext_lazy("Empty: it goes on until somebody closes it."),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        required=False,
    )

    def clean_guests(self) -> tuple[Reader, ...]:
        """Return the readers of these names; every one has to be there."""
        names = [name.strip() for name in self.cleaned_data["guests"].split(",") if name.strip()]
        found = readers_named(names)
        unknown = [name for name in names if name not in found]
        if unknown:
            told = gettext("Nobody here has this name: {names}").format(names=", ".join(unknown))
            raise forms.ValidationError(told)
        readers = {found[name].pk: found[name] for name in names}.values()
        return tuple(sorted(readers, key=lambda one: one.display_name))

    def clean_closes_at(self) -> datetime | None:
        """Return when it closes; a time that is over would close it at once."""
        at: datetime | None = self.cleaned_data["closes_at"]
        if at is not None and at <= clock.now():
            raise forms.ValidationError(gettext("This time is over. To end the chat, close it."))
        return at

    def clean(self) -> dict[str, Any] | None:
        """Ask for guests where questions are asked."""
        given = super().clean() or self.cleaned_data
        if given.get("mode") == Mode.QUESTIONS and not given.get("guests", True):
            self.add_error("guests", gettext("Name at least one guest who answers."))
        return given

    def manner(self) -> Manner:
        """Return how the chat is to take messages."""
        given = self.cleaned_data
        return Manner(
            mode=Mode(given["mode"]),
            slow_seconds=given["slow_seconds"],
            guests=given["guests"],
            hours=given["hours"],
            closes_at=given["closes_at"],
        )

    @classmethod
    def of(cls, manner: Manner) -> Self:
        """Return the form as it says how a chat takes messages now."""
        return cls(
            initial={
                "mode": manner.mode,
                "slow_seconds": manner.slow_seconds,
                "guests": ", ".join(one.display_name for one in manner.guests),
                "hours": manner.hours,
                "closes_at": localtime(manner.closes_at) if manner.closes_at else None,
            }
        )
