"""What the runner must remember besides its cursors."""

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
