"""How Wagtail's snippets, which our models are in the newsroom, stand among the apps."""

from django.db.models.signals import post_migrate  # noqa: TID251 - as Wagtail itself does
from wagtail.snippets.apps import WagtailSnippetsAppConfig


class SnippetsConfig(WagtailSnippetsAppConfig):
    """Wagtail's snippets without their web API, which we do not offer.

    Offering it loads all screens of the newsroom at the start of every command; like this they come
    with its addresses.
    """

    def ready(self) -> None:
        """Register what was registered before the models were there, as Wagtail does."""
        from wagtail.snippets.models import (  # noqa: PLC0415 - needs the loaded models
            create_extra_permissions,
            register_deferred_snippets,
        )

        register_deferred_snippets()
        post_migrate.connect(create_extra_permissions, sender=self)
