"""Imports: what was taken from which archive, and what was not understood."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from dateline.archive.queries import latest_runs

PERMISSION = "archive.view_importrun"


def imports(request: HttpRequest) -> HttpResponse:
    """List the latest imports with their reports."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    return render(request, "newsroom/imports.html", {"runs": latest_runs()})


urlpatterns: list[URLPattern] = [path("imports/", imports, name="imports")]
