from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    """The journal: entries, cursors, doorbell."""

    name = "dateline.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the entries of every room: what one process writes, every other can read."""
        autodiscover_modules("entries", "moderation_entries")
