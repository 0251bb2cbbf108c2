"""Where stories stand (editions, sections), what they are about (topics) and tell (storylines).

Plain models, not Wagtail pages: docs/decisions/0003 says why.
"""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from dateline.common.hours import HOURS
from dateline.topics.enums import Direction, TopicKind

_CODE = RegexValidator(r"^[a-z][a-z0-9-]*$", _("Lower-case letters, digits and hyphens."))
_HOURS = RegexValidator(HOURS, _("Write it as 08:00-22:00."))
_MEDIA_TOPIC = RegexValidator(r"^medtop:\d{8}$", _("Write it as medtop:04000000."))
_WIKIDATA = RegexValidator(r"^Q[1-9]\d{0,11}$", _("Write it as Q42."))


class Edition(models.Model):
    """A site in one language. The default edition has no prefix in its addresses."""

    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        validators=[_CODE],
        help_text=_("Stands in addresses and in the journal, such as en or ru."),
    )
    name = models.CharField(_("name"), max_length=80)
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    agency = models.CharField(
        _("agency"), max_length=80, help_text=_("The name that stands in a dateline.")
    )
    language = models.CharField(_("language"), max_length=20, help_text=_("BCP 47, such as en."))
    direction = models.CharField(
        _("direction"), max_length=3, choices=Direction.choices, default=Direction.LTR
    )
    timezone = models.CharField(_("time zone"), max_length=40, default="UTC")
    is_default = models.BooleanField(_("default edition"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="topics_one_default_edition",
                violation_error_message=_("Another edition is the default one already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def prefix(self) -> str:
        """Return what stands before every address of this edition: `/` or `/ru/`."""
        return "/" if self.is_default else f"/{self.code}/"


class Section(models.Model):
    """Part of a site. Sections nest; `path` is the address below the edition."""

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="sections"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    name = models.CharField(_("name"), max_length=80)
    tagline = models.CharField(
        _("tagline"), max_length=200, blank=True, help_text=_("One line, shown under the name.")
    )
    slug = models.SlugField(
        _("address"), max_length=60, help_text=_("Part of the address, such as world.")
    )
    path = models.CharField(max_length=250, editable=False)
    shared_key = models.SlugField(
        _("shared key"),
        max_length=120,
        blank=True,
        db_index=False,
        help_text=_(
            "The same in each edition for what is the same section; the address path if empty."
        ),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    opens_chats = models.BooleanField(
        _("chats open by themselves"),
        default=True,
        help_text=_("Otherwise a moderator opens the chat of a story here by hand."),
    )
    chat_hours = models.CharField(
        _("hours of its chats"),
        max_length=11,
        blank=True,
        validators=[_HOURS],
        help_text=_(
            "When its new chats take messages, such as 08:00-22:00; empty for the newsroom's own."
        ),
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering: ClassVar = ["edition", "position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "path"],
                name="topics_section_path",
                violation_error_message=_("Another section has this address already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Return the section's address on the site."""
        return f"{self.edition.prefix}{self.path}/"


class OldSectionPath(models.Model):
    """A path a section once had; it redirects for ever."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE)
    path = models.CharField(max_length=250)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="old_paths")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "path"], name="topics_old_section_path")
        ]

    def __str__(self) -> str:
        return self.path


class Topic(ClusterableModel):
    """What a story is about."""

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="topics"
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=TopicKind.choices, default=TopicKind.SUBJECT
    )
    name = models.CharField(_("name"), max_length=120)
    initial = models.CharField(max_length=4, editable=False)
    slug = models.SlugField(_("address"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    picture = models.ForeignKey(
        "media.Picture",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    media_topic = models.CharField(
        _("IPTC Media Topic"),
        max_length=15,
        blank=True,
        validators=[_MEDIA_TOPIC],
        help_text=_("Code of the subject in the IPTC vocabulary, such as medtop:11000000."),
    )
    wikidata_id = models.CharField(
        _("Wikidata"),
        max_length=13,
        blank=True,
        validators=[_WIKIDATA],
        help_text=_("Number of the item, such as Q42."),
    )
    shared_key = models.SlugField(
        _("shared key"),
        max_length=120,
        blank=True,
        db_index=False,
        help_text=_("The same in each edition for what is the same topic."),
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering: ClassVar = ["name"]
        indexes: ClassVar = [
            models.Index(fields=["edition", "initial", "name", "id"], name="topic_index"),
            models.Index(fields=["edition", "kind", "initial", "name"], name="topic_index_by_kind"),
            models.Index(
                fields=["shared_key"],
                name="topic_by_shared_key",
                condition=~models.Q(shared_key=""),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="topics_topic_slug",
                violation_error_message=_("Another topic has this address already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Return the topic's address on the site."""
        return f"{self.edition.prefix}topics/{self.slug}/"


class TopicAlias(models.Model):
    """Another name of a topic, in any language: it is shown, searched, and matched on the wire."""

    topic = ParentalKey(Topic, on_delete=models.CASCADE, related_name="aliases")
    language = models.CharField(
        _("language"), max_length=20, blank=True, help_text=_("BCP 47; the edition's if empty.")
    )
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering: ClassVar = ["language", "name"]
        indexes: ClassVar = [models.Index(fields=["name"], name="topic_alias_name")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["topic", "language", "name"],
                name="topics_alias_once",
                violation_error_message=_("This alias is there already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class OldTopicSlug(models.Model):
    """A slug a topic once had; its address redirects for ever."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE)
    slug = models.SlugField(max_length=120)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="old_slugs")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "slug"], name="topics_old_topic_slug")
        ]

    def __str__(self) -> str:
        return self.slug


class Storyline(models.Model):
    """A running story: the stories that belong together, told in the order of time."""

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="storylines"
    )
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=120)
    standfirst = models.TextField(
        _("standfirst"), blank=True, help_text=_("What it is about, in two or three sentences.")
    )
    shared_key = models.SlugField(
        _("shared key"),
        max_length=120,
        blank=True,
        db_index=False,
        help_text=_("The same in each edition for what is the same storyline."),
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("storyline")
        verbose_name_plural = _("storylines")
        ordering: ClassVar = ["name"]
        indexes: ClassVar = [
            models.Index(
                fields=["shared_key"],
                name="storyline_by_shared_key",
                condition=~models.Q(shared_key=""),
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="topics_storyline_slug",
                violation_error_message=_("Another storyline has this address already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Return the storyline's address on the site."""
        return f"{self.edition.prefix}storylines/{self.slug}/"

    @property
    def is_running(self) -> bool:
        """Say whether more is to come."""
        return self.ended_at is None


class OldStorylineSlug(models.Model):
    """A slug a storyline once had; its address redirects for ever."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE)
    slug = models.SlugField(max_length=120)
    storyline = models.ForeignKey(Storyline, on_delete=models.CASCADE, related_name="old_slugs")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "slug"], name="topics_old_storyline_slug")
        ]

    def __str__(self) -> str:
        return self.slug
