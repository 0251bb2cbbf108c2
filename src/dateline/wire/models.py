"""What came in by wire, kept whole; who is told of feeds by the hub."""

from typing import ClassVar

from django.db import models

from dateline.common import clock
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


class HubRequest(models.Model):
    """What somebody asked of the hub, until their callback has said whether they meant it.

    Shape: `mode` is subscribe or unsubscribe; `topic` the whole address of a feed; `site` is whose
        the callback is.
    """

    mode = models.CharField(max_length=12)
    topic = models.CharField(max_length=1000)
    callback = models.CharField(max_length=2000)
    site = models.CharField(max_length=255, db_index=True)
    secret = models.CharField(max_length=199, blank=True)
    lease = models.DurationField()
    asked_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.mode} {self.topic}"


class HubTopic(models.Model):
    """A feed that somebody is told of: what it was made from, and as which it was told last.

    Shape: `digest` is that of its bytes; `changed_at` is set while it may have changed since.
    """

    address = models.CharField(max_length=1000, unique=True)
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return self.address


class HubKey(models.Model):
    """One key of the journal that a feed was made from."""

    topic = models.ForeignKey(HubTopic, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "topic"], name="wire_hub_key_once")
        ]

    def __str__(self) -> str:
        return self.key


class HubSubscriber(models.Model):
    """A callback that is told of one feed until its lease ends.

    Shape: `mark` is a digest of the callback, `site` whose it is. `due_at` is set while it is to be
        told; `tries` counts those that failed since the feed changed, and `failing_since` is when
        the first did since it last took something; `answer` is what it said last.
    """

    topic = models.ForeignKey(HubTopic, on_delete=models.CASCADE, related_name="subscribers")
    callback = models.CharField(max_length=2000)
    mark = models.CharField(max_length=32)
    site = models.CharField(max_length=255, db_index=True)
    secret = models.CharField(max_length=199, blank=True)
    leased_until = models.DateTimeField(db_index=True)
    due_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "mark"], name="wire_hub_subscriber_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], name="wire_hub_due", condition=models.Q(due_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.callback} for {self.topic_id}"
