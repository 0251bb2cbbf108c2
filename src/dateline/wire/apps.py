from django.apps import AppConfig


class WireConfig(AppConfig):
    """News copy in and out by machine."""

    name = "dateline.wire"
    label = "wire"
    default_auto_field = "django.db.models.BigAutoField"
