from django.apps import AppConfig


class ChatsConfig(AppConfig):
    """Chats and their messages."""

    name = "dateline.chats"
    label = "chats"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dateline.chats import (  # noqa: F401, PLC0415 - every process can read them
            entries,
            moderation_entries,
        )
