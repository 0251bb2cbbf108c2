"""What a moderator decides about messages, one or many at once."""

from collections.abc import Iterable

from django.db import transaction

from dateline.chats.actions.decide import approve_message, feature_message, reject_message
from dateline.chats.actions.lock import locked_message
from dateline.chats.actions.note_decision import Why, note_decision, settle, snapshot
from dateline.chats.models import Message
from dateline.chats.moderation_enums import Deed
from dateline.chats.moderation_errors import StatementMissing
from dateline.chats.moderation_models import Decision
from dateline.chats.moderation_queries import open_reports
from dateline.chats.moderation_rules import FITS
from dateline.people.models import Account

_SETTLES = frozenset({Deed.APPROVE, Deed.REJECT})


@transaction.atomic
def moderate(
    *, by: Account, messages: Iterable[Message], deed: Deed, why: Why | None = None
) -> list[Decision]:
    """Decide about messages: show, refuse, feature or no longer feature all of them, or none.

    Approving a message that readers see says that it stays; approving and rejecting settle its
    reports. What has become of a message meanwhile is respected: where a decision does not fit any
    more, none is noted. What ends a notice of illegal content says why.

    Records: ModerationDecided for each, and what readers see of it: MessageApproved,
    MessageRemoved, MessageRejected or MessageFeatured.

    Raises:
        StatementMissing: a notice of illegal content would be answered without a word.
    """
    decided = (_decide(by, message, deed, why or Why()) for message in messages)
    return [decision for decision in decided if decision is not None]


def _decide(by: Account, message: Message, deed: Deed, why: Why) -> Decision | None:
    message = locked_message(message)
    if message.state not in FITS[deed]:
        return None
    if deed in _SETTLES:
        _refuse_silence(message, why)
    before = snapshot(message)
    if deed == Deed.APPROVE:
        approve_message(by=by, message=message)
    elif deed == Deed.REJECT:
        reject_message(by=by, message=message, why=why.ground)
    else:
        feature_message(by=by, message=message, is_featured=deed == Deed.FEATURE)
    decision = note_decision(by=by, deed=deed, message=message, why=why, before=before)
    if deed in _SETTLES:
        settle(message, decision)
    return decision


def _refuse_silence(message: Message, why: Why) -> None:
    """Source: Regulation (EU) 2022/2065, articles 16(5) and 17(3)."""
    notices = open_reports(is_legal=True).filter(message=message)
    if not why.statement.strip() and notices.exists():
        raise StatementMissing
