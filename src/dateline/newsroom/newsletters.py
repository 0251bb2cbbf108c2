"""Newsletters: which there are, who gets them, their issues, which have screens of their own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from dateline.common import clock
from dateline.common.numbers import whole_number
from dateline.common.pages import page_of
from dateline.newsroom import newsletters_issue
from dateline.newsroom.newsletters_forms import NewsletterForm
from dateline.newsroom.newsletters_issue import MAKE, SEND
from dateline.newsroom.rights import need
from dateline.subscriptions.actions import begin_issue, save_newsletter
from dateline.subscriptions.models import Newsletter
from dateline.subscriptions.newsletter_queries import (
    every_newsletter,
    issues_for_desk,
    issues_of,
    subscriber_counts,
)
from dateline.topics.queries import editions

_LATEST = 8
PER_PAGE = 50


def newsletters(request: HttpRequest) -> HttpResponse:
    """List the newsletters with their subscribers and latest issues."""
    need(request, MAKE)
    rows = list(every_newsletter())
    counts = subscriber_counts(rows, clock.now())
    latest = issues_for_desk(rows, limit=_LATEST)
    shown = [(one, counts[one.pk], latest[one.pk], len(latest[one.pk]) == _LATEST) for one in rows]
    values = {"newsletters": shown, "may_send": request.user.has_perm(SEND)}
    return render(request, "newsroom/newsletters/newsletters.html", values)


def new_newsletter(request: HttpRequest) -> HttpResponse:
    """Ask for a newsletter, and make it."""
    default = next((one for one in editions() if one.is_default), None)
    return _form(request, Newsletter(edition=default) if default else Newsletter())


def one_newsletter(request: HttpRequest, number: int) -> HttpResponse:
    """Change a newsletter's words, or offer it no more."""
    need(request, SEND)
    return _form(request, get_object_or_404(Newsletter, pk=number))


def _form(request: HttpRequest, newsletter: Newsletter) -> HttpResponse:
    need(request, SEND)
    form = NewsletterForm(request.POST or None, instance=newsletter)
    if request.method == "POST" and form.is_valid():
        save_newsletter(by=request.user, newsletter=form.save(commit=False))  # type: ignore[arg-type]
        messages.success(request, _("The newsletter is saved."))
        return redirect("newsletters")
    values = {"form": form, "newsletter": newsletter}
    return render(request, "newsroom/newsletters/newsletter.html", values)


def issues(request: HttpRequest, number: int) -> HttpResponse:
    """List every letter of a newsletter; or begin one, put together as the one before."""
    need(request, MAKE)
    newsletter = get_object_or_404(Newsletter.objects.select_related("edition"), pk=number)
    if request.method == "POST":
        return _new_issue(request, newsletter)
    before = whole_number(request.GET.get("before", ""))
    page = page_of(issues_of(newsletter), before=before, most=PER_PAGE)
    values = {"newsletter": newsletter, "page": page}
    return render(request, "newsroom/newsletters/issues.html", values)


def _new_issue(request: HttpRequest, newsletter: Newsletter) -> HttpResponse:
    like = newsletter.issues.order_by("-made_at", "-pk").first()
    issue = begin_issue(by=request.user, newsletter=newsletter, like=like)  # type: ignore[arg-type]
    return redirect("issue", number=issue.pk)


urlpatterns: list[URLPattern] = [
    path("newsletters/", newsletters, name="newsletters"),
    path("newsletters/new/", new_newsletter, name="newsletter-new"),
    path("newsletters/<int:number>/", one_newsletter, name="newsletter"),
    path("newsletters/<int:number>/issues/", issues, name="issues"),
    *newsletters_issue.urlpatterns,
]
