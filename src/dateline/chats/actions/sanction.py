"""What a reader may not do for a while: a warning, a slower pace, a suspension, a ban."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.chats.actions.note_decision import Why, note_decision
from dateline.chats.models import Message
from dateline.chats.moderation_enums import Deed, Ground
from dateline.chats.moderation_errors import NothingToUndo, SanctionRefused
from dateline.chats.moderation_models import Decision, Sanction
from dateline.chats.moderation_rules import SANCTIONS
from dateline.common import clock
from dateline.people.models import Account
from dateline.readers.models import Reader

LONGEST_PACE = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a sanction is: which, until when, at which pace, and why."""

    deed: Deed
    until: datetime | None = None
    pace_seconds: int = 0
    why: Why = field(default_factory=Why)


@transaction.atomic
def sanction_reader(
    *, by: Account, reader: Reader, terms: Terms, message: Message | None = None
) -> Sanction:
    """Sanction a reader; one of the same kind that is in force gives way to the new one.

    Records: ModerationDecided.

    Raises:
        SanctionRefused: a member of staff, a suspension without an end, a pace of nothing, or a
            shadow for anything but spam.
    """
    now = clock.now()
    if reader.account.is_staff:
        raise SanctionRefused(why=_("a member of staff is not sanctioned here"))
    if terms.deed not in SANCTIONS:
        raise SanctionRefused(why=_("it is no sanction"))
    _refuse(terms, now)
    same = Sanction.objects.filter(reader=reader, kind=terms.deed, lifted_at__isnull=True)
    same.update(lifted_at=now)
    decision = note_decision(by=by, deed=terms.deed, message=message, reader=reader, why=terms.why)
    return Sanction.objects.create(
        decision=decision,
        reader=reader,
        kind=terms.deed,
        begins_at=now,
        until=terms.until,
        pace_seconds=terms.pace_seconds if terms.deed == Deed.SLOW else 0,
    )


def _refuse(terms: Terms, now: datetime) -> None:
    if terms.deed == Deed.SUSPEND and terms.until is None:
        raise SanctionRefused(why=_("say until when; without an end it is a ban"))
    if terms.until is not None and terms.until <= now:
        raise SanctionRefused(why=_("it would end before it begins"))
    if terms.deed == Deed.SLOW and not 0 < terms.pace_seconds <= LONGEST_PACE:
        raise SanctionRefused(why=_("say how many seconds between two messages, at most a day"))
    if terms.deed == Deed.SHADOW and terms.why.ground != Ground.SPAM:
        told = _("messages are hidden from others without a word for spam alone")
        raise SanctionRefused(why=told)


@transaction.atomic
def lift_sanction(*, by: Account, sanction: Sanction, why: Why | None = None) -> Decision:
    """End a sanction before its time.

    Records: ModerationDecided.

    Raises:
        NothingToUndo: it is lifted already.
    """
    now = clock.now()
    in_force = Sanction.objects.filter(pk=sanction.pk, lifted_at__isnull=True)
    if not in_force.update(lifted_at=now):
        raise NothingToUndo
    return note_decision(by=by, deed=Deed.LIFT, reader=sanction.reader, why=why)


@transaction.atomic
def write_note(
    *, by: Account, reader: Reader, text: str, message: Message | None = None
) -> Decision:
    """Write a note about a reader, for colleagues.

    Records: ModerationDecided.
    """
    return note_decision(
        by=by, deed=Deed.NOTE, reader=reader, message=message, why=Why(note=text.strip()[:2000])
    )


@transaction.atomic
def see_decision(*, by: Reader, key: str) -> None:
    """Note that a reader has read what was decided about them; of others' nothing happens."""
    own = Decision.objects.filter(key=key, reader=by, seen_at__isnull=True)
    own.update(seen_at=clock.now())
