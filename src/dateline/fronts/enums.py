"""Closed lists of this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Slot(TextChoices):
    """A part of a front that an editor can place stories in."""

    LEAD = "lead", _("Lead")
    SECOND = "second", _("Seconds")
    RAIL = "rail", _("Behind the news")
    RIVER = "river", _("Top of the river")
