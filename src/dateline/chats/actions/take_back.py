"""Undoing a decision: the message, the reader and the reports are as they were before."""

from django.db import transaction

from dateline.chats.actions import tell
from dateline.chats.actions.decide import approve_message, feature_message
from dateline.chats.actions.lock import locked_message
from dateline.chats.actions.note_decision import Before, note_decision
from dateline.chats.entries import MessageHeld, MessageRejected
from dateline.chats.enums import MessageState
from dateline.chats.models import Message
from dateline.chats.moderation_enums import Deed
from dateline.chats.moderation_errors import NothingToUndo
from dateline.chats.moderation_models import Decision, Report, Sanction
from dateline.chats.moderation_queries import last_decision
from dateline.chats.moderation_rules import SANCTIONS, UNDOABLE
from dateline.common import clock
from dateline.people.models import Account


@transaction.atomic
def undo_decision(*, by: Account, decision: Decision) -> Decision:
    """Undo the last decision about a message, or a sanction, whoever made it.

    A message that was shown meanwhile leaves a mark where it stood, as any that is taken away.

    Records: ModerationDecided, and what readers see of it.

    Raises:
        NothingToUndo: it was undone, another was made after it, or the author deleted the message.
    """
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if decision.undone_at is not None or decision.deed not in UNDOABLE:
        raise NothingToUndo
    if decision.deed in SANCTIONS:
        _lift(decision)
    else:
        _restore(by, decision)
    decision.undone_at = clock.now()
    decision.save(update_fields=["undone_at"])
    return note_decision(by=by, deed=Deed.UNDO, message=decision.message, reader=decision.reader)


def _lift(decision: Decision) -> None:
    in_force = Sanction.objects.filter(decision=decision, lifted_at__isnull=True)
    if not in_force.update(lifted_at=clock.now()):
        raise NothingToUndo


def _restore(by: Account, decision: Decision) -> None:
    if decision.message is None or decision.before is None:
        raise NothingToUndo
    message = locked_message(decision.message)
    if message.state == MessageState.DELETED or last_decision(message) != decision:
        raise NothingToUndo
    _put_back(by, message, decision.before)
    _reopen_reports(decision)


def _put_back(by: Account, message: Message, before: Before) -> None:
    state = MessageState(before["state"])
    if state == MessageState.PUBLISHED and not message.is_readable:
        approve_message(by=by, message=message)
    elif state != message.state:
        _hide(message, state, before["why"])
    message.refresh_from_db()
    if message.is_readable and message.is_featured != before["is_featured"]:
        feature_message(by=by, message=message, is_featured=before["is_featured"])
    Message.objects.filter(pk=message.pk).update(why=before["why"])


def _hide(message: Message, state: MessageState, why: str) -> None:
    """Bring a message back into a state in which readers do not see its words."""
    tell.remove(message, state)
    if state == MessageState.HELD:
        tell.tell_message(message, MessageHeld, why=why)
    elif message.shown_as is None:
        tell.tell_message(message, MessageRejected, why=why)


def _reopen_reports(decision: Decision) -> None:
    """Have the reports that a decision ended wait again, but for those made anew meanwhile."""
    again = Report.objects.filter(message=decision.message, settled_at__isnull=True, law="")
    settled = Report.objects.filter(settled_by=decision)
    settled = settled.exclude(law="", reader__in=again.values("reader"))
    settled.update(settled_at=None, settled_by=None)
