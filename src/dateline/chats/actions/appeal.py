"""Appeals: a reader, or who gave notice, says that a decision is wrong; a person answers."""

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.chats.actions.decide import approve_message
from dateline.chats.actions.moderate import moderate
from dateline.chats.actions.note_decision import Why, note_decision
from dateline.chats.actions.take_back import undo_decision
from dateline.chats.enums import MessageState
from dateline.chats.moderation_entries import AppealChanged
from dateline.chats.moderation_enums import Deed, Ground
from dateline.chats.moderation_errors import (
    AlreadyAnswered,
    AppealRefused,
    NothingToUndo,
    OwnDecision,
    StatementMissing,
)
from dateline.chats.moderation_models import Appeal, Decision, Report
from dateline.chats.moderation_queries import has_colleague
from dateline.chats.moderation_rules import SANCTIONS, may_appeal, may_complain
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
def complain(*, report: Report, text: str) -> Appeal:
    """Say, as the sender of a notice of illegal content, that it was wrong to let a message stand.

    Records: AppealChanged.

    Raises:
        AppealRefused: the message does not stand, or it is too late, said before, or empty.
    """
    report = Report.objects.select_for_update().get(pk=report.pk)
    decision, now = report.settled_by, clock.now()
    if decision is None or not may_complain(deed=decision.deed, decided_at=decision.at, now=now):
        raise AppealRefused(why=_("nothing was decided that it could be against"))
    if Appeal.objects.filter(report=report).exists():
        raise AppealRefused(why=_("you have appealed before"))
    if not text.strip():
        raise AppealRefused(why=_("write why the decision is wrong"))
    made = Appeal.objects.create(report=report, text=text.strip()[:MOST_LETTERS], at=now)
    record(AppealChanged(edition="", decision=decision.pk, report=report.pk))
    return made


@transaction.atomic
def answer_appeal(*, by: Account, appeal: Appeal, is_granted: bool, answer: str) -> Appeal:
    """Answer an appeal; granting it undoes the decision and shows the message that it was about.

    What a notice's sender is granted is that the message goes.

    Records: AppealChanged and ModerationDecided, and what readers see of it.

    Raises:
        AlreadyAnswered: somebody has.
        NothingToUndo: it is granted, and another decision keeps the message away.
        OwnDecision: whoever answers made the decision, and a colleague may moderate too.
        StatementMissing: the answer says nothing.
    """
    locked = Appeal.objects.select_for_update().get(pk=appeal.pk)
    decision = _refuse_answer(by, locked, answer)
    locked.answered_at, locked.answered_by = clock.now(), by
    locked.is_granted, locked.answer = is_granted, answer.strip()[:MOST_LETTERS]
    locked.save()
    if is_granted and locked.report is not None:
        _remove(by, locked.report, locked.answer)
    elif is_granted:
        _undo(by, decision)
    deed = Deed.GRANT if is_granted else Deed.REFUSE
    why = Why(statement=locked.answer)
    note_decision(by=by, deed=deed, message=decision.message, reader=decision.reader, why=why)
    record(
        AppealChanged(
            edition="", decision=decision.pk, is_granted=is_granted, report=locked.report_id
        )
    )
    return locked


def _refuse_answer(by: Account, appeal: Appeal, answer: str) -> Decision:
    """Return the decision it is against, if this may be the answer.

    Source: Regulation (EU) 2022/2065, article 20(5) and (6).
    """
    decision = appeal.about
    if appeal.answered_at is not None or decision is None:
        raise AlreadyAnswered
    if decision.by_id == by.pk and has_colleague(by):
        raise OwnDecision
    if not answer.strip():
        raise StatementMissing
    return decision


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


def _remove(by: Account, report: Report, answer: str) -> None:
    """Take away what a notice was about; its sender is told of it as the answer."""
    why = Why(ground=Ground.ILLEGAL, statement=answer)
    for decision in moderate(by=by, messages=[report.message], deed=Deed.REJECT, why=why):
        settled = Report.objects.filter(pk=report.pk)
        settled.update(settled_by=decision, told_of=decision, settled_at=decision.at)
