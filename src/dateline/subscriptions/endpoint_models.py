"""Browsers that take notifications."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dateline.common import clock


class Endpoint(models.Model):
    """A browser that takes notifications: where its push service is told, and the browser's keys.

    Shape: `address` is known to nobody but that browser and us, so it also proves who asks. `mark`
        is a digest of it. `used_at` is when its service last took something, to the day; `failures`
        counts those it did not take since, the first of them at `failing_since`.
    """

    subscriber = models.ForeignKey(
        "subscriptions.Subscriber", on_delete=models.CASCADE, related_name="endpoints"
    )
    address = models.CharField(max_length=1000)
    mark = models.CharField(max_length=32, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    made_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["made_at"],
                name="subscriptions_never_used",
                condition=Q(used_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"browser {self.pk} of {self.subscriber_id}"
