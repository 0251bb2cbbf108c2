"""Closed lists of this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """By which way something leaves the house."""

    MAIL = "mail", _("Mail")
    PUSH = "push", _("Notification")


class Followed(TextChoices):
    """What can be followed, by the word before the number in a subject."""

    FRONT = "front", _("Every story")
    SECTION = "section", _("Section")
    TOPIC = "topic", _("Topic")
    STORYLINE = "storyline", _("Storyline")
    PERSON = "person", _("Author")
    STORY = "story", _("Story")
    LIVE = "live", _("Live coverage")
    BREAKING = "breaking", _("Breaking news")
    REPLIES = "replies", _("Replies and mentions")
    NEWSLETTER = "newsletter", _("Newsletter")


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


class Cause(TextChoices):
    """Why something was stopped, was not sent, waits or is in doubt: the ledger is grouped by it.

    An alert says how it ended, and a subscriber how they stopped. What another server said is a
    cause too, such as `550 5.1.1`; `causes.in_words` knows them all.
    """

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
    GONE = "gone", _("Its story was withdrawn")
    HIDDEN = "hidden", _("Readers may not see a story that was chosen for it")
    EMPTY = "empty", _("No story was there to fill it")
    NOTHING_NEW = "nothing-new", _("There was nothing new to tell")
    OVER = "over", _("It was no news any more")

    LEFT = "left", _("Followed no more")
    PAUSED = "paused", _("Paused")
    BOUNCED = "bounced", _("The address takes no mail")
    COMPLAINED = "complained", _("Letters had been reported as unwanted")
    NO_ADDRESS = "no-address", _("There is no mail address")
    MERGED = "merged", _("It goes to another address of the same reader")
    ALERTED = "alerted", _("It comes as an alert")
    TOLD = "told", _("Another letter says so")
    NO_BROWSER = "no-browser", _("No browser takes notifications any more")
    TOO_MANY = "too-many", _("There had been many that day")

    NIGHT = "night", _("Waits for the morning")
    TRIED = "tried", _("Waits until it is decided which subject it gets")
    PACED = "paced", _("Its mail server takes so many a minute")
    RESTING = "resting", _("Its server asked to wait")
    SERVER_AWAY = "server-away", _("Our mail server could not be reached")
    UNREACHABLE = "unreachable", _("The push service could not be reached")
    NOT_WRITTEN = "not-written", _("It could not be written")
    BAD_ADDRESS = "address", _("No mail server takes this address")

    INTERRUPTED = "interrupted", _("We were interrupted as it was handed over")
    LINE_LOST = "line-lost", _("The mail server hung up without an answer")
    BROKEN = "broken", _("Handing it over failed as nobody foresaw")


BY_HAND = (Cause.DESK, Cause.CALLED_BACK)
"""Why something stays here that somebody at the desk stopped, and may have go on."""
OUT_OF_SIGHT = (Cause.WITHDRAWN, Cause.HIDDEN)
"""Why something stays here that goes on once readers may see all of it again."""


class State(TextChoices):
    """What became of one delivery.

    `sending` is written before a letter is handed over and `sent` after: what a crash left between
    the two is `uncertain`, and is never sent again by itself.
    """

    PLANNED = "planned", _("Planned")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    CONFIRMED = "confirmed", _("Arrived")
    BOUNCED = "bounced", _("Did not arrive")
    COMPLAINED = "complained", _("Reported as unwanted")
    SKIPPED = "skipped", _("Not sent")
    UNCERTAIN = "uncertain", _("Perhaps sent")


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
