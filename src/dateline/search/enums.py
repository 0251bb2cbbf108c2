"""Closed lists of this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NameKind(TextChoices):
    """What a suggested name belongs to."""

    TOPIC = "topic", _("Topic")
    STORYLINE = "storyline", _("Storyline")
    SECTION = "section", _("Section")
    PERSON = "person", _("Person")


class Sort(TextChoices):
    """The order of what was found."""

    RELEVANCE = "relevance", _("Best match")
    NEWEST = "newest", _("Newest first")
