from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, and the people whose names stand over stories."""

    name = "dateline.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
