"""Pictures and their renditions."""

import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition


class Picture(AbstractImage):
    """A picture with what must stand under it and what it may be used for."""

    caption = models.TextField(_("caption"), blank=True, help_text=_("What the picture shows."))
    credit_line = models.CharField(
        _("credit line"), max_length=200, blank=True, help_text=_("Who made it, as printed.")
    )
    usage_terms = models.CharField(
        _("usage terms"), max_length=300, blank=True, help_text=_("What the rights holder allows.")
    )

    admin_form_fields: ClassVar = (
        "title",
        "file",
        "description",
        "caption",
        "credit_line",
        "usage_terms",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
        "tags",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def get_upload_to(self, filename: str) -> str:
        """Return where the file goes, under a name nobody can guess; renditions are named after it.

        A picture of a story under embargo has an address long before the story has one.
        """
        stem, _dot, suffix = filename.rpartition(".")
        path: str = super().get_upload_to(f"{stem[:50]}-{secrets.token_hex(8)}.{suffix}")
        return path


class Rendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["file"], name="media_rendition_file")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="media_one_rendition"
            )
        ]


class PictureUse(models.Model):
    """A picture in the body of a story, as readers see it; the story is named by its number.

    A lead picture needs no row: the story itself names it.
    """

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="uses")
    story_number = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story_number", "picture"], name="media_one_use")
        ]

    def __str__(self) -> str:
        return f"picture {self.picture_id} in story {self.story_number}"
