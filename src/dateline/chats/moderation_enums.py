"""Closed lists of the moderation; the values are stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Ground(TextChoices):
    """What is wrong with a message: a reader reports it so, a moderator decides so."""

    INSULT = "insult", _("Insult")
    HATE = "hate", _("Hatred against a group")
    THREAT = "threat", _("Threat or call for violence")
    SPAM = "spam", _("Spam or advertising")
    PRIVATE = "private", _("Somebody's private data")
    FALSE = "false", _("False claim of fact")
    OFF_TOPIC = "off-topic", _("Off topic")
    ILLEGAL = "illegal", _("Against the law")
    OTHER = "other", _("Something else")


class Law(TextChoices):
    """What kind of law a notice of illegal content is about."""

    HATE = "hate", _("Incitement to hatred")
    THREAT = "threat", _("Threats or calls for crimes")
    HONOUR = "honour", _("Defamation or insult")
    PRIVACY = "privacy", _("Privacy and personal data")
    CHILDREN = "children", _("Protection of children")
    RIGHTS = "rights", _("Copyright or trade marks")
    FRAUD = "fraud", _("Fraud or forbidden trade")
    TERROR = "terror", _("Terrorism")
    OTHER = "other", _("Another law")


class Deed(TextChoices):
    """What a moderator, or a rule, did."""

    APPROVE = "approve", _("Approved")
    REJECT = "reject", _("Rejected")
    HOLD = "hold", _("Held after reports")
    FEATURE = "feature", _("Featured")
    UNFEATURE = "unfeature", _("No longer featured")
    WARN = "warn", _("Warned")
    SLOW = "slow", _("Slowed down")
    SUSPEND = "suspend", _("Suspended")
    BAN = "ban", _("Banned")
    SHADOW = "shadow", _("Shown to nobody else")
    LIFT = "lift", _("Sanction lifted")
    NOTE = "note", _("Note")
    UNDO = "undo", _("Undone")
    GRANT = "grant", _("Appeal granted")
    REFUSE = "refuse", _("Appeal refused")


class Queue(TextChoices):
    """What moderators have before them."""

    REPORTED = "reported", _("Reported")
    HELD = "held", _("Held")
    NEW = "new", _("New")
    LEGAL = "legal", _("Legal")
    APPEALS = "appeals", _("Appeals")


class WordSort(TextChoices):
    """What the newsroom takes a word of its own for."""

    BANNED = "banned", _("Rejected at once")
    SUSPECT = "suspect", _("Held for a moderator")
    SPAM = "spam", _("Held as spam")
    FINE = "fine", _("Always fine")
