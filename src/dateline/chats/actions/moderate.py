"""What a moderator decides about messages, one or many at once."""

from collections.abc import Iterable

from django.db import transaction

from dateline.chats.actions.decide import approve_message, feature_message, reject_message
from dateline.chats.actions.lock import locked_message
from dateline.chats.actions.note_decision import Why, note_decision, settle, snapshot
from dateline.chats.models import Message
from dateline.chats.moderation_enums import Deed
from dateline.chats.moderation_models import Decision
from dateline.chats.moderation_rules import FITS
from dateline.people.models import Account


@transaction.atomic
def moderate(
    *, by: Account, messages: Iterable[Message], deed: Deed, why: Why | None = None
) -> list[Decision]:
    """Decide about messages: show, refuse, feature or no longer feature all of them, or none.

    Approving a message that readers see says that it stays; approving and rejecting settle its
    reports. What has become of a message meanwhile is respected: where a decision does not fit any
    more, none is noted.

    Records: ModerationDecided for each, and what readers see of it: MessageApproved,
    MessageRemoved, MessageRejected or MessageFeatured.
    """
    decided = (_decide(by, message, deed, why or Why()) for message in messages)
    return [decision for decision in decided if decision is not None]


def _decide(by: Account, message: Message, deed: Deed, why: Why) -> Decision | None:
    message = locked_message(message)
    if message.state not in FITS[deed]:
        return None
    before = snapshot(message)
    if deed == Deed.APPROVE:
        approve_message(by=by, message=message)
    elif deed == Deed.REJECT:
        reject_message(by=by, message=message, why=why.ground)
    else:
        feature_message(by=by, message=message, is_featured=deed == Deed.FEATURE)
    decision = note_decision(by=by, deed=deed, message=message, why=why, before=before)
    if deed in {Deed.APPROVE, Deed.REJECT}:
        settle(message, decision)
    return decision
