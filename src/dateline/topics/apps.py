from django.apps import AppConfig


class TopicsConfig(AppConfig):
    """Editions, sections and topics."""

    name = "dateline.topics"
    label = "topics"
    default_auto_field = "django.db.models.BigAutoField"
