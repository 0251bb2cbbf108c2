"""What came in by wire, kept whole."""

from typing import ClassVar

from django.db import models

from dateline.stories.models import Story


class WireItem(models.Model):
    """One version of one item, with the facts as read and the bytes as they came.

    `guid` and `version` make an item; taking the same one again changes nothing.
    """

    guid = models.CharField(max_length=400)
    version = models.CharField(max_length=40)
    format = models.CharField(max_length=20)
    file_name = models.CharField(max_length=255)
    facts = models.JSONField()
    raw = models.BinaryField()
    story = models.ForeignKey(
        Story, null=True, on_delete=models.SET_NULL, related_name="wire_items"
    )
    taken_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["guid", "version"], name="wire_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.guid} {self.version}"
