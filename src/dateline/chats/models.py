"""Chats, their messages, and what readers did to those."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.chats.enums import Closed, MessageState, Mode, NoticeKind, ReactionKind
from dateline.chats.moderation_models import (
    Appeal,
    Decision,
    HouseWord,
    Origin,
    Report,
    Sanction,
    TrainedModel,
)
from dateline.chats.rules import SLOW_SECONDS
from dateline.people.models import Account
from dateline.readers.models import Reader
from dateline.stories.models import Story
from dateline.topics.models import Edition, Section

__all__ = [
    "Appeal",
    "Chat",
    "Decision",
    "HouseWord",
    "Message",
    "Notice",
    "Origin",
    "Reaction",
    "ReadMark",
    "Report",
    "Sanction",
    "TrainedModel",
]


class Chat(models.Model):
    """The discussion of one story, or by choice of a section.

    Shape: `messages` counts those whose words readers see; `last` is the newest of them and
        `last_shown` its place, by which the list of chats is ordered. `mode_by` says who chose the
        mode: None for the rules. `guests` answer where the mode is questions. In `hours`, such as
        08:00-22:00 of the edition's day, it takes messages, without any always; `is_resting` is
        what open pages were told last.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="chats")
    story = models.OneToOneField(
        Story, null=True, blank=True, on_delete=models.CASCADE, related_name="chat"
    )
    section = models.OneToOneField(
        Section, null=True, blank=True, on_delete=models.CASCADE, related_name="chat"
    )
    mode = models.CharField(_("mode"), max_length=12, choices=Mode.choices, default=Mode.OPEN)
    mode_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    slow_seconds = models.PositiveIntegerField(_("pace in seconds"), default=SLOW_SECONDS)
    guests = models.ManyToManyField(Reader, related_name="+", blank=True)
    hours = models.CharField(_("hours"), max_length=11, blank=True)
    is_resting = models.BooleanField(default=False)
    opened_at = models.DateTimeField(_("opened at"))
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_as = models.CharField(max_length=5, choices=Closed.choices, blank=True)
    closed_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    messages_shown = models.PositiveIntegerField(default=0)
    last = models.ForeignKey("Message", null=True, on_delete=models.SET_NULL, related_name="+")
    last_shown = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("chat")
        verbose_name_plural = _("chats")
        permissions: ClassVar = [("moderate_chats", "Can moderate chats")]
        indexes: ClassVar = [
            models.Index(
                fields=["edition", "-last_shown"],
                name="chats_going_on",
                condition=Q(last_shown__gt=0),
            ),
            models.Index(
                fields=["closes_at"], name="chats_due", condition=Q(closed_at__isnull=True)
            ),
            models.Index(
                fields=["hours"],
                name="chats_with_hours",
                condition=Q(closed_at__isnull=True) & ~Q(hours=""),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(story__isnull=True) ^ Q(section__isnull=True), name="chats_of_one_thing"
            )
        ]

    def __str__(self) -> str:
        return str(self.story or self.section)


class Message(models.Model):
    """One line of a chat.

    Shape: `key` names it in addresses for ever; `client_key` is the writing page's own name for it,
        so that what is sent twice is posted once. `shown_as` is the number of the journal's entry
        that showed it first, which is its place in the chat: None for what readers never saw.
        `signed` is the name over what was said on another system; `as_guest` that its author was
        one of those who answered questions then. `html` is clean. `thread` is the
        message that began the talk it belongs to, itself none; `quote` are the words it answers, as
        they were. `block` and `version` name the paragraph it is about, `block_quote` is some of
        its words, `block_changed_at` when it was corrected since. `reactions` counts by kind.
        `why` and `found` are what the moderation found in it, `fingerprint` its words for finding
        the same again.
    Order: by `shown_as`.
    """

    chat = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="messages")
    key = models.CharField(max_length=12, unique=True, editable=False)
    client_key = models.CharField(max_length=64, null=True, blank=True, editable=False)  # noqa: DJ001 - unique where given
    author = models.ForeignKey(
        Reader, null=True, on_delete=models.SET_NULL, related_name="messages"
    )
    signed = models.CharField(_("signed"), max_length=80, blank=True)
    as_guest = models.BooleanField(default=False, editable=False)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=MessageState.choices)
    shown_as = models.BigIntegerField(null=True, blank=True, editable=False)
    posted_at = models.DateTimeField(_("posted at"))
    edited_at = models.DateTimeField(_("edited at"), null=True, blank=True)
    gone_at = models.DateTimeField(_("gone at"), null=True, blank=True)
    answers = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replies"
    )
    thread = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="thread_messages"
    )
    quote = models.CharField(max_length=210, blank=True)
    block = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=0)
    block_quote = models.CharField(max_length=210, blank=True)
    block_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    replies_shown = models.PositiveIntegerField(default=0)
    reactions = models.JSONField(default=dict, blank=True)
    is_featured = models.BooleanField(_("featured"), default=False)
    fingerprint = models.CharField(max_length=32, blank=True, editable=False)
    why = models.CharField(_("why"), max_length=40, blank=True)
    found = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes: ClassVar = [
            models.Index(
                fields=["chat", "shown_as"],
                name="message_page",
                condition=Q(shown_as__isnull=False),
            ),
            models.Index(
                fields=["thread", "shown_as"],
                name="message_thread",
                condition=Q(thread__isnull=False, shown_as__isnull=False),
            ),
            models.Index(
                fields=["chat", "-replies_shown", "-shown_as"],
                name="message_most_replied",
                condition=Q(state=MessageState.PUBLISHED, replies_shown__gt=0),
            ),
            models.Index(
                fields=["chat", "shown_as"],
                name="message_featured",
                condition=Q(state=MessageState.PUBLISHED, is_featured=True),
            ),
            models.Index(fields=["chat", "block"], name="message_of_block", condition=~Q(block="")),
            models.Index(fields=["author", "-posted_at"], name="message_of_author"),
            # Whole: SQLite cannot tell of a value it is given that it is not the empty one.
            models.Index(fields=["fingerprint", "posted_at"], name="message_same"),
            models.Index(
                fields=["posted_at"],
                name="message_held",
                condition=Q(state=MessageState.HELD),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["chat", "author", "client_key"], name="message_posted_once"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60] or self.key

    @property
    def is_readable(self) -> bool:
        """Say whether readers see its words."""
        return self.state == MessageState.PUBLISHED


class Reaction(models.Model):
    """What one reader says of a message without a word."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="given")
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=12, choices=ReactionKind.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "reader", "kind"], name="reaction_once")
        ]

    def __str__(self) -> str:
        return self.kind


class ReadMark(models.Model):
    """How far a reader has read a chat; `follows` keeps it among their own without a word said."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="read_marks")
    chat = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="read_marks")
    number = models.BigIntegerField(default=0)
    follows = models.BooleanField(default=False)
    takes_part = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reader", "chat"], name="read_mark_once")
        ]

    def __str__(self) -> str:
        return f"{self.reader} at {self.number}"


class Notice(models.Model):
    """Something a reader is told of: a reply, a mention, a correction of what they talk about."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="notices")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["reader", "-id"], name="notices_of_reader"),
            models.Index(
                fields=["reader"], name="notices_unseen", condition=Q(seen_at__isnull=True)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reader", "message", "kind"], name="notice_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id}"
