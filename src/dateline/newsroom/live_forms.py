"""What the Live screen's forms say."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dateline.common.html import is_web_address
from dateline.live.actions import PostCopy
from dateline.live.enums import Order
from dateline.live.models import LivePost, LiveStory
from dateline.live.rules import HEADLINE_LENGTH, MOST_SUMMARY_POINTS
from dateline.live.typed import Part, html_to_text, to_html, to_parts, to_text
from dateline.media.models import Picture
from dateline.people.models import Account, Person
from dateline.stories.models import Story

MOST_LETTERS = 20_000


class FormRefusedError(Exception):
    """A form that does not say what it must; `form` holds what was typed and why not."""

    def __init__(self, form: forms.Form) -> None:
        super().__init__(form)
        self.form = form


def said_by(form: forms.Form) -> dict[str, Any]:
    """Return what a form says.

    Raises:
        FormRefusedError: it does not say what it must.
    """
    if not form.is_valid():
        raise FormRefusedError(form)
    return form.cleaned_data


class PostForm(forms.Form):
    """A post as it is typed, with what is to become of it."""

    headline = forms.CharField(
        label=gettext_lazy("Headline"), max_length=HEADLINE_LENGTH, required=False
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=MOST_LETTERS,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    is_key = forms.BooleanField(label=gettext_lazy("Key event"), required=False)
    is_pinned = forms.BooleanField(label=gettext_lazy("Pinned"), required=False)
    at = forms.DateTimeField(label=gettext_lazy("Time"), required=False)
    client_key = forms.CharField(max_length=64, required=False)
    version = forms.IntegerField(required=False)
    correction = forms.CharField(
        label=gettext_lazy("What was wrong"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_text(self) -> list[Part]:
        """Return the parts that were typed.

        Raises:
            ValidationError: a picture that is not there, or an address that is none of the web.
        """
        parts = to_parts(self.cleaned_data["text"])
        for part in parts:
            if part["type"] == "embed" and not is_web_address(part["value"]["url"]):
                raise forms.ValidationError(
                    _("Write an address that begins with https:// or http://.")
                )
        wanted = {part["value"]["picture"] for part in parts if part["type"] == "picture"}
        missing = wanted - set(Picture.objects.in_bulk(sorted(wanted)))
        if missing:
            told = _("There is no picture {number}.").format(number=min(missing))
            raise forms.ValidationError(told)
        return parts

    def copy(self, by: Account, known: LivePost | None = None) -> PostCopy:
        """Return the words: a new post is signed by the person its writer is."""
        given = self.cleaned_data
        person = known.person if known else Person.objects.filter(account=by).first()
        return PostCopy(
            headline=given["headline"],
            body=given["text"],
            person=person,
            byline=known.byline if known else "",
            is_key=given["is_key"],
        )


class TimedPostForm(PostForm):
    """A post that goes out by itself."""

    at = forms.DateTimeField(label=gettext_lazy("Time"))


class CorrectedPostForm(PostForm):
    """A post that says what was wrong in it."""

    correction = forms.CharField(
        label=gettext_lazy("What was wrong"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def form_of(post: LivePost) -> PostForm:
    """Return the form that shows a post as it is typed."""
    return PostForm(
        initial={
            "headline": post.headline,
            "text": to_text(list(post.body.raw_data)),
            "is_key": post.is_key,
            "at": post.scheduled_for,
            "version": post.version,
            "correction": post.correction,
        }
    )


class SummaryForm(forms.Form):
    """What is known, a sentence a line."""

    points = forms.CharField(
        label=gettext_lazy("What we know, a sentence a line"),
        max_length=MOST_LETTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_points(self) -> list[str]:
        """Return the sentences.

        Raises:
            ValidationError: there are too many.
        """
        lines = self.cleaned_data["points"].splitlines()
        points = [to_html(line) for line in lines if line.strip()]
        if len(points) > MOST_SUMMARY_POINTS:
            told = _("Say it in at most {most} sentences.").format(most=MOST_SUMMARY_POINTS)
            raise forms.ValidationError(told)
        return points


def summary_of(live_story: LiveStory) -> SummaryForm:
    """Return the form that shows what is known so far."""
    return SummaryForm(initial={"points": "\n".join(map(_line, live_story.summary))})


def _line(point: str) -> str:
    return html_to_text(point, is_block=False).replace("\n", " ")


class OrderForm(forms.Form):
    """A running order as it was pasted."""

    text = forms.CharField(
        label=gettext_lazy("Running order"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    on = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    is_scheduled = forms.BooleanField(
        label=gettext_lazy("Publish each line at its hour"), required=False
    )


class ArrangeForm(forms.Form):
    """How a coverage begins, and under which name others are opened from it."""

    order = forms.ChoiceField(label=gettext_lazy("Order"), choices=Order.choices)
    template = forms.CharField(
        label=gettext_lazy("Template"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("A name, if other coverages are opened from this one."),
    )


class MergeForm(forms.Form):
    """Which coverage is taken into this one."""

    merged = forms.ModelChoiceField(LiveStory.objects.filter(merged_into=None))


class OpenForm(forms.Form):
    """A story of kind live that gets its coverage."""

    story = forms.ModelChoiceField(Story.objects.filter(kind="live"))


class FromTemplateForm(forms.Form):
    """A new coverage like an earlier one."""

    template = forms.ModelChoiceField(LiveStory.objects.exclude(template=""))
    headline = forms.CharField(label=gettext_lazy("Headline"), max_length=HEADLINE_LENGTH)
