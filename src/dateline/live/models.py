"""Live coverage, its posts, and who did what to them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from dateline.live.blocks import PostBlock
from dateline.live.enums import Deed, Order, PostState
from dateline.media.models import Picture
from dateline.people.models import Account, Person
from dateline.stories.models import Story


class LiveStory(models.Model):
    """The coverage of one story of kind live, made with its first use.

    Shape: `summary` is a list of sentences as clean inline HTML. `template` names a coverage that
        others are opened from. `changed_at` is when readers were last told anything of it.
    """

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="live_story")
    opened_at = models.DateTimeField(_("opened at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)
    order = models.CharField(_("order"), max_length=8, choices=Order.choices, default=Order.NEWEST)
    summary = models.JSONField(_("what we know"), default=list, blank=True)
    summary_at = models.DateTimeField(null=True, blank=True)
    template = models.CharField(
        _("template"),
        max_length=80,
        blank=True,
        help_text=_("A name, if other coverages are opened from this one."),
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )

    class Meta:
        verbose_name = _("live coverage")
        verbose_name_plural = _("live coverages")
        indexes: ClassVar = [
            models.Index(
                fields=["template"], name="live_templates", condition=~models.Q(template="")
            )
        ]

    def __str__(self) -> str:
        return str(self.story)

    @property
    def is_running(self) -> bool:
        """Say whether it goes on."""
        return self.closed_at is None


class LivePost(models.Model):
    """One post of a coverage.

    Shape: `key` names it in addresses for ever, in whatever coverage it stands; `client_key` is the
        writing screen's own name for it, so that what is sent twice is written once. `byline` is
        how it is signed where no person is named. `published_at` is taken once. `version` counts
        the states of its words, and of what readers saw.
    """

    live_story = models.ForeignKey(LiveStory, on_delete=models.CASCADE, related_name="posts")
    key = models.CharField(max_length=12, unique=True, editable=False)
    client_key = models.CharField(max_length=64, null=True, blank=True, editable=False)  # noqa: DJ001 - unique where given
    headline = models.CharField(_("headline"), max_length=255, blank=True)
    body = StreamField(PostBlock(), verbose_name=_("text"), blank=True)
    author = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("byline"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    byline = models.CharField(_("signed"), max_length=120, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=PostState.choices, default=PostState.DRAFT
    )
    is_key = models.BooleanField(_("key event"), default=False)
    is_pinned = models.BooleanField(_("pinned"), default=False)
    scheduled_for = models.DateTimeField(_("scheduled for"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    edited_at = models.DateTimeField(_("edited at"), null=True, blank=True)
    correction = models.TextField(_("correction"), blank=True)
    corrected_at = models.DateTimeField(_("corrected at"), null=True, blank=True)
    promoted_to = models.ForeignKey(
        Story, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("live post")
        verbose_name_plural = _("live posts")
        permissions: ClassVar = [("publish_livepost", "Can publish live posts")]
        indexes: ClassVar = [
            models.Index(fields=["live_story", "state", "published_at", "id"], name="live_page"),
            models.Index(
                fields=["live_story", "published_at", "id"],
                name="live_key_events",
                condition=models.Q(is_key=True, state="published"),
            ),
            models.Index(
                fields=["scheduled_for"],
                name="live_due",
                condition=models.Q(state="scheduled"),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["live_story", "client_key"], name="live_post_once"),
            models.UniqueConstraint(
                fields=["live_story"],
                name="live_one_pinned",
                condition=models.Q(is_pinned=True, state="published"),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or self.key


class LiveDeed(models.Model):
    """What somebody did to a post, or to a coverage as a whole: who, when, why.

    Shape: `before` holds a post's fields as they were, for as long as the deed may be undone.
    """

    live_story = models.ForeignKey(LiveStory, on_delete=models.CASCADE, related_name="deeds")
    post = models.ForeignKey(LivePost, null=True, on_delete=models.CASCADE, related_name="deeds")
    deed = models.CharField(max_length=10, choices=Deed.choices)
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    why = models.TextField(blank=True)
    before = models.JSONField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_deed_display()} {self.post or self.live_story}"


class AtDesk(models.Model):
    """Somebody who has the writing screen of a coverage open.

    Shape: `seen_at` is when their screen last spoke, `wrote_at` when they last typed.
    """

    live_story = models.ForeignKey(LiveStory, on_delete=models.CASCADE, related_name="desk")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    wrote_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["live_story", "account"], name="live_at_desk_once")
        ]

    def __str__(self) -> str:
        return f"{self.account} at {self.live_story}"


class PostPicture(models.Model):
    """A picture in a post that readers were shown."""

    post = models.ForeignKey(LivePost, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "picture"], name="live_picture_once")
        ]

    def __str__(self) -> str:
        return f"picture {self.picture_id} in post {self.post_id}"
