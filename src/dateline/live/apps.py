from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Live coverage and its posts."""

    name = "dateline.live"
    label = "live"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dateline.live import entries  # noqa: F401, PLC0415 - every process can read them
