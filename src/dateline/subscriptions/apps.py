from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    """Subscribers, what they follow, and the ledger of deliveries."""

    name = "dateline.subscriptions"
    label = "subscriptions"
    default_auto_field = "django.db.models.BigAutoField"
