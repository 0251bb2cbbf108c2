"""Fronts and what an editor placed on them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.fronts.enums import Slot
from dateline.people.models import Account
from dateline.stories.models import Story
from dateline.topics.models import Edition, Section


class Front(models.Model):
    """The front of an edition, or of one of its sections."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="fronts")
    section = models.OneToOneField(
        Section, null=True, blank=True, on_delete=models.CASCADE, related_name="front"
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("front")
        verbose_name_plural = _("fronts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition"], condition=Q(section__isnull=True), name="front_of_edition"
            )
        ]

    def __str__(self) -> str:
        return str(self.section or self.edition)

    @property
    def address(self) -> str:
        """Return the address of the page it composes."""
        return self.section.address if self.section else self.edition.prefix


class Placement(models.Model):
    """A story in a slot of a front, always or between two times; in the draft or live."""

    front = models.ForeignKey(Front, on_delete=models.CASCADE, related_name="placements")
    is_live = models.BooleanField(default=False)
    slot = models.CharField(_("slot"), max_length=8, choices=Slot.choices)
    position = models.PositiveSmallIntegerField(default=0)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["slot", "position", "id"]
        indexes: ClassVar = [
            models.Index(fields=["front", "is_live"], name="placement_of_front"),
            models.Index(
                fields=["starts_at"],
                condition=Q(is_live=True, starts_at__isnull=False),
                name="placement_start",
            ),
            models.Index(
                fields=["ends_at"],
                condition=Q(is_live=True, ends_at__isnull=False),
                name="placement_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_slot_display()}: {self.story}"
