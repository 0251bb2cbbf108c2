"""The ledger: what goes out, and a row for each that gets it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dateline.common import clock
from dateline.subscriptions.causes import in_words
from dateline.subscriptions.enums import Channel, Pace, Stage, State, Thing, Variant
from dateline.topics.models import Edition


class Sending(models.Model):
    """One thing that goes out to many: a story, an alert, a digest, a newsletter.

    Shape: `key` names the thing, as `story:12` or `digest:en:daily:2026-11-29`, so that it is made
        once. `subjects` are those whose followers get it. Recipients are written down in the order
        of their numbers; `planned_to` is the last that was. `story` and `thing_number` are plain
        numbers: the ledger outlives what it tells of. `since` is where a digest begins; whatever
        else has one goes only to those who followed by then. `wall_clock`, such as
        `2026-12-01T07:00`, is given where it leaves at that hour of each reader's clock. `folded`
        counts deliveries, by state, whose rows were old and are no more. `why` says why it was
        stopped.
    """

    key = models.CharField(max_length=120, unique=True)
    thing = models.CharField(max_length=12, choices=Thing.choices)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    subjects = models.JSONField(default=list)
    pace = models.CharField(max_length=10, choices=Pace.choices, default=Pace.AT_ONCE)
    story = models.BigIntegerField(null=True)
    thing_number = models.BigIntegerField(null=True)
    title = models.CharField(max_length=255, blank=True)
    since = models.DateTimeField(null=True)
    wall_clock = models.CharField(max_length=16, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PLANNING)
    planned_to = models.BigIntegerField(default=0)
    why = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    folded = models.JSONField(default=dict)
    folded_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["closed_at", "id"],
                name="subscriptions_to_fold",
                condition=Q(folded_at__isnull=True),
            ),
            models.Index(
                fields=["stage", "due_at"],
                name="subscriptions_open",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(fields=["story"], name="subscriptions_of_story"),
            models.Index(fields=["-made_at", "-id"], name="subscriptions_latest"),
        ]

    def __str__(self) -> str:
        return self.title or self.key

    def was_stopped_for(self, *whys: str) -> bool:
        """Say whether it was stopped for one of these reasons, and so may go on without them."""
        return self.stage == Stage.STOPPED and self.why in whys

    @property
    def why_stopped(self) -> str:
        """Return why it was stopped, in the language of whoever looks; empty if it was not."""
        return in_words(self.why)


class Delivery(models.Model):
    """A line of the ledger: one recipient, one thing, one channel. Written before it is sent.

    Shape: `because` is the subject for which it is sent. `cause` is a short word by which failures
        are grouped, such as `550 5.1.1`; `answer` is what the other side said. A lease lets one
        runner work on it until `leased_until`. Its number is its idempotency key: Message-ID and
        return address are made of it. `variant` is its subject, where an issue has two.
    """

    sending = models.ForeignKey(Sending, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(
        "subscriptions.Subscriber",
        on_delete=models.CASCADE,
        related_name="deliveries",
        db_index=False,
    )
    channel = models.CharField(max_length=10, choices=Channel.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    because = models.CharField(max_length=60, blank=True)
    variant = models.CharField(max_length=6, choices=Variant.choices, blank=True)
    cause = models.CharField(max_length=60, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)
    leased_by = models.CharField(max_length=60, blank=True)
    leased_until = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sending", "subscriber", "channel"], name="subscriptions_at_most_once"
            )
        ]
        indexes: ClassVar = [
            # The queue, and what is under way: small however long the ledger grows.
            models.Index(
                fields=["channel", "due_at", "id"],
                name="subscriptions_queue",
                condition=Q(state="planned"),
            ),
            models.Index(
                fields=["leased_until"],
                name="subscriptions_under_way",
                condition=Q(state="sending"),
            ),
            models.Index(fields=["sending", "state", "cause"], name="subscriptions_figures"),
            # What one was sent, newest first, page by page: one walk however much it is.
            models.Index(fields=["subscriber", "-id"], name="subscriptions_of_one"),
        ]

    def __str__(self) -> str:
        return f"{self.sending_id} to {self.subscriber_id}: {self.state}"

    @property
    def is_one_of(self) -> str:
        """Return what its letter is one of: the subject it is sent for, or the pace of a digest."""
        is_digest = self.sending.thing == Thing.DIGEST
        return self.sending.pace if is_digest else self.because or self.sending.pace

    @property
    def why(self) -> str:
        """Return in words why it waits, was not sent or did not arrive; empty for what was sent."""
        is_well = self.state in {State.SENDING, State.SENT, State.CONFIRMED, State.COMPLAINED}
        return "" if is_well else in_words(self.cause, self.channel)


class Opening(models.Model):
    """A mark that a letter of a running trial was opened: no more than that, and not for long."""

    delivery = models.OneToOneField(Delivery, primary_key=True, on_delete=models.CASCADE)

    def __str__(self) -> str:
        return f"delivery {self.pk} was opened"
