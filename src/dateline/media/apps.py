from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Pictures, renditions, rights."""

    name = "dateline.media"
    label = "media"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dateline.media.encoding import encode_avif_quickly  # noqa: PLC0415 - late imports
        from dateline.media.metadata import keep_metadata_private  # noqa: PLC0415

        keep_metadata_private()
        encode_avif_quickly()
