"""Closed lists of this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Ended(TextChoices):
    """How an alert came to its end; the values are stored."""

    EXPIRED = "expired", _("Ran out")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REPLACED = "replaced", _("Replaced by another")
    KILLED = "killed", _("Its story was killed")
    GONE = "gone", _("Its story was withdrawn")


WITH_STORY = (Ended.KILLED, Ended.GONE)
"""How an alert ends that its story takes along."""
WRONG = (Ended.WITHDRAWN, *WITH_STORY)
"""How an alert ends that readers should not have had."""
