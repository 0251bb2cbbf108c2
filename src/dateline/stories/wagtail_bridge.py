"""Where Wagtail's own paths meet the journal: the only signals in the house.

Wagtail publishes, unpublishes and deletes on many paths (edit, bulk, schedule, workflow, code) and
its picture screens save by themselves. Its signals and Django's are taken here, inside the
transaction of the change, and handed to actions: an action that raises undoes the change.
"""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save, pre_delete
from wagtail.models import Revision
from wagtail.signals import published, unpublished

from dateline.media.actions import tell_picture_changed
from dateline.media.models import Picture
from dateline.people.acting import who_acts
from dateline.stories.actions import note_deletion, note_publication, note_withdrawal
from dateline.stories.models import Story


def connect() -> None:
    """Start listening; called once when the app is ready."""
    published.connect(_published, sender=Story)
    unpublished.connect(_unpublished, sender=Story)
    pre_delete.connect(_deleted, sender=Story)
    post_save.connect(_picture_changed, sender=Picture)
    pre_delete.connect(_picture_changed, sender=Picture)


def _published(*, instance: Story, revision: Revision, **_: Any) -> None:
    note_publication(by=who_acts() or revision.user, story=instance, revision=revision)


def _unpublished(*, instance: Story, **_: Any) -> None:
    note_withdrawal(by=who_acts(), story=instance)


def _deleted(*, instance: Story, **_: Any) -> None:
    note_deletion(by=who_acts(), story=instance)


def _picture_changed(*, instance: Picture, **_: Any) -> None:
    with transaction.atomic():
        tell_picture_changed(by=who_acts(), picture=instance)
