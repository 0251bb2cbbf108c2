from django.apps import AppConfig


class ReadersConfig(AppConfig):
    """What a reader's account is beside the account that logs in."""

    name = "dateline.readers"
    label = "readers"
    default_auto_field = "django.db.models.BigAutoField"
