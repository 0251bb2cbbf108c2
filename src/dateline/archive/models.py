"""What was taken from which archive, so that taking it again changes nothing."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.archive.enums import RunState
from dateline.media.models import Picture
from dateline.stories.models import Story


class ImportRun(models.Model):
    """One import: when, of what, and what was said at its end."""

    source = models.CharField(_("archive"), max_length=200)
    files = models.TextField(_("files"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RunState.choices, default=RunState.RUNNING
    )
    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    stories = models.PositiveIntegerField(_("new stories"), default=0)
    report = models.TextField(_("report"), blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering: ClassVar = ["-started_at", "-id"]

    def __str__(self) -> str:
        return self.source


class ImportedItem(models.Model):
    """One item of an archive and the story it became; without one the story was deleted since.

    `digest` is of the item as it was read, `revision` the draft that the import left: where the
    newest draft is another, a person has worked on the story. `missing` counts pictures that were
    not found; `has_links` says that it links to its old site.
    """

    source = models.CharField(max_length=200)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    story = models.ForeignKey(Story, null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.BigIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    has_links = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "key"], name="archive_item_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["source", "id"],
                name="archive_item_links",
                condition=models.Q(has_links=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"


class ImportedPicture(models.Model):
    """A picture of an archive, by a digest of the address it had."""

    source = models.CharField(max_length=200)
    key = models.CharField(max_length=64)
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "key"], name="archive_picture_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"
