"""What readers reported, what moderators decided, and what follows for a reader."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.chats.moderation_enums import Deed, Ground, Law, WordSort
from dateline.people.models import Account

KEY_LENGTH = 22
"""Letters of the key by which a person without an account comes back to a notice or decision."""


class Decision(models.Model):
    """One act of moderation: who, what, about which message or reader, and why.

    Shape: `by` is None for a rule. `ground` and `statement` are told to the reader it concerns,
        `note` stays with the moderators. `before` holds a message as it was, for undoing. `key`
        leads the reader to the statement of reasons, `seen_at` is when they said that it was read.
        `is_found_by_rule` says that a phase had found
        what was decided upon.
    """

    deed = models.CharField(_("decision"), max_length=10, choices=Deed.choices)
    message = models.ForeignKey(
        "chats.Message", null=True, on_delete=models.CASCADE, related_name="decisions"
    )
    reader = models.ForeignKey(
        "readers.Reader", null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("at"))
    ground = models.CharField(_("ground"), max_length=10, choices=Ground.choices, blank=True)
    statement = models.TextField(_("statement"), blank=True)
    note = models.TextField(_("note"), blank=True)
    is_found_by_rule = models.BooleanField(default=False)
    key = models.CharField(max_length=KEY_LENGTH, unique=True, editable=False)
    before = models.JSONField(null=True)
    seen_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["-at"], name="decisions_by_time"),
            models.Index(fields=["reader", "-at"], name="decisions_of_reader"),
            models.Index(fields=["message", "-at"], name="decisions_of_message"),
        ]

    def __str__(self) -> str:
        return f"{self.get_deed_display()} {self.message or self.reader or ''}".strip()


class Report(models.Model):
    """What somebody says is wrong with a message.

    Shape: a legal notice has a `law`, `name` and `mail` of whoever gives it, also without an
        account, and is answered with a statement. `settled_by` is the decision that ended it.
        `receipt_at` is when the sender was written that it came, `told_of` the decision that they
        were written of.
    """

    message = models.ForeignKey("chats.Message", on_delete=models.CASCADE, related_name="reports")
    reader = models.ForeignKey(
        "readers.Reader", null=True, on_delete=models.SET_NULL, related_name="reports"
    )
    ground = models.CharField(_("ground"), max_length=10, choices=Ground.choices)
    text = models.TextField(_("what is wrong"), blank=True)
    at = models.DateTimeField(_("at"))
    law = models.CharField(_("law"), max_length=10, choices=Law.choices, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    mail = models.EmailField(_("mail address"), blank=True)
    key = models.CharField(max_length=KEY_LENGTH, unique=True, editable=False)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        Decision, null=True, on_delete=models.SET_NULL, related_name="settled"
    )
    receipt_at = models.DateTimeField(null=True)
    told_of = models.ForeignKey(Decision, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes: ClassVar = [
            models.Index(fields=["at"], name="reports_open", condition=Q(settled_at__isnull=True)),
            models.Index(fields=["message", "at"], name="reports_of_message"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["message", "reader"],
                name="report_once",
                condition=Q(law="", settled_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()}: {self.message}"


class Sanction(models.Model):
    """What a reader may not do for a while, by a decision.

    Shape: `kind` is one of the deeds that are sanctions; without `until` it holds until lifted.
        `pace_seconds` is the reader's own pace where it is slow.
    """

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="sanction")
    reader = models.ForeignKey("readers.Reader", on_delete=models.CASCADE, related_name="sanctions")
    kind = models.CharField(max_length=10, choices=Deed.choices)
    begins_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    pace_seconds = models.PositiveIntegerField(default=0)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        indexes: ClassVar = [
            models.Index(
                fields=["reader"], name="sanctions_in_force", condition=Q(lifted_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reader}"


class Appeal(models.Model):
    """What is said against a decision, and what somebody else than its maker answered.

    Shape: by the reader it concerns, of the `decision`; by whoever gave notice of illegal content,
        of what was decided on their `report`. `told_at` is when these were written the answer.
    """

    decision = models.OneToOneField(
        Decision, null=True, on_delete=models.CASCADE, related_name="appeal"
    )
    report = models.OneToOneField(
        Report, null=True, on_delete=models.CASCADE, related_name="appeal"
    )
    text = models.TextField(_("why it is wrong"))
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    is_granted = models.BooleanField(null=True)
    answer = models.TextField(_("answer"), blank=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        indexes: ClassVar = [
            models.Index(fields=["at"], name="appeals_open", condition=Q(answered_at__isnull=True))
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decision__isnull=True) ^ Q(report__isnull=True),
                name="appeal_of_one_side",
            )
        ]

    def __str__(self) -> str:
        return f"{_('Appeal')}: {self.about}"

    @property
    def about(self) -> Decision | None:
        """The decision it is against; None while that of a notice is undone and not made anew."""
        return self.decision if self.report is None else self.report.settled_by


class Origin(models.Model):
    """From which part of the network a reader spoke lately, as a keyed digest: no address is kept.

    Shape: `place` is made of the network's first 24 bits (48 of IPv6) and the house's secret, so
        that it can be compared and not read; rows go after a month.
    """

    reader = models.ForeignKey("readers.Reader", on_delete=models.CASCADE, related_name="origins")
    place = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reader", "place"], name="origin_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["place", "at"], name="origins_of_place"),
            models.Index(fields=["at"], name="origins_by_age"),
        ]

    def __str__(self) -> str:
        return self.place


class HouseWord(models.Model):
    """A word of the newsroom's own lists; without a language it is read in all of them."""

    written = models.CharField(_("word or phrase"), max_length=80)
    sort = models.CharField(_("what it is"), max_length=8, choices=WordSort.choices)
    language = models.CharField(_("language"), max_length=8, blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        ordering: ClassVar = ["language", "written"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["written", "language"], name="house_word_once")
        ]

    def __str__(self) -> str:
        return self.written


class TrainedModel(models.Model):
    """A trained local model, as bytes, with how it did on held-out lines; the newest counts."""

    language = models.CharField(_("language"), max_length=8)
    at = models.DateTimeField(_("trained at"))
    kept = models.BinaryField()
    threshold = models.FloatField(_("threshold"))
    precision = models.FloatField(_("precision"))
    recall = models.FloatField(_("recall"))
    false_holds = models.FloatField(_("harmless lines it held"))
    held_out = models.PositiveIntegerField(_("held-out lines"))
    examples = models.PositiveIntegerField(_("examples"))
    decisions = models.PositiveIntegerField(_("decisions of this newsroom"))

    class Meta:
        verbose_name = _("trained model")
        verbose_name_plural = _("trained models")
        ordering: ClassVar = ["language", "-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.language} {self.at:%Y-%m-%d}"

    @property
    def is_silent(self) -> bool:
        """Say whether it holds nothing yet: no score reaches its threshold."""
        return self.threshold > 1
