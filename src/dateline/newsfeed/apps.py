from django.apps import AppConfig


class NewsfeedConfig(AppConfig):
    """The newsfeed and its alerts."""

    name = "dateline.newsfeed"
    label = "newsfeed"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dateline.newsfeed import entries  # noqa: F401, PLC0415 - every process can read them
