"""The forms of newsletters: a newsletter, the words and parts of an issue, when it leaves."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dateline.common import clock
from dateline.common.numbers import whole_number
from dateline.live.typed import html_to_text, to_parts
from dateline.subscriptions.enums import Source
from dateline.subscriptions.models import Issue, Newsletter
from dateline.subscriptions.newsletter_rules import (
    MOST_PARTS,
    MOST_STORIES,
    IssueCopy,
    PartCopy,
    moved,
    with_story,
    without,
)
from dateline.subscriptions.trial_queries import trial_of
from dateline.subscriptions.trial_rules import (
    LEAST_SHARE,
    MOST_HOURS,
    MOST_SHARE,
    USUAL_HOURS,
    USUAL_SHARE,
)
from dateline.topics.models import Edition

MOST_LETTERS = 10_000
NEWSROOM, READER = "newsroom", "reader"
_WORDS = {"paragraph", "list"}


class NewsletterForm(forms.ModelForm[Newsletter]):
    """What a newsletter is called, where it stands, and who it comes from."""

    class Meta:
        model = Newsletter
        fields: ClassVar = ["edition", "title", "slug", "tagline", "sender_name", "is_active"]
        widgets: ClassVar = {"slug": forms.TextInput(attrs={"dir": "ltr"})}


class IssueForm(forms.Form):
    """The words of an issue as they are typed."""

    title = forms.CharField(
        max_length=120, required=False, label=pgettext_lazy("of a letter", "Subject")
    )
    preheader = forms.CharField(
        max_length=160,
        required=False,
        label=gettext_lazy("Beside the subject"),
        help_text=gettext_lazy("What mail programs show beside the subject."),
    )
    intro = forms.CharField(
        max_length=MOST_LETTERS,
        required=False,
        label=gettext_lazy("Intro"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("An empty line ends a paragraph; **bold**, [words](https://…)."),
    )
    sponsor = forms.CharField(
        max_length=160,
        required=False,
        label=gettext_lazy("Sponsor"),
        help_text=gettext_lazy("One line, marked as an advertisement."),
    )
    sponsor_url = forms.URLField(
        max_length=200,
        required=False,
        label=gettext_lazy("The sponsor's page"),
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )

    def clean_intro(self) -> str:
        """Return what was typed as HTML; pictures and quotes are for stories."""
        parts = to_parts(self.cleaned_data["intro"])
        return "".join(part["value"] for part in parts if part["type"] in _WORDS)

    def copy(self, parts: tuple[PartCopy, ...]) -> IssueCopy:
        """Return what was written, with some parts."""
        return IssueCopy(**self.cleaned_data, parts=parts)

    @property
    def words(self) -> list[forms.BoundField]:
        """The fields that every issue has, in their order."""
        return [self[name] for name in IssueForm.base_fields]


class TrialForm(IssueForm):
    """The words of an issue of which a second subject may be tried."""

    second_title = forms.CharField(
        max_length=120,
        required=False,
        label=gettext_lazy("Second subject"),
        help_text=gettext_lazy(
            "To be tried beside the first: the rest gets the one that more readers opened."
        ),
    )
    share = forms.IntegerField(
        min_value=LEAST_SHARE,
        max_value=MOST_SHARE,
        initial=USUAL_SHARE,
        label=gettext_lazy("Tried on so many percent of the readers, half with either subject"),
    )
    hours = forms.IntegerField(
        min_value=1,
        max_value=MOST_HOURS,
        initial=USUAL_HOURS,
        label=gettext_lazy("Hours that the rest waits"),
    )
    field_order = ("title", "second_title", "share", "hours")

    def clean_second_title(self) -> str:
        """Return the second subject.

        Raises:
            ValidationError: it is the first one.
        """
        second: str = self.cleaned_data["second_title"].strip()
        if second and second == self.cleaned_data.get("title", "").strip():
            raise forms.ValidationError(_("This is the first subject."))
        return second

    @property
    def trial(self) -> list[forms.BoundField]:
        """The fields of the trial, in their order."""
        return [self[name] for name in TrialForm.base_fields if name not in IssueForm.base_fields]

    @property
    def is_tried(self) -> bool:
        """Whether a trial is asked for, or one of its fields needs a look."""
        usual = {"second_title": "", "share": str(USUAL_SHARE), "hours": str(USUAL_HOURS)}
        return any(one.errors or str(one.value() or "") != usual[one.name] for one in self.trial)


def _form_class(issue: Issue) -> type[IssueForm]:
    """Return which form an issue has: a trial is for what has not left, where opens are counted."""
    may_try = settings.DATELINE.counts_opens and issue.sent_at is None
    return TrialForm if may_try else IssueForm


def form_of(issue: Issue, given: QueryDict | None = None) -> IssueForm:
    """Return the form that shows an issue's words as they are typed, or were given."""
    shown: dict[str, str | int] = {
        "title": issue.title,
        "preheader": issue.preheader,
        "intro": html_to_text(issue.intro),
        "sponsor": issue.sponsor,
        "sponsor_url": issue.sponsor_url,
    }
    trial = trial_of(issue)
    if trial is not None:
        shown |= {"second_title": trial.title, "share": trial.share, "hours": trial.hours}
    return _form_class(issue)(given, initial=shown)


def parts_in(given: QueryDict, edition: Edition) -> tuple[PartCopy, ...]:
    """Return the parts as a form gives them, such as `part-0-heading`, `part-0-stories`."""
    sections = set(edition.sections.values_list("pk", flat=True))
    return tuple(_parts(given, sections))


def _parts(given: QueryDict, sections: set[int]) -> Iterator[PartCopy]:
    count = min(whole_number(given.get("parts", "")) or 0, MOST_PARTS)
    for number in range(count):
        part = {name: given.get(f"part-{number}-{name}", "") for name in _FIELDS}
        source, section = part["source"], whole_number(part["section"])
        yield PartCopy(
            heading=part["heading"][:80],
            source=Source(source) if source in Source.values else Source.CHOSEN,
            section=section if section in sections else None,
            most=max(1, min(whole_number(part["most"]) or 5, MOST_STORIES)),
            stories=tuple(_numbers(part["stories"])),
        )


_FIELDS = ("heading", "source", "section", "most", "stories")


def _numbers(text: str) -> Iterator[int]:
    found = (whole_number(word) for word in text.split(",")[:MOST_STORIES])
    yield from (number for number in found if number is not None)


def arranged(parts: tuple[PartCopy, ...], deed: str, into: str) -> tuple[PartCopy, ...]:
    """Return parts after what a button says, such as `add`, `up:1`, `story-drop:0:2`, `put:88`."""
    name, *numbers = deed.split(":")
    places = [whole_number(one) for one in numbers]
    if name == "add":
        return (*parts, PartCopy())
    if name == "put" and places and places[0]:
        return _put(parts, whole_number(into) or 0, places[0])
    if name in _ON_PARTS and len(places) == 1 and places[0] is not None:
        return _ON_PARTS[name](parts, places[0])
    if name in _ON_STORIES and len(places) == 2 and None not in places:
        return _changed(parts, places[0] or 0, places[1] or 0, _ON_STORIES[name])
    return parts


def _put(parts: tuple[PartCopy, ...], place: int, story: int) -> tuple[PartCopy, ...]:
    """Put a story into a part; without any part that is chosen by hand, into a new one."""
    chosen = [n for n, part in enumerate(parts) if part.source == Source.CHOSEN]
    if not chosen:
        return (*parts, with_story(PartCopy(), story))
    place = place if place in chosen else chosen[0]
    return (*parts[:place], with_story(parts[place], story), *parts[place + 1 :])


def _changed(
    parts: tuple[PartCopy, ...], place: int, story: int, change: "Change"
) -> tuple[PartCopy, ...]:
    if place >= len(parts):
        return parts
    part = replace(parts[place], stories=change(parts[place].stories, story))
    return (*parts[:place], part, *parts[place + 1 :])


Change = Callable[[tuple[int, ...], int], tuple[int, ...]]
_ON_PARTS: dict[str, Callable[[tuple[PartCopy, ...], int], tuple[PartCopy, ...]]] = {
    "up": lambda rows, place: moved(rows, place, -1),
    "down": lambda rows, place: moved(rows, place, 1),
    "drop": without,
}
_ON_STORIES: dict[str, Change] = {
    "story-up": lambda rows, place: moved(rows, place, -1),
    "story-down": lambda rows, place: moved(rows, place, 1),
    "story-drop": without,
}


class SendForm(forms.Form):
    """When an issue leaves; the hour is read in the newsletter's time zone."""

    at = forms.DateTimeField(
        required=False,
        label=gettext_lazy("Leave at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    clock = forms.ChoiceField(
        required=False,
        label=gettext_lazy("By whose clock"),
        choices=[
            (NEWSROOM, gettext_lazy("The newsletter's: everybody at the same moment")),
            (READER, gettext_lazy("Each reader's: at this hour by the clock they live by")),
        ],
        initial=NEWSROOM,
    )

    def clean_at(self) -> datetime | None:
        """Return when it leaves.

        Raises:
            ValidationError: that has passed.
        """
        at: datetime | None = self.cleaned_data["at"]
        if at is not None and at < clock.now():
            raise forms.ValidationError(_("This hour has passed."))
        return at
