"""Noting what was decided: every act of moderation is a row, and an entry for the desk."""

import secrets
from dataclasses import dataclass
from typing import Any

from dateline.chats.enums import MessageState
from dateline.chats.models import Message
from dateline.chats.moderation_entries import ModerationDecided
from dateline.chats.moderation_enums import Deed
from dateline.chats.moderation_models import Decision, Report
from dateline.common import clock
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.readers.models import Reader

Before = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why something was decided: what the reader is told, and what stays with the moderators.

    Shape: `ground` is one of `Ground`, `statement` for the reader, `note` for colleagues.
    """

    ground: str = ""
    statement: str = ""
    note: str = ""


def snapshot(message: Message) -> Before:
    """Return what a message is now, as JSON values, for undoing what is about to be done."""
    return {"state": message.state, "why": message.why, "is_featured": message.is_featured}


def note_decision(
    *,
    by: Account | None,
    deed: Deed,
    message: Message | None = None,
    reader: Reader | None = None,
    why: Why | None = None,
    before: Before | None = None,
) -> Decision:
    """Note an act of moderation.

    Records: ModerationDecided.
    """
    why = why or Why()
    was_held = bool(before) and before["state"] == MessageState.HELD if before else False
    decision = Decision.objects.create(
        deed=deed,
        message=message,
        reader=reader or (message.author if message else None),
        by=by,
        at=clock.now(),
        ground=why.ground,
        statement=why.statement,
        note=why.note,
        is_found_by_rule=was_held and deed == Deed.REJECT,
        key=new_long_key(),
        before=before,
    )
    record(
        ModerationDecided(
            edition=message.chat.edition.code if message else "",
            decision=decision.pk,
            deed=deed.value,
            message=decision.message_id,
            reader=decision.reader_id,
        )
    )
    return decision


def settle(message: Message, decision: Decision) -> int:
    """Note that a decision ends the reports of a message, and return how many."""
    reports = Report.objects.filter(message=message, settled_at__isnull=True)
    return reports.update(settled_at=decision.at, settled_by=decision)


def new_long_key() -> str:
    """Return a key that nobody guesses: whoever holds it may read what it leads to."""
    return secrets.token_urlsafe(16)
