"""Accounts that log in, and people whose names stand over stories."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.common import clock


class Account(AbstractUser):
    """Somebody who logs in: a reader, or a member of staff (`is_staff`)."""

    may_enter_by_password = models.BooleanField(
        _("may enter without a second factor"),
        default=False,
        help_text=_("For the account of a demonstration; others of the staff need one."),
    )

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")


class Session(AbstractBaseSession):
    """Somebody's browser while it is logged in: whose, and what its owner knows it by.

    One row with its account is all that is asked of the database to know who a reader is; when the
    account goes, its sessions go with it.
    """

    account = models.ForeignKey(
        Account, null=True, on_delete=models.CASCADE, related_name="sessions"
    )
    agent = models.CharField(max_length=200, blank=True, help_text="As the browser named itself.")
    address = models.CharField(max_length=45, blank=True, help_text="Where it logged in from.")
    began_at = models.DateTimeField(default=clock.now)


class Letter(models.Model):
    """A mail on its way: gone from here when a mail server has taken it, or nobody would.

    Shape: `about` names what it tells of, so that it can be dropped before it leaves.
    Order: by `due_at`, the time of the next try.
    """

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    due_at = models.DateTimeField(default=clock.now, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    about = models.CharField(max_length=60, blank=True, db_index=True)

    def __str__(self) -> str:
        return self.subject


class Person(models.Model):
    """Somebody a byline names. Needs no login: many who are named never had one."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("address"), max_length=120, unique=True, help_text=_("Part of the page's address.")
    )
    title = models.CharField(
        _("title"), max_length=120, blank=True, help_text=_("Such as Diplomatic editor.")
    )
    description = models.TextField(
        _("about"), blank=True, help_text=_("A sentence or two, shown with the name.")
    )
    portrait = models.ForeignKey(
        "media.Picture",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    account = models.OneToOneField(
        Account,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class OldPersonSlug(models.Model):
    """A slug a person's page once had; its address redirects for ever."""

    slug = models.SlugField(max_length=120, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="old_slugs")

    def __str__(self) -> str:
        return self.slug
