from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """What follows an entry: effects, the runner, the scheduler."""

    name = "dateline.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dateline.publishing import wiring  # noqa: PLC0415 - needs the loaded models

        wiring.connect()
