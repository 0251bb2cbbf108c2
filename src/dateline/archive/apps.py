from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Stories of the past, taken from other systems."""

    name = "dateline.archive"
    label = "archive"
    default_auto_field = "django.db.models.BigAutoField"
