from django.apps import AppConfig


class FrontsConfig(AppConfig):
    """Fronts of editions and sections."""

    name = "dateline.fronts"
    label = "fronts"
    default_auto_field = "django.db.models.BigAutoField"
