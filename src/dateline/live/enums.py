"""Closed lists of this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PostState(TextChoices):
    """How far a post has come; readers see the published ones alone."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for approval")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    DELETED = "deleted", _("Deleted")


class Order(TextChoices):
    """Which end of a coverage its page begins with."""

    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")


class Deed(TextChoices):
    """What somebody did to a post or a coverage; the values are stored."""

    WRITE = "write", _("Written")
    EDIT = "edit", _("Edited")
    SUBMIT = "submit", _("Sent for approval")
    RETURN = "return", _("Sent back")
    SCHEDULE = "schedule", _("Scheduled")
    REFUSE = "refuse", _("Not published at its time")
    PUBLISH = "publish", _("Published")
    CORRECT = "correct", _("Corrected")
    PIN = "pin", _("Pinned")
    UNPIN = "unpin", _("Unpinned")
    MARK = "mark", _("Marked as key event")
    UNMARK = "unmark", _("No longer a key event")
    PROMOTE = "promote", _("Made a story of its own")
    DELETE = "delete", _("Deleted")
    UNDO = "undo", _("Undone")
    OPEN = "open", _("Opened")
    SUMMARISE = "summarise", _("Summary changed")
    CLOSE = "close", _("Closed")
    REOPEN = "reopen", _("Reopened")
    MERGE = "merge", _("Merged into another")
    ARRANGE = "arrange", _("Arranged")
