from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """Stories: versions, publication, and what may keep one from the reader."""

    name = "dateline.stories"
    label = "stories"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dateline.stories import ownership, wagtail_bridge  # noqa: PLC0415 - need the models

        wagtail_bridge.connect()
        ownership.register()
