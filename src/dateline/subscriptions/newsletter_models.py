"""Newsletters and their issues: what an editor composes, and which stories left in it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dateline.common import clock
from dateline.people.models import Account
from dateline.stories.models import Story
from dateline.subscriptions.causes import in_words
from dateline.subscriptions.enums import Source, Variant, Verdict
from dateline.subscriptions.rules import Subject
from dateline.subscriptions.trial_rules import USUAL_HOURS, USUAL_SHARE, Figures
from dateline.topics.models import Edition, Section


class Newsletter(models.Model):
    """What readers subscribe to, and an editor writes to them by.

    Shape: `slug` stands in the address of its archive; without `sender_name` it comes from the
        edition. One that is not active is offered to nobody, and its archive stays.
    """

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="newsletters"
    )
    slug = models.SlugField(
        _("address"), max_length=60, help_text=_("Part of the address, such as morning.")
    )
    title = models.CharField(pgettext_lazy("of a newsletter", "title"), max_length=80)
    tagline = models.CharField(
        _("tagline"), max_length=200, blank=True, help_text=_("One line, shown under the title.")
    )
    sender_name = models.CharField(
        _("sender"), max_length=80, blank=True, help_text=_("The name that its letters come from.")
    )
    is_active = models.BooleanField(_("offered to readers"), default=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        ordering: ClassVar = ["edition__position", "title", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="subscriptions_newsletter_address",
                violation_error_message=_("Another newsletter has this address already."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Subject:
        """Return what its subscribers follow."""
        return Subject("newsletter", str(self.pk))

    @property
    def address(self) -> str:
        """Return the page of its past issues."""
        return f"{self.edition.prefix}newsletters/{self.slug}/"


class Issue(models.Model):
    """One letter of a newsletter: a draft, then one that waits for its time, then one that left.

    Shape: `title` is the subject that stands in the list of a mail program, `preheader` what stands
        beside it, `intro` clean HTML. It waits while it has a `due_at` and no `sent_at`; until then
        it can be called back. `wall_clock`, such as `2026-12-01T07:00`, is given where the hour is
        each reader's own. `why` is the cause for which it was called back.
    """

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="issues")
    title = models.CharField(_("subject"), max_length=120, blank=True)
    preheader = models.CharField(
        _("beside the subject"),
        max_length=160,
        blank=True,
        help_text=_("What mail programs show beside the subject."),
    )
    intro = models.TextField(_("intro"), blank=True)
    sponsor = models.CharField(
        _("sponsor"), max_length=160, blank=True, help_text=_("One line, marked as paid for.")
    )
    sponsor_url = models.URLField(_("the sponsor's page"), blank=True)
    due_at = models.DateTimeField(_("leaves at"), null=True, blank=True)
    wall_clock = models.CharField(max_length=16, blank=True)
    sent_at = models.DateTimeField(_("left at"), null=True, blank=True)
    sending = models.OneToOneField(
        "subscriptions.Sending", null=True, on_delete=models.SET_NULL, related_name="issue"
    )
    why = models.CharField(max_length=60, blank=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                name="subscriptions_issues_due",
                condition=Q(sent_at__isnull=True, due_at__isnull=False),
            ),
            models.Index(
                fields=["newsletter", "-sent_at", "-id"],
                name="subscriptions_past_issues",
                condition=Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Without a subject"))

    @property
    def why_stayed(self) -> str:
        """Return why it was called back, in the language of whoever looks."""
        return in_words(self.why)

    @property
    def version(self) -> str:
        """Return what a form remembers it began from: another one once the issue was composed."""
        return self.changed_at.isoformat()

    @property
    def is_waiting(self) -> bool:
        """Say whether it leaves at its time unless somebody calls it back."""
        return self.due_at is not None and self.sent_at is None

    @property
    def is_draft(self) -> bool:
        """Say whether it has not left, and nobody has sent it."""
        return self.due_at is None and self.sent_at is None

    @property
    def address(self) -> str:
        """Return where it is read on the site, once it has left."""
        return f"{self.newsletter.address}{self.pk}/"


class IssuePart(models.Model):
    """A part of an issue: a heading over stories that were chosen, or that fill themselves."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField(default=0)
    heading = models.CharField(_("heading"), max_length=80, blank=True)
    source = models.CharField(
        _("stories"), max_length=10, choices=Source.choices, default=Source.CHOSEN
    )
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    most = models.PositiveSmallIntegerField(_("at most"), default=5)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.heading or str(self.get_source_display())


class IssueStory(models.Model):
    """A story in a part: as it was chosen, and, once the issue has left, as everybody got it.

    Shape: `is_left_out` says that readers might not see it any more and somebody had the rest go on
        without it.
    """

    part = models.ForeignKey(IssuePart, on_delete=models.CASCADE, related_name="stories")
    position = models.PositiveSmallIntegerField(default=0)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    is_left_out = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.part_id}: {self.story_id}"


class Trial(models.Model):
    """A second subject of an issue: both are tried on a share, and the rest gets the better one.

    Shape: `title` is the subject that its issue does not have: the second, or the first once the
        second won and took its place, so that all who name the issue name it as most know it.
        `share` is in percent, half for each subject; `hours` is how long the rest waits.
        `decides_at` is given once the issue leaves while opens are counted; `won`, `verdict` and
        the four figures once it is decided.
    """

    issue = models.OneToOneField(Issue, on_delete=models.CASCADE, related_name="trial")
    title = models.CharField(max_length=120)
    share = models.PositiveSmallIntegerField(default=USUAL_SHARE)
    hours = models.PositiveSmallIntegerField(default=USUAL_HOURS)
    decides_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    won = models.CharField(max_length=6, choices=Variant.choices, blank=True)
    verdict = models.CharField(max_length=4, choices=Verdict.choices, blank=True)
    first_sent = models.PositiveIntegerField(default=0)
    first_opened = models.PositiveIntegerField(default=0)
    second_sent = models.PositiveIntegerField(default=0)
    second_opened = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["decides_at"],
                name="subscriptions_trials_due",
                condition=Q(decided_at__isnull=True, decides_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        """Say whether letters of it are counted now."""
        return self.decides_at is not None and self.decided_at is None

    @property
    def subjects(self) -> dict[Variant, str]:
        """Return both subjects, each as what it was tried as."""
        both = (self.issue.title, self.title)
        first, second = reversed(both) if self.won == Variant.SECOND else both
        return {Variant.FIRST: first, Variant.SECOND: second}

    @property
    def figures(self) -> dict[Variant, Figures]:
        """Return how both did, once it is decided."""
        return {
            Variant.FIRST: Figures(self.first_sent, self.first_opened),
            Variant.SECOND: Figures(self.second_sent, self.second_opened),
        }
