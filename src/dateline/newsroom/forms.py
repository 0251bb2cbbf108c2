"""What the editor refuses before a story is kept."""

from datetime import date, timedelta
from typing import Any

from django.forms import BooleanField, ValidationError
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from dateline.common import clock
from dateline.common.languages import is_language_tag
from dateline.newsroom.errors import FormIncomplete
from dateline.topics.models import Storyline
from dateline.topics.queries import storylines_to_choose

FIRST_DAY = date(1600, 1, 1)
AHEAD = timedelta(days=366)
"""The oldest newspaper is of 1605; copy for later than in a year is a slip of the finger."""


class StoryForm(WagtailAdminModelForm):
    """A story's form, with checks that copy from a wire or an archive is spared."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "storyline" in self.fields:
            kept = self.instance.storyline_id
            self.fields["storyline"].queryset = storylines_to_choose(kept)

    def full_clean(self) -> None:
        """Read what was sent.

        Raises:
            FormIncomplete: parts of the form were not; Wagtail's blocks and lists break over that.
        """
        try:
            super().full_clean()
        except (MultiValueDictKeyError, ValueError) as broken:
            raise FormIncomplete from broken
        lists = self.formsets.values() if self.is_bound else ()
        if not all(one.management_form.is_valid() for one in lists):
            raise FormIncomplete

    def clean_headline(self) -> str:
        """Return the headline as one line."""
        return " ".join(str(self.cleaned_data["headline"]).split())

    def clean_language(self) -> str:
        """Return the language's tag.

        Raises:
            ValidationError: there is no such language.
        """
        tag = str(self.cleaned_data["language"])
        if tag and not is_language_tag(tag):
            raise ValidationError(_("There is no such language; write a tag such as en or pt-BR."))
        return tag

    def clean_dateline_date(self) -> date | None:
        """Return the dateline's day.

        Raises:
            ValidationError: it lies before all newspapers, or more than a year ahead.
        """
        day: date | None = self.cleaned_data["dateline_date"]
        if day is not None and not FIRST_DAY <= day <= clock.now().date() + AHEAD:
            raise ValidationError(_("Check the year: a dateline is of a day between 1600 and now."))
        return day


class StorylineForm(WagtailAdminModelForm):
    """A storyline's form: its end is a tick, and the moment of it is kept."""

    is_over = BooleanField(
        label=gettext_lazy("It has ended"),
        required=False,
        help_text=gettext_lazy("Its page stays and says so; new stories are not offered it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_over"].initial = not self.instance.is_running

    def save(self, commit: bool = True) -> Storyline:
        """Return the storyline, ended now or running again where the tick says so."""
        storyline: Storyline = super().save(commit=False)
        if self.cleaned_data["is_over"] == storyline.is_running:
            storyline.ended_at = clock.now() if storyline.is_running else None
        if commit:
            storyline.save()
        return storyline
