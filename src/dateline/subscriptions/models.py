"""Subscribers, what they follow and agreed to, and the ledger: a row for all that was sent."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.common import clock
from dateline.common.keys import new_key, new_secret
from dateline.readers.models import Reader
from dateline.subscriptions.causes import in_words
from dateline.subscriptions.endpoint_models import Endpoint
from dateline.subscriptions.enums import (
    Cause,
    Channel,
    Deed,
    Pace,
    Stage,
    Standing,
    State,
    Stop,
    Thing,
    Variant,
)
from dateline.subscriptions.newsletter_models import Issue, IssuePart, IssueStory, Newsletter, Trial
from dateline.topics.models import Edition

__all__ = [
    "Consent",
    "Delivery",
    "Endpoint",
    "Issue",
    "IssuePart",
    "IssueStory",
    "Newsletter",
    "Opening",
    "Sending",
    "Subscriber",
    "Subscription",
    "Trial",
]


class Subscriber(models.Model):
    """Somebody who is written to: a proved mail address, a reader's account, or a browser alone.

    Shape: `mail` is in lower case, and empty for one who only wants notifications in a browser;
        `key` stands, signed, in the links of their letters, and changes when these are to end;
        `feed_key` is the whole secret of the feed of what they follow, and opens nothing else.
        `edition` is the one whose language they are spoken to in. One that is `merged_into` another
        is left for the sake of its links: they lead to that one for ever.
    """

    mail = models.EmailField(_("mail address"), blank=True)
    reader = models.OneToOneField(
        Reader, null=True, blank=True, on_delete=models.CASCADE, related_name="subscriber"
    )
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=12, unique=True, default=new_key)
    feed_key = models.CharField(max_length=32, unique=True, default=new_secret)
    standing = models.CharField(
        _("standing"), max_length=10, choices=Standing.choices, default=Standing.ACTIVE
    )
    paused_until = models.DateTimeField(_("paused until"), null=True, blank=True)
    stopped_as = models.CharField(_("stopped"), max_length=10, choices=Stop.choices, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    is_counted = models.BooleanField(
        default=True, help_text="Whether opened letters may be counted."
    )
    soft_bounces = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="merged"
    )

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mail"], name="subscriptions_one_mail", condition=~Q(mail="")
            )
        ]

    def __str__(self) -> str:
        return self.mail or f"subscriber {self.pk}"

    def is_written_to(self, now: datetime) -> bool:
        """Say whether letters go to them."""
        return not self.why_silent(now)

    def why_silent(self, now: datetime) -> str:
        """Return the cause for which nothing goes to them; empty where they are written to.

        A pause ends by itself.
        """
        if self.merged_into_id is not None:
            return Cause.MERGED
        if self.standing == Standing.STOPPED:
            return self.stopped_as or Cause.LEFT
        is_over = self.paused_until is not None and self.paused_until <= now
        return Cause.PAUSED if self.standing == Standing.PAUSED and not is_over else ""


class Subscription(models.Model):
    """One thing a subscriber follows, by one way, at one pace.

    Shape: `subject` is named as the journal's keys name what an entry touches: `front:en` (every
        story of an edition), `section:3`, `topic:88`, `storyline:4`, `person:5`, `story:12` (what
        follows it), `live:12`, `breaking:en`, `replies:7` (what is said to a reader, whom nobody
        else follows in this way), `newsletter:2`. `rank` is one digit: of several that match one
        story, the lowest is given as the reason. `edition` says in which language: who reads
        several follows a person in each.
    """

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="subscriptions"
    )
    subject = models.CharField(max_length=60)
    rank = models.CharField(max_length=1)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    pace = models.CharField(max_length=10, choices=Pace.choices, default=Pace.AT_ONCE)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subscriber", "subject", "channel", "edition"],
                name="subscriptions_follow_once",
            )
        ]
        indexes: ClassVar = [
            # Who follows a subject is one walk, in the order in which recipients are written down.
            models.Index(
                fields=["subject", "pace", "edition", "subscriber", "channel", "rank"],
                name="subscriptions_followers",
            ),
            models.Index(
                fields=["edition", "pace", "channel", "subscriber"], name="subscriptions_by_pace"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} by {self.channel}, {self.pace}"

    @property
    def name(self) -> str:
        """Return what is followed and in which edition, as pages know it: `topic:88/en`."""
        return f"{self.subject}/{self.edition.code}"


class Consent(models.Model):
    """What a subscriber agreed to or ended: a line for each choice and each change of it.

    Shape: one without a subject is about everything. `edition` is a code and `pace` the one from
        then on; `language` is that of the words. One from a list has the name of its `file`, and
        `page`, `address` and `words` as they stood there.
    """

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="consents")
    deed = models.CharField(max_length=12, choices=Deed.choices)
    subject = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    edition = models.CharField(max_length=20, blank=True)
    pace = models.CharField(max_length=10, choices=Pace.choices, blank=True)
    words = models.TextField(blank=True, help_text="As they were shown.")
    language = models.CharField(max_length=20, blank=True, help_text="Of the words, BCP 47.")
    page = models.CharField(max_length=500, blank=True, help_text="The address it was done at.")
    address = models.CharField(max_length=45, blank=True, help_text="Where it was done from.")
    file = models.CharField(max_length=200, blank=True, help_text="The list it came in with.")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.deed} {self.subject}"


class Sending(models.Model):
    """One thing that goes out to many: a story, an alert, a digest, a newsletter.

    Shape: `key` names the thing, as `story:12` or `digest:en:daily:2026-11-29`, so that it is made
        once. `subjects` are those whose followers get it. Recipients are written down in the order
        of their numbers; `planned_to` is the last that was. `story` and `thing_number` are plain
        numbers: the ledger outlives what it tells of. `since` is where a digest begins; whatever
        else has one goes only to those who followed by then. `hours` are given where it leaves to
        readers of some editions later: moments by an edition's number. `folded` counts deliveries,
        by state, whose rows were old and are no more. `why` says why it was stopped.
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
    hours = models.JSONField(default=dict)
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
        Subscriber, on_delete=models.CASCADE, related_name="deliveries", db_index=False
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
