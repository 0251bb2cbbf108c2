from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Pictures, renditions, rights."""

    name = "dateline.media"
    label = "media"
    default_auto_field = "django.db.models.BigAutoField"
