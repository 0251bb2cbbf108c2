"""Finding what was imported."""

from django.db.models import QuerySet

from dateline.archive.models import ImportRun

_MOST = 50


def latest_runs() -> "QuerySet[ImportRun]":
    """Return the latest imports, the newest first."""
    return ImportRun.objects.order_by("-started_at", "-pk")[:_MOST]
