"""Closed lists of this room; the values are stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Mode(TextChoices):
    """How a chat takes messages."""

    OPEN = "open", _("Open")
    SLOW = "slow", _("Slow")
    PREMODERATED = "premoderated", _("Looked at before they appear")
    QUESTIONS = "questions", _("Questions and answers")
    READ_ONLY = "read-only", _("To be read only")


class Closed(TextChoices):
    """Why a chat takes no messages any more."""

    BY_AGE = "age", _("Its time is over")
    BY_HAND = "hand", _("Closed by the newsroom")
    BY_STORY = "story", _("Its story was withdrawn")


class MessageState(TextChoices):
    """What has become of a message. Readers see the words of the published ones alone."""

    PUBLISHED = "published", _("Published")
    HELD = "held", _("Held")
    REJECTED = "rejected", _("Rejected")
    REMOVED = "removed", _("Removed")
    DELETED = "deleted", _("Deleted by its author")


class ReactionKind(TextChoices):
    """What a reader can say of a message without a word: these six and no others."""

    AGREE = "agree", _("Agree")
    INFORMATIVE = "informative", _("Informative")
    THANKS = "thanks", _("Thanks")
    FUNNY = "funny", _("Funny")
    MOVING = "moving", _("Moving")
    DOUBTFUL = "doubtful", _("Doubtful")


class Sort(TextChoices):
    """Which messages a page of a chat shows, and in which order."""

    NEWEST = "newest", _("Newest")
    OLDEST = "oldest", _("From the start")
    REPLIED = "replied", _("Most replied")
    FEATURED = "featured", _("Featured")


class NoticeKind(TextChoices):
    """What a reader is told of."""

    REPLY = "reply", _("Reply")
    MENTION = "mention", _("Mention")
    CORRECTION = "correction", _("Correction of a story")
