"""Closed lists of this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TopicKind(TextChoices):
    """What a topic is; the names are IPTC's."""

    SUBJECT = "subject", _("Subject")
    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")
    PLACE = "place", _("Place")


class Direction(TextChoices):
    """The direction a script is written in."""

    LTR = "ltr", _("Left to right")
    RTL = "rtl", _("Right to left")
