from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The index of stories and what is asked of it."""

    name = "dateline.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
