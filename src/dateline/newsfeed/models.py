"""Alerts, and who raised, changed and withdrew them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.newsfeed.enums import Ended
from dateline.people.models import Account
from dateline.stories.enums import Urgency
from dateline.stories.models import Story
from dateline.stories.rules import SHORT_HEADLINE_LENGTH
from dateline.topics.models import Edition

URGENCIES = [(one.value, one.label) for one in (Urgency.FLASH, Urgency.BULLETIN)]


class Alert(models.Model):
    """One alert of an edition: a flash or a bulletin that stands over every page for a while.

    Shape: a flash is a headline alone at first, and its `story` is linked when there is one.
        Its number stays when the story is deleted, so that the alert can be taken back.
        `told_address` is what readers' pages were last told it leads to.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="alerts")
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=URGENCIES)
    headline = models.CharField(_("headline"), max_length=SHORT_HEADLINE_LENGTH)
    story = models.ForeignKey(
        Story,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="alerts",
    )
    told_address = models.CharField(max_length=255, blank=True, editable=False)
    raised_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    raised_at = models.DateTimeField(_("raised at"))
    until = models.DateTimeField(_("until"))
    changed_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(_("changed at"), null=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_as = models.CharField(_("ended"), max_length=10, choices=Ended.choices, blank=True)
    why = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering: ClassVar = ["-raised_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition"],
                name="newsfeed_one_alert",
                condition=models.Q(ended_at__isnull=True),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["edition", "-raised_at"], name="newsfeed_alerts_of_edition")
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def is_flash(self) -> bool:
        """Say whether it is of the highest urgency."""
        return self.urgency == Urgency.FLASH
