"""Whoever gave notice of illegal content hears that it came, what was decided, and answered."""

from django.db import transaction

from dateline.chats.actions.tell_notifier import (
    take_answered,
    take_decided,
    take_receipt,
    take_undone,
    tell_anew,
)
from dateline.chats.moderation_entries import AppealChanged, MessageReported, ModerationDecided
from dateline.chats.moderation_enums import Deed
from dateline.journal.entries import Recorded
from dateline.reader.letters.notices import (
    drop_decided,
    write_answered,
    write_decided,
    write_receipt,
)

HEARS = (MessageReported, ModerationDecided, AppealChanged)


@transaction.atomic
def notice_letters_after(recorded: Recorded) -> None:
    """Put a letter on its way in the transaction that notes that it is."""
    entry = recorded.entry
    if isinstance(entry, MessageReported) and entry.is_legal:
        if report := take_receipt(report=entry.report):
            write_receipt(report)
    elif isinstance(entry, ModerationDecided) and entry.deed == Deed.UNDO:
        for report in take_undone(message=entry.message):
            if drop_decided(report):
                tell_anew(report=report)
    elif isinstance(entry, ModerationDecided):
        for report in take_decided(decision=entry.decision):
            write_decided(report)
    elif (
        isinstance(entry, AppealChanged)
        and entry.report
        and entry.is_granted is not None
        and (report := take_answered(report=entry.report))
    ):
        write_answered(report)
