"""Appeals: a reader says that a decision is wrong, a person answers."""

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.chats.actions.decide import approve_message
from dateline.chats.actions.note_decision import Why, note_decision
from dateline.chats.actions.take_back import undo_decision
from dateline.chats.enums import MessageState
from dateline.chats.moderation_entries import AppealChanged
from dateline.chats.moderation_enums import Deed
from dateline.chats.moderation_errors import AlreadyAnswered, AppealRefused, NothingToUndo
from dateline.chats.moderation_models import Appeal, Decision
from dateline.chats.moderation_rules import SANCTIONS, may_appeal
from dateline.common import clock
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.readers.models import Reader

MOST_LETTERS = 4000


@transaction.atomic
def appeal(*, by: Reader, decision: Decision, text: str) -> Appeal:
    """Say that a decision about oneself is wrong.

    Records: AppealChanged.

    Raises:
        AppealRefused: it concerns somebody else, it is too late, it was said before, or nothing is.
    """
    decision, now = Decision.objects.select_for_update().get(pk=decision.pk), clock.now()
    why_not = _why_not(by, decision, text)
    if not why_not and not may_appeal(deed=decision.deed, decided_at=decision.at, now=now):
        why_not = _("its time is over")
    if why_not:
        raise AppealRefused(why=why_not)
    made = Appeal.objects.create(decision=decision, text=text.strip()[:MOST_LETTERS], at=now)
    record(AppealChanged(edition="", decision=decision.pk))
    return made


def _why_not(by: Reader, decision: Decision, text: str) -> str:
    if decision.reader_id != by.pk:
        return _("the decision is not about you")
    if decision.undone_at is not None:
        return _("the decision was undone")
    if Appeal.objects.filter(decision=decision).exists():
        return _("you have appealed before")
    return "" if text.strip() else _("write why the decision is wrong")


@transaction.atomic
def answer_appeal(*, by: Account, appeal: Appeal, is_granted: bool, answer: str) -> Appeal:
    """Answer an appeal; granting it undoes the decision and shows the message that it was about.

    Records: AppealChanged and ModerationDecided, and what readers see of it.

    Raises:
        AlreadyAnswered: somebody has.
        NothingToUndo: it is granted, and another decision keeps the message away.
    """
    locked = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if locked.answered_at is not None:
        raise AlreadyAnswered
    decision = locked.decision
    if is_granted:
        _undo(by, decision)
    locked.answered_at, locked.answered_by = clock.now(), by
    locked.is_granted, locked.answer = is_granted, answer.strip()[:MOST_LETTERS]
    locked.save()
    deed = Deed.GRANT if is_granted else Deed.REFUSE
    why = Why(statement=locked.answer)
    note_decision(by=by, deed=deed, message=decision.message, reader=decision.reader, why=why)
    record(AppealChanged(edition="", decision=decision.pk, is_granted=is_granted))
    return locked


def _undo(by: Account, decision: Decision) -> None:
    try:
        with transaction.atomic():
            undo_decision(by=by, decision=decision)
    except NothingToUndo:
        if _keeps_away(decision):
            raise
        return  # It has ended meanwhile: the reader is told all the same that it was wrong.
    if decision.message is not None and decision.deed == Deed.REJECT:
        approve_message(by=by, message=decision.message)


def _keeps_away(decision: Decision) -> bool:
    """Say whether readers miss a message that its author has not deleted."""
    if decision.message is None or decision.deed in SANCTIONS:
        return False
    return decision.message.state not in {MessageState.PUBLISHED, MessageState.DELETED}
