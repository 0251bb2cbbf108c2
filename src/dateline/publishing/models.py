"""What the runner must remember besides its cursors, and what server processes count together."""

from typing import ClassVar

from django.db import models


class Parked(models.Model):
    """An effect that failed for good on one entry and waits for a person to see and replay it."""

    effect = models.CharField(max_length=60)
    seq = models.BigIntegerField()
    tries = models.PositiveIntegerField()
    error = models.TextField()
    parked_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["seq", "effect"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["effect", "seq"], name="publishing_parked_once")
        ]

    def __str__(self) -> str:
        return f"{self.effect} at {self.seq}"


class Reading(models.Model):
    """How many readers of a channel one server process held when it counted them last."""

    process = models.CharField(max_length=40)
    channel = models.CharField(max_length=60)
    readers = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["process", "channel"], name="publishing_reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.readers} of {self.channel} at {self.process}"
