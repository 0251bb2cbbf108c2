"""What a reader's account is beside the account that logs in."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.common import clock
from dateline.people.models import Account
from dateline.readers.enums import Theme
from dateline.readers.rules import MOST

GRACE = timedelta(days=14)
"""From the request that an account be deleted to its deletion."""


class Reader(models.Model):
    """Somebody who registered: the name beside their messages, and how they like the site."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="reader")
    display_name = models.CharField(_("name"), max_length=MOST)
    name_key = models.CharField(
        max_length=2 * MOST, unique=True, help_text="What names that look the same have in common."
    )
    slug = models.SlugField(max_length=60, unique=True, allow_unicode=True)
    avatar = models.FileField(
        upload_to="reader_pictures",
        blank=True,
        help_text="A picture drawn anew; empty: one is drawn.",
    )
    language = models.CharField(_("language"), max_length=20, default="en")
    theme = models.CharField(_("colours"), max_length=10, choices=Theme, blank=True, default="")
    tells_replies = models.BooleanField(_("tell me of replies"), default=True)
    tells_mentions = models.BooleanField(_("tell me when I am mentioned"), default=True)
    hides_chats = models.BooleanField(_("no chats"), default=False)
    verified_at = models.DateTimeField(
        null=True, help_text="When the mail address was last proved to be theirs."
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")

    def __str__(self) -> str:
        return self.display_name

    @property
    def is_verified(self) -> bool:
        """Say whether the mail address was proved: without that nobody speaks."""
        return self.verified_at is not None


class Consent(models.Model):
    """What a reader agreed to, in the words they were shown."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="consents")
    text = models.TextField()
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["given_at", "pk"]

    def __str__(self) -> str:
        return self.text


class MutedReader(models.Model):
    """Somebody whose messages a reader does not want to see."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="muted_readers")
    muted = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reader", "muted"], name="readers_one_mute")
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} mutes {self.muted_id}"


class MutedWord(models.Model):
    """A word with which a message stays hidden from a reader; kept in lower case."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="muted_words")
    word = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar = ["word"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reader", "word"], name="readers_one_word")
        ]

    def __str__(self) -> str:
        return self.word


class Departure(models.Model):
    """A reader asked that their account be deleted; until it is they may change their mind."""

    reader = models.OneToOneField(Reader, on_delete=models.CASCADE, related_name="departure")
    asked_at = models.DateTimeField()
    leaves_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.reader_id} leaves {self.leaves_at}"
