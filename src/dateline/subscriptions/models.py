"""Subscribers, what they follow and what they agreed to. Every model of the room is named here."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.common import clock
from dateline.common.keys import new_key, new_secret
from dateline.readers.models import Reader
from dateline.subscriptions.endpoint_models import Endpoint
from dateline.subscriptions.enums import Cause, Channel, Deed, Pace, Standing, Stop
from dateline.subscriptions.ledger_models import Delivery, Opening, Sending
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
        `edition` is the one whose language they are spoken to in, and `timezone` the clock they
        live by; without one it is their edition's. One that is `merged_into` another
        is left for the sake of its links: they lead to that one for ever.
    """

    mail = models.EmailField(_("mail address"), blank=True)
    reader = models.OneToOneField(
        Reader, null=True, blank=True, on_delete=models.CASCADE, related_name="subscriber"
    )
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    timezone = models.CharField(_("clock"), max_length=64, blank=True)
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

    @property
    def zone(self) -> str:
        """Return the time zone whose clock they live by; `recipients` says the same in SQL."""
        return self.timezone or self.edition.timezone

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
