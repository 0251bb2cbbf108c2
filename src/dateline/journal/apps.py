from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The journal: entries, cursors, doorbell."""

    name = "dateline.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
