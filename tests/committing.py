"""Tests that commit for real: several threads, processes or connections see what they store."""

from typing import Any

import pytest
from django.apps import apps

OURS = (
    "journal",
    "people",
    "topics",
    "media",
    "stories",
    "fronts",
    "readers",
    "wire",
    "search",
    "archive",
    "live",
    "newsfeed",
    "chats",
    "subscriptions",
    "publishing",
)
LIBRARIES = (
    "wagtailcore.Revision",
    "wagtailcore.ReferenceIndex",
    "wagtailcore.ModelLogEntry",
    "wagtailadmin.EditingSession",
    "taggit.TaggedItem",
    "account.EmailAddress",
    "mfa.Authenticator",
    "django_tasks_database.DBTaskResult",
)


def _tables() -> list[Any]:
    ours = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return ours + [apps.get_model(name) for name in LIBRARIES]


def forget_everything() -> None:
    """Delete what tests store; what the migrations stored stays, which a flush would not heed."""
    from django.db import transaction

    with transaction.atomic():
        for model in _tables():
            rows = model.objects.all()
            rows._raw_delete(rows.db)


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Give a test the database without a transaction around it, and leave it empty."""
    from django.db import connection

    with django_db_blocker.unblock():
        connection.close()
        try:
            yield
        finally:
            connection.close()
            forget_everything()
            connection.close()
