"""Accounts that log in, and people whose names stand over stories."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Account(AbstractUser):
    """Somebody who logs in: a reader, or a member of staff (`is_staff`)."""

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")


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
