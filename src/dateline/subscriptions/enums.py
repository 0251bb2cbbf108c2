"""Closed lists of this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """By which way something leaves the house."""

    MAIL = "mail", _("Mail")
    PUSH = "push", _("Notification")


class Pace(TextChoices):
    """How often a subscriber hears of what they follow."""

    AT_ONCE = "at-once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")


class Standing(TextChoices):
    """Whether a subscriber is written to."""

    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped")


class Stop(TextChoices):
    """Why a subscriber is not written to any more."""

    LEFT = "left", _("Left")
    BOUNCED = "bounced", _("The address takes no mail")
    COMPLAINED = "complained", _("Complained")


class Deed(TextChoices):
    """What a line of consent tells of."""

    SUBSCRIBED = "subscribed", _("Subscribed")
    CHANGED = "changed", _("Changed")
    PAUSED = "paused", _("Paused")
    LEFT_ONE = "left-one", _("Left one")
    LEFT = "left", _("Left everything")
    MOVED = "moved", _("Changed the address")
    MERGED = "merged", _("Joined with what the address got")
    IMPORTED = "imported", _("Imported")


class Thing(TextChoices):
    """What is sent."""

    STORY = "story", _("Story")
    UPDATE = "update", _("What is new in a story")
    CORRECTION = "correction", _("Correction of a story")
    LIVE = "live", _("Key event of live coverage")
    LIVE_END = "live-end", _("How live coverage ended")
    ALERT = "alert", _("Alert")
    REPLY = "reply", _("Replies in a chat")
    DIGEST = "digest", _("Digest")
    NEWSLETTER = "newsletter", _("Newsletter")
    RETRACTION = "retraction", _("Withdrawal of what was sent")


ABOUT_STORIES = (Thing.STORY, Thing.UPDATE, Thing.CORRECTION, Thing.LIVE, Thing.LIVE_END)
"""What shows a story or a part of it: it is written in one language, and goes with its story."""


class Stage(TextChoices):
    """How far a sending has come."""

    PLANNING = "planning", _("Recipients are written down")
    SENDING = "sending", _("On its way")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


class Halt(TextChoices):
    """Why a sending was stopped, as it is stored. An alert says how it ended."""

    WITHDRAWN = "withdrawn", _("Withdrawn")
    DESK = "desk", _("Stopped at the desk")
    CALLED_BACK = "called-back", _("Called back")
    DELETED = "deleted", _("The post was deleted")
    NO_KEY_EVENT = "no-key-event", _("No key event any more")
    GOES_ON = "goes-on", _("The coverage goes on")
    NEWER = "newer", _("A newer version says it")
    EXPIRED = "expired", _("Ran out")
    REPLACED = "replaced", _("Replaced by another")
    KILLED = "killed", _("Its story was killed")


class State(TextChoices):
    """What became of one delivery.

    `sending` is written before a letter is handed over and `sent` after: what a crash left between
    the two is `uncertain`, and is never sent again by itself.
    """

    PLANNED = "planned", _("Planned")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    CONFIRMED = "confirmed", _("Confirmed")
    BOUNCED = "bounced", _("Bounced")
    COMPLAINED = "complained", _("Complained")
    SKIPPED = "skipped", _("Skipped")
    UNCERTAIN = "uncertain", _("Uncertain")


class Source(TextChoices):
    """Where the stories of a part of an issue come from."""

    CHOSEN = "chosen", _("Chosen by hand")
    TOP = "top", _("Top of a section")
    TALKED = "talked", _("Most talked about")
    SINCE = "since", _("New since the last issue")


class Variant(TextChoices):
    """Which of two subjects a letter has."""

    FIRST = "first", _("First subject")
    SECOND = "second", _("Second subject")


class Verdict(TextChoices):
    """Why one of two subjects goes to the rest."""

    MORE = "more", _("More of its readers opened it.")
    TIE = "tie", _("Both were opened equally often, so the first goes out.")
    FEW = "few", _("Too few were opened to tell, so the first goes out.")
