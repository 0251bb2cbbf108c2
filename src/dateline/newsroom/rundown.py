"""The Rundown: fronts as they will look, and which story stands where on them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dateline.common import clock
from dateline.fronts.actions import discard_draft, front_of, move, place, publish_front, remove
from dateline.fronts.enums import Slot
from dateline.fronts.errors import PlacementRefused
from dateline.fronts.models import Front, Placement
from dateline.fronts.queries import filled, is_changed, placements_of, stories_to_place
from dateline.fronts.rules import ROOM
from dateline.newsroom.rights import need
from dateline.stories.models import Story
from dateline.stories.queries import visible
from dateline.topics.models import Edition, Section

PERMISSION = "fronts.change_front"


class PlaceForm(forms.Form):
    """Where a story is to stand, and from when until when."""

    story = forms.ModelChoiceField(Story.objects.all())
    slot = forms.ChoiceField(choices=Slot.choices)
    position = forms.IntegerField(required=False, min_value=0)
    starts_at = forms.DateTimeField(required=False, label=gettext_lazy("From"))
    ends_at = forms.DateTimeField(required=False, label=gettext_lazy("Until"))


class MoveForm(forms.Form):
    """Where a placement is to go."""

    placement = forms.IntegerField()
    slot = forms.ChoiceField(choices=Slot.choices)
    position = forms.IntegerField(min_value=0)


class RemoveForm(forms.Form):
    """Which placement is to go."""

    placement = forms.IntegerField()


def rundowns(request: HttpRequest) -> HttpResponse:
    """List the fronts of every edition and section."""
    need(request, PERMISSION)
    groups = [
        (edition, [_row(edition, None), *(_row(edition, one) for one in edition.sections.all())])
        for edition in Edition.objects.prefetch_related("sections__front", "fronts")
    ]
    return render(request, "newsroom/rundowns.html", {"groups": groups})


def _row(edition: Edition, section: Section | None) -> dict[str, Any]:
    fronts = [
        front for front in edition.fronts.all() if front.section_id == (section and section.pk)
    ]
    front = fronts[0] if fronts else None
    return {
        "name": str(section or _("Front")),
        "url": _address(edition, section),
        "front": front,
        "is_changed": front is not None and is_changed(front),
    }


def _address(edition: Edition, section: Section | None) -> str:
    number = section.pk if section else 0
    return reverse("rundown", kwargs={"edition": edition.code, "section": number})


def rundown(request: HttpRequest, edition: str, section: int) -> HttpResponse:
    """Show a front's draft and change it."""
    need(request, PERMISSION)
    front = _front(edition, section)
    if request.method == "POST":
        answer = _ACTIONS.get(request.POST.get("action", ""), _unknown)(request, front)
        return answer or redirect(_address(front.edition, front.section))
    return render(request, "newsroom/rundown.html", _shown(request, front))


def _front(edition: str, section: int) -> Front:
    found = get_object_or_404(Edition, code=edition)
    inside = get_object_or_404(Section, pk=section, edition=found) if section else None
    return front_of(found, inside)


def _shown(request: HttpRequest, front: Front) -> dict[str, Any]:
    now = clock.now()
    words = request.GET.get("words", "").strip()[:100]
    rows = list(placements_of(front, live=False))
    seen = set(
        visible(now).filter(pk__in={row.story_id for row in rows}).values_list("pk", flat=True)
    )
    has_rail = front.section_id is None
    fills = filled(front, now, seen=seen)
    slots = [
        {
            "value": slot.value,
            "label": slot.label,
            "room": ROOM[slot.value],
            "rows": [row for row in rows if row.slot == slot],
            "fills": fills.get(slot.value, []),
        }
        for slot in Slot
        if has_rail or slot is not Slot.RAIL
    ]
    preview = {"edition": front.edition.code, "section": front.section_id or 0}
    return {
        "front": front,
        "slots": slots,
        "seen": seen,
        "stories": stories_to_place(front.edition, now, words=words),
        "words": words,
        "is_changed": is_changed(front),
        "preview_url": reverse("rundown-preview", kwargs=preview),
    }


def _place(request: HttpRequest, front: Front) -> None:
    form = PlaceForm(request.POST)
    if not form.is_valid():
        _tell_errors(request, form)
        return
    given = form.cleaned_data
    try:
        place(
            front=front,
            story=given["story"],
            slot=Slot(given["slot"]),
            position=given["position"],
            times=(given["starts_at"], given["ends_at"]),
        )
    except PlacementRefused as refused:
        messages.error(request, str(refused))


def _move(request: HttpRequest, front: Front) -> None:
    form = MoveForm(request.POST)
    if not form.is_valid():
        _tell_errors(request, form)
        return
    given = form.cleaned_data
    move(
        placement=_placement(front, given["placement"]),
        slot=Slot(given["slot"]),
        position=given["position"],
    )


def _remove(request: HttpRequest, front: Front) -> None:
    form = RemoveForm(request.POST)
    if not form.is_valid():
        _tell_errors(request, form)
        return
    remove(placement=_placement(front, form.cleaned_data["placement"]))


def _publish(request: HttpRequest, front: Front) -> None:
    publish_front(by=request.user, front=front)  # type: ignore[arg-type]
    messages.success(request, _("The front is live."))


def _discard(request: HttpRequest, front: Front) -> None:
    discard_draft(front=front)
    messages.success(request, _("The draft is again what readers see."))


def _unknown(request: HttpRequest, front: Front) -> HttpResponse:
    return HttpResponseBadRequest("Say what to do: place, move, remove, publish or discard.\n")


def _tell_errors(request: HttpRequest, form: forms.Form) -> None:
    for field, errors in form.errors.items():
        label = form.fields[field].label or field
        messages.error(request, f"{label}: {' '.join(map(str, errors))}")


def _placement(front: Front, number: int) -> Placement:
    return get_object_or_404(Placement, pk=number, front=front, is_live=False)


_ACTIONS: dict[str, Callable[[HttpRequest, Front], HttpResponse | None]] = {
    "place": _place,
    "move": _move,
    "remove": _remove,
    "publish": _publish,
    "discard": _discard,
}


def preview(request: HttpRequest, edition: str, section: int) -> HttpResponse:
    """Show the page as the draft would make it."""
    need(request, PERMISSION)
    rendered: HttpResponse = import_string(settings.DATELINE_FRONT_PREVIEW)(
        _front(edition, section)
    )
    return rendered


urlpatterns: list[URLPattern] = [
    path("rundown/", rundowns, name="rundowns"),
    path("rundown/<slug:edition>/<int:section>/", rundown, name="rundown"),
    path("rundown/<slug:edition>/<int:section>/preview/", preview, name="rundown-preview"),
]
