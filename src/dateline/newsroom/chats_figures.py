"""The figures of the moderation: a period on the screen, and the same as a file."""

import csv
import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET

from dateline.chats.moderation_enums import Deed, Ground, Law
from dateline.chats.moderation_figures import Figures, Period, figures
from dateline.chats.moderation_models import TrainedModel
from dateline.common import clock
from dateline.newsroom.chats_rooms import PERMISSION
from dateline.newsroom.rights import need

MOST_DAYS = 3660
COLUMNS = ("from", "to", "day", "figure", "of", "value")


class _Day(forms.DateField):
    """A date as browsers send it, whatever the language."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def __init__(self, label: Any) -> None:
        wrong = {"invalid": gettext_lazy("Write a date as 2026-11-30.")}
        super().__init__(label=label, input_formats=["%Y-%m-%d"], error_messages=wrong)


class PeriodForm(forms.Form):
    """The days of which the figures are asked, the last one included."""

    first = _Day(gettext_lazy("From"))
    last = _Day(gettext_lazy("To"))

    def clean_last(self) -> date:
        """Refuse days of which nothing can be known yet."""
        last: date = self.cleaned_data["last"]
        if last > clock.now().date():
            raise forms.ValidationError(gettext("This day has not come yet."))
        return last

    def clean(self) -> dict[str, Any] | None:
        """Refuse what is no period, and one too long to be counted while somebody waits."""
        given = super().clean() or self.cleaned_data
        if "first" in given and "last" in given:
            days = (given["last"] - given["first"]).days
            if days < 0:
                self.add_error("last", gettext("The period ends before it begins."))
            elif days >= MOST_DAYS:
                self.add_error("first", gettext("Ask for ten years at most."))
        return given

    def period(self) -> Period:
        """Return the period; the form is valid."""
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])


def _presets(today: date) -> list[tuple[str, Period]]:
    """Return the periods that are asked for most, by name, the default first."""
    month = today.replace(day=1)
    month_before = month - timedelta(days=1)
    year = today.replace(month=1, day=1)
    year_before = year - timedelta(days=1)
    return [
        (gettext("This month"), Period(month, today)),
        (gettext("Last month"), Period(month_before.replace(day=1), month_before)),
        (gettext("This year"), Period(year, today)),
        (gettext("Last year"), Period(year_before.replace(month=1, day=1), year_before)),
    ]


def _form_of(asked: QueryDict) -> PeriodForm:
    """Return the form as an address fills it; without a word it is this month."""
    if "first" in asked or "last" in asked:
        return PeriodForm(asked)
    _name, period = _presets(clock.now().date())[0]
    return PeriodForm({"first": period.first.isoformat(), "last": period.last.isoformat()})


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """Show the figures of a period: by day, by ground, and how the local models do."""
    need(request, PERMISSION)
    form = _form_of(request.GET)
    period = form.period() if form.is_valid() else None
    context = {
        "form": form,
        "period": period,
        "presets": _presets(clock.now().date()),
        "models": TrainedModel.objects.defer("kept"),
        "most_false": settings.DATELINE.chat_model_false_holds,
        **(_shown(figures(period)) if period else {}),
    }
    status = 200 if period else 400
    return render(request, "newsroom/chats/figures.html", context, status=status)


def _shown(found: Figures) -> dict[str, Any]:
    return {
        "figures": found,
        "deeds": _labelled(Deed, found.deeds),
        "grounds": _labelled(Ground, found.grounds),
        "reports": _labelled(Ground, found.reports),
        "notices": _labelled(Law, found.notices),
        "most": max((day.posted for day in found.days), default=1) or 1,
    }


def _labelled(kind: type[TextChoices], counts: dict[str, int]) -> list[tuple[str, int]]:
    """Return what was counted at all under the names that people read, the most first."""
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    return [(str(kind(value).label), count) for value, count in ranked if count]


@require_GET
def download(request: HttpRequest, form: str) -> HttpResponse:
    """Send the same figures as a file; docs/contracts/moderation-figures.md is its paper."""
    need(request, PERMISSION)
    asked = _form_of(request.GET)
    if not asked.is_valid():
        wrong = [f"{name}: {' '.join(map(str, told))}\n" for name, told in asked.errors.items()]
        return HttpResponseBadRequest("".join(wrong), content_type="text/plain; charset=utf-8")
    found = figures(asked.period())
    answer = _csv(found) if form == "csv" else _json(found)
    name = f"moderation-{found.period.first}-{found.period.last}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _csv(found: Figures) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    rows = csv.writer(answer)
    rows.writerow(COLUMNS)
    rows.writerows((found.period.first, found.period.last, *row) for row in found.rows())
    return answer


def _json(found: Figures) -> HttpResponse:
    told = asdict(found)
    period = {"from": str(found.period.first), "to": str(found.period.last)}
    told = {"format": "dateline-moderation-figures", "version": 1, **told, "period": period}
    text = json.dumps(told, indent=1)
    return HttpResponse(text, content_type="application/json")
