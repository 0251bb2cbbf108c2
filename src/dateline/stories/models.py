"""Stories and what has happened to them."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)

from dateline.journal.turn import take_turn
from dateline.media.models import Picture
from dateline.people.models import Account, Person
from dateline.stories.blocks import BodyBlock
from dateline.stories.enums import End, Kind, Role, Urgency
from dateline.stories.rules import story_path
from dateline.topics.models import Edition, Section, Storyline, Topic


class Story(
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    ClusterableModel,
):
    """One piece of journalism, any kind.

    What is not editable (`slug`, `version` and the times readers see) belongs to the story as a
    whole, not to one revision of it: it is set by actions and no draft carries it back.
    `announced_as` is the number of the journal's entry that told readers of it, which is its place
    in the newsfeed: None for what they do not see, and for stories of the past that nobody was
    told of.
    """

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="stories"
    )
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.PROTECT, related_name="stories"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.NEWS)
    urgency = models.PositiveSmallIntegerField(
        _("urgency"), choices=Urgency.choices, default=Urgency.NORMAL
    )
    headline = models.CharField(_("headline"), max_length=255)
    short_headline = models.CharField(
        _("short headline"),
        max_length=60,
        blank=True,
        help_text=_("For the newsfeed and alerts; taken from the headline if empty."),
    )
    slugline = models.CharField(
        _("slugline"),
        max_length=80,
        blank=True,
        help_text=_("The desk's working name, such as kosovo-talks."),
    )
    kicker = models.CharField(
        _("kicker"), max_length=80, blank=True, help_text=_("The words above the headline.")
    )
    standfirst = models.TextField(
        _("standfirst"), blank=True, help_text=_("The summary under the headline.")
    )
    dateline_place = models.CharField(
        _("dateline: place"), max_length=120, blank=True, help_text=_("As printed, such as BRDO.")
    )
    dateline_date = models.DateField(_("dateline: date"), null=True, blank=True)
    dateline_agency = models.CharField(_("dateline: agency"), max_length=80, blank=True)
    language = models.CharField(
        _("language"), max_length=20, blank=True, help_text=_("BCP 47; the edition's if empty.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    lead_picture = models.ForeignKey(
        Picture,
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_caption = models.TextField(
        _("lead caption"), blank=True, help_text=_("Instead of the picture's own caption.")
    )
    editors_note = models.TextField(
        _("editor's note"), blank=True, help_text=_("Shown to readers under the story.")
    )
    note_to_editors = models.TextField(
        _("note to editors"), blank=True, help_text=_("For the desk only; never published.")
    )
    source = models.CharField(
        _("source"), max_length=120, blank=True, help_text=_("Where the copy came from.")
    )
    translation_of = models.ForeignKey(
        "self",
        verbose_name=_("translation of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The story of another edition that this one translates."),
    )
    storyline = models.ForeignKey(
        Storyline,
        verbose_name=_("storyline"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        db_index=False,
        related_name="stories",
        help_text=_("The running story that this one is a part of."),
    )
    translation_key = models.UUIDField(null=True, blank=True, editable=False)
    slug = models.CharField(max_length=80, blank=True, editable=False)
    published_at = models.DateTimeField(
        _("published at"), null=True, blank=True, editable=False, db_index=False
    )
    updated_at = models.DateTimeField(_("updated at"), null=True, blank=True, editable=False)
    corrected_at = models.DateTimeField(_("corrected at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    announced_as = models.BigIntegerField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    preview_modes: ClassVar = PreviewableMixin.DEFAULT_PREVIEW_MODES

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["edition", "live", "published_at", "id"], name="story_by_edition"),
            models.Index(fields=["section", "live", "published_at", "id"], name="story_by_section"),
            models.Index(
                fields=["section", "kind", "live", "published_at", "id"], name="story_by_kind"
            ),
            models.Index(
                fields=["storyline", "live", "published_at", "id"],
                name="story_by_storyline",
                condition=models.Q(storyline__isnull=False),
            ),
            models.Index(fields=["changed_at", "id"], name="story_by_change"),
            models.Index(
                fields=["edition", "live", "announced_as"],
                name="story_by_announcement",
                condition=models.Q(announced_as__isnull=False),
            ),
            models.Index(
                fields=["expire_at"],
                name="story_by_expiry",
                condition=models.Q(expire_at__isnull=False),
            ),
            models.Index(
                fields=["translation_key"],
                name="story_by_translation",
                condition=models.Q(translation_key__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or gettext("Story without a headline")

    @property
    def address(self) -> str:
        """Return the permanent address, or an empty text before the first publication."""
        if self.published_at is None:
            return ""
        path = story_path(published_at=self.published_at, slug=self.slug, number=self.pk)
        return f"{self.edition.prefix}{path}"

    @property
    def section_address(self) -> str:
        """Return the address of the section it stands in, without asking for its edition again."""
        return f"{self.edition.prefix}{self.section.path}/"

    def get_absolute_url(self) -> str:
        """Return the address for Wagtail's "View live" links."""
        return self.address

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Rebuild a revision, keeping what belongs to the story as a whole."""
        rebuilt: Self = super().with_content_json(content)
        rebuilt.slug, rebuilt.published_at = self.slug, self.published_at
        rebuilt.updated_at, rebuilt.made_at = self.updated_at, self.made_at
        rebuilt.corrected_at, rebuilt.version = self.corrected_at, self.version
        rebuilt.translation_key, rebuilt.announced_as = self.translation_key, self.announced_as
        rebuilt.live_revision_id, rebuilt.expired = self.live_revision_id, self.expired
        rebuilt.last_published_at = self.last_published_at
        return rebuilt

    def locked_row(self) -> Self:
        """Return the row as it stands now, kept from other writers until the transaction ends.

        Order: the journal's turn is taken first, as everywhere, so that nobody waits in a circle.
        """
        take_turn()
        rows = type(self)._default_manager.select_for_update(no_key=True)
        row: Self = rows.get(pk=self.pk)
        return row

    @transaction.atomic
    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish a revision in one transaction with what the bridge records.

        What belongs to the whole story is taken from its row: this object may be older than what
        another transaction has just done.
        """
        revision.content_object = self.locked_row()
        super().publish(revision, *args, **kwargs)

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Unpublish the row as it stands now, in one transaction with what the bridge records."""
        row = self.locked_row()
        super(Story, row).unpublish(*args, **kwargs)
        for name in ("live", "has_unpublished_changes", "live_revision_id", "expired"):
            setattr(self, name, getattr(row, name))

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete in one transaction with what the bridge records."""
        deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        return deleted

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Take the edition from the section: a story always stands in its section's edition."""
        if self.section_id is not None:
            self.edition_id = self.section.edition_id
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a storyline of another edition.

        Raises:
            ValidationError: the storyline's edition is not that of the section.
        """
        super().clean()
        if self.storyline is not None and self.storyline.edition_id != self.edition_id:
            text = gettext("That storyline belongs to another edition.")
            raise ValidationError({"storyline": text})

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Render the draft as its page, by the reader's own view."""
        render = import_string(settings.DATELINE_PREVIEW)
        response: HttpResponse = render(request, self)
        return response


class Byline(models.Model):
    """One person of a story, in print order.

    Carries the story's time so that the list of what a person wrote is one index walk.
    """

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="bylines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bylines")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.WRITER)
    sort_order = models.IntegerField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    sort_order_field = "sort_order"

    class Meta:
        ordering: ClassVar = ["sort_order", "id"]
        indexes: ClassVar = [
            models.Index(fields=["person", "published_at", "story"], name="byline_list")
        ]

    def __str__(self) -> str:
        return str(self.person)


class StoryTopic(models.Model):
    """What a story is about; carries the story's time so that a topic's list is one index walk."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="story_topics")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="story_topics")
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["topic", "published_at", "story"], name="story_topic_list")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "topic"], name="story_topic_once")
        ]

    def __str__(self) -> str:
        return str(self.topic)


class Version(models.Model):
    """A published state of a story, numbered from 1."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    headline = models.CharField(max_length=255)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["story", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "number"], name="stories_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.headline} v{self.number}"


class Act(models.Model):
    """Something a person did to a story: who, when, why; and who ended it, when."""

    by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    why = models.TextField(_("why"), blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        abstract = True


class Embargo(Act):
    """Not before `until`; without it, not before a person lifts the embargo.

    The scheduler writes `lifted_at` when the time has come, so that a clock that is set back later
    does not take a released story away again.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="embargoes")
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["until"], name="embargo_due", condition=models.Q(lifted_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"until {self.until or 'lifted'}"


class Hold(Act):
    """Kept from readers until a person lifts it."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="holds")

    def __str__(self) -> str:
        return self.why


class Correction(Act):
    """What was wrong in a published story and what is right, as readers are told."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="corrections")
    text = models.TextField(_("text"))

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return self.text


class Ending(Act):
    """A published story left the reader's reach; its address says so with 410.

    Kept apart from the story's row, by its number: it outlives a deletion. `why` is the desk's own,
    and may be for lawyers alone; `notice` is what readers are told.
    """

    notice = models.TextField(
        _("notice"), blank=True, help_text=_("Shown to readers at the story's address.")
    )
    kind = models.CharField(max_length=10, choices=End.choices)
    story_number = models.BigIntegerField(db_index=True)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.story_number}"


class Refusal(Act):
    """A publication at a set time was refused; it left the schedule, and the Desk shows why.

    It is over when the story is published or scheduled again.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="refusals")
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.why


class OldAddress(models.Model):
    """An address of an earlier system that leads to a story for ever, also to a deleted one's 410.

    Shape: `path` begins with a slash, is decoded, and has its query as it came: `/index.php?id=7`.
    """

    path = models.CharField(max_length=500, unique=True)
    story = models.ForeignKey(
        Story, on_delete=models.DO_NOTHING, db_constraint=False, related_name="old_addresses"
    )

    def __str__(self) -> str:
        return self.path


class StoryMonth(models.Model):
    """What the sitemap must know of a month of an edition without reading its stories.

    `stories` counts first publications, so it may be more than what is left; `changed_at` is when
    a story of the month last appeared, changed or went. An effect keeps the row, up to entry `seq`.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    month = models.CharField(max_length=6)
    stories = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    seq = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "month"], name="stories_month_once")
        ]

    def __str__(self) -> str:
        return self.month
