"""Imports: what was taken from which archive, and what was not understood."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from dateline.archive.queries import latest_runs
from dateline.newsroom.rights import need

PERMISSION = "archive.view_importrun"


def imports(request: HttpRequest) -> HttpResponse:
    """List the latest imports with their reports."""
    need(request, PERMISSION)
    return render(request, "newsroom/imports.html", {"runs": latest_runs()})


urlpatterns: list[URLPattern] = [path("imports/", imports, name="imports")]
