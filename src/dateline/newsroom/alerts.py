"""Alerts: raised after a look at what readers will see, changed, withdrawn, and told of."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages as staff_messages

from dateline.common import clock
from dateline.common.numbers import whole_number
from dateline.newsfeed.actions import (
    change_alert,
    link_story,
    raise_alert,
    usual_length,
    withdraw_alert,
)
from dateline.newsfeed.alert_queries import alert_in_force, alerts_of_story, latest_alerts
from dateline.newsfeed.models import URGENCIES, Alert
from dateline.newsroom.rights import need
from dateline.stories.enums import Urgency
from dateline.stories.models import Story
from dateline.stories.queries import newest, visible
from dateline.stories.rules import SHORT_HEADLINE_LENGTH, short_headline
from dateline.topics.models import Edition

PERMISSION = "stories.publish_story"
_TO_LINK = 20


class AlertForm(forms.Form):
    """What an alert says, to whom, and how urgent it is."""

    edition = forms.ModelChoiceField(
        Edition.objects.all(), empty_label=None, label=gettext_lazy("Edition")
    )
    urgency = forms.TypedChoiceField(
        choices=URGENCIES, coerce=int, label=gettext_lazy("Urgency"), initial=Urgency.FLASH
    )
    headline = forms.CharField(
        max_length=SHORT_HEADLINE_LENGTH, label=gettext_lazy("What readers are told")
    )
    story = forms.ModelChoiceField(
        Story.objects.all(), required=False, widget=forms.HiddenInput, label=gettext_lazy("Story")
    )


def alerts(request: HttpRequest) -> HttpResponse:
    """List the latest alerts, under one box for a flash."""
    need(request, PERMISSION)
    now = clock.now()
    shown = {
        "form": AlertForm(),
        "alerts": list(latest_alerts()),
        "now": now,
        "raised": whole_number(request.GET.get("raised", "")),
        "stories": newest(visible(now))[:_TO_LINK],
    }
    return render(request, "newsroom/alerts.html", shown)


def new_alert(request: HttpRequest) -> HttpResponse:
    """Ask for an alert, show exactly what readers will see, and raise it when that is confirmed."""
    need(request, PERMISSION)
    if request.method != "POST":
        return _asked(request, AlertForm(initial=_proposed(request.GET.get("story", ""))))
    form = AlertForm(request.POST)
    if not form.is_valid() or "change" in request.POST:
        return _asked(request, form)
    if "raise" not in request.POST:
        return _to_confirm(request, form)
    alert = raise_alert(by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
    return redirect(f"{reverse('alerts')}?raised={alert.pk}")


def _proposed(story: str) -> dict[str, Any]:
    """Return what an alert for a story says unless somebody writes otherwise."""
    number = whole_number(story)
    if number is None:
        return {}
    found = get_object_or_404(Story, pk=number)
    return {
        "story": found.pk,
        "edition": found.edition_id,
        "headline": short_headline(found.short_headline, found.headline),
        "urgency": Urgency.FLASH if found.urgency == Urgency.FLASH else Urgency.BULLETIN,
    }


def _asked(request: HttpRequest, form: AlertForm) -> HttpResponse:
    return render(request, "newsroom/alert_new.html", {"form": form})


def _to_confirm(request: HttpRequest, form: AlertForm) -> HttpResponse:
    given, now = form.cleaned_data, clock.now()
    story = given["story"]
    asked = {name: form[name].value() or "" for name in form.fields}
    shown = {
        "form": form,
        "given": given,
        "until": now + usual_length(given["urgency"]),
        "standing": alert_in_force(given["edition"], now),
        "is_hidden": story is not None and not visible(now).filter(pk=story.pk).exists(),
        "preview_url": f"{reverse('alert-preview')}?{urlencode(asked)}",
    }
    return render(request, "newsroom/alert_confirm.html", shown)


def preview(request: HttpRequest) -> HttpResponse:
    """Show a page's banner as readers will see it."""
    need(request, PERMISSION)
    form = AlertForm(request.GET)
    if not form.is_valid():
        return HttpResponseBadRequest("Say what the alert is to be.\n")
    now = clock.now()
    alert = Alert(**form.cleaned_data, raised_at=now)
    alert.until = now + usual_length(alert.urgency)
    rendered: HttpResponse = import_string(settings.DATELINE_ALERT_PREVIEW)(alert)
    return rendered


@require_POST
def one_alert(request: HttpRequest, number: int) -> HttpResponse:
    """Change an alert's words, link its story, or withdraw it."""
    need(request, PERMISSION)
    alert = get_object_or_404(Alert, pk=number)
    deed = _DEEDS.get(request.POST.get("action", ""))
    if deed is None:
        return HttpResponseBadRequest("Say what to do: change, link or withdraw.\n")
    messages.success(request, deed(request, alert))
    return redirect("alerts")


def _change(request: HttpRequest, alert: Alert) -> str:
    headline = request.POST.get("headline", "")
    change_alert(by=request.user, alert=alert, headline=headline)  # type: ignore[arg-type]
    return _("The alert says so now.")


def _link(request: HttpRequest, alert: Alert) -> str:
    story = get_object_or_404(Story, pk=whole_number(request.POST.get("story", "")))
    link_story(by=request.user, alert=alert, story=story)  # type: ignore[arg-type]
    return _("The alert leads to the story now.")


def _withdraw(request: HttpRequest, alert: Alert) -> str:
    why = request.POST.get("why", "").strip()[:1000]
    withdraw_alert(by=request.user, alert=alert, why=why)  # type: ignore[arg-type]
    return _("The alert is withdrawn from every page.")


_DEEDS = {"change": _change, "link": _link, "withdraw": _withdraw}


def address_for(story: Story) -> str:
    """Return where an alert for a story is asked for."""
    return f"{reverse('alert-new')}?story={story.pk}"


def offer_alert(request: HttpRequest, story: Story) -> None:
    """Ask whoever has just published an urgent story whether readers are to be alerted.

    Nobody is alerted silently, and nobody is asked who may not.
    """
    is_published = "action-publish" in request.POST and story.live
    if not is_published or story.urgency > Urgency.BULLETIN:
        return
    if not request.user.has_perm(PERMISSION) or alerts_of_story(story.pk).exists():
        return
    button = staff_messages.button(address_for(story), _("Alert readers"))
    staff_messages.info(
        request, _("This story is urgent. Readers are not alerted yet."), buttons=[button]
    )


urlpatterns: list[URLPattern] = [
    path("alerts/", alerts, name="alerts"),
    path("alerts/new/", new_alert, name="alert-new"),
    path("alerts/preview/", preview, name="alert-preview"),
    path("alerts/<int:number>/", one_alert, name="alert"),
]
