from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    """Subscribers, what they follow, and the ledger of deliveries."""

    name = "dateline.subscriptions"
    label = "subscriptions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dateline.subscriptions import (  # noqa: F401, PLC0415 - every process can read them
            entries,
            newsletter_entries,
        )
