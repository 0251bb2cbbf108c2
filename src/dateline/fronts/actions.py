"""Composing fronts. Only publishing a front changes what readers see, and records its entry."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dateline.common import clock
from dateline.fronts.entries import FrontPublished
from dateline.fronts.enums import Slot
from dateline.fronts.errors import PlacementRefused
from dateline.fronts.models import Front, Placement
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.stories.models import Story
from dateline.topics.models import Edition, Section


def front_of(edition: Edition, section: Section | None = None) -> Front:
    """Return the front of an edition or of a section, made if there is none yet."""
    front, _made = Front.objects.get_or_create(edition=edition, section=section)
    return front


@transaction.atomic
def place(
    *,
    front: Front,
    story: Story,
    slot: Slot,
    position: int | None = None,
    times: tuple[datetime | None, datetime | None] = (None, None),
) -> Placement:
    """Place a story in a slot of the draft, at a position or at the end.

    A story stands once in a slot: placed again it moves.

    Raises:
        PlacementRefused: it belongs to another edition, or would end before it begins.
    """
    starts_at, ends_at = times
    if story.edition_id != front.edition_id:
        raise PlacementRefused(why=_("it belongs to another edition"))
    if starts_at and ends_at and ends_at <= starts_at:
        raise PlacementRefused(why=_("it would end before it begins"))
    draft = Placement.objects.filter(front=front, is_live=False, slot=slot)
    draft.filter(story=story, starts_at=starts_at, ends_at=ends_at).delete()
    if position is None:
        last = draft.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
    made = Placement(front=front, slot=slot, story=story, starts_at=starts_at, ends_at=ends_at)
    made.save()
    _put_in_order(made, position)
    return made


@transaction.atomic
def move(*, placement: Placement, slot: Slot, position: int) -> Placement:
    """Move a placement of the draft to a slot and position."""
    old_slot, placement.slot = placement.slot, slot
    placement.save(update_fields=["slot"])
    _put_in_order(placement, position)
    if old_slot != slot:
        _renumber(_slot_of(placement.front, old_slot))
    return placement


@transaction.atomic
def remove(*, placement: Placement) -> None:
    """Take a placement out of the draft; the slot fills itself."""
    front, slot = placement.front, placement.slot
    placement.delete()
    _renumber(_slot_of(front, slot))


@transaction.atomic
def publish_front(*, by: Account | None, front: Front) -> Front:
    """Make the draft what readers see.

    Records: FrontPublished.
    """
    _copy(front, from_live=False)
    front.published_at, front.published_by = clock.now(), by
    front.save(update_fields=["published_at", "published_by"])
    record(FrontPublished(edition=front.edition.code, section=front.section_id))
    return front


@transaction.atomic
def discard_draft(*, front: Front) -> None:
    """Make the draft what readers see now, again."""
    _copy(front, from_live=True)


def _copy(front: Front, *, from_live: bool) -> None:
    Placement.objects.filter(front=front, is_live=not from_live).delete()
    rows = list(Placement.objects.filter(front=front, is_live=from_live))
    for row in rows:
        row.pk, row.is_live = None, not from_live
    Placement.objects.bulk_create(rows)


def _slot_of(front: Front, slot: str) -> list[Placement]:
    rows = Placement.objects.filter(front=front, is_live=False, slot=slot)
    return list(rows.order_by("position", "pk"))


def _put_in_order(placement: Placement, position: int) -> None:
    rows = [row for row in _slot_of(placement.front, placement.slot) if row.pk != placement.pk]
    rows.insert(max(0, min(position, len(rows))), placement)
    _renumber(rows)


def _renumber(rows: list[Placement]) -> None:
    for position, row in enumerate(rows):
        row.position = position
    Placement.objects.bulk_update(rows, ["position"])
