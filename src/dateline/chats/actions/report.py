"""Saying that something is wrong with a message: to the house, or by law."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dateline.chats.actions import tell
from dateline.chats.actions.lock import locked_message
from dateline.chats.actions.note_decision import Why, new_long_key, note_decision, snapshot
from dateline.chats.enums import MessageState
from dateline.chats.errors import MessageGone
from dateline.chats.models import Message
from dateline.chats.moderation_entries import MessageReported
from dateline.chats.moderation_enums import Deed, Ground
from dateline.chats.moderation_errors import NoticeIncomplete
from dateline.chats.moderation_models import Decision, Report
from dateline.chats.moderation_queries import reports_that_count
from dateline.chats.moderation_rules import what_lacks
from dateline.common import clock
from dateline.journal.record import record
from dateline.readers.models import Reader

MOST_LETTERS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalNotice:
    """A notice of illegal content: which law, why, who says so, and that they believe it.

    Source: Regulation (EU) 2022/2065, article 16(2).
    """

    law: str
    text: str
    name: str = ""
    mail: str = ""
    is_honest: bool = False


@transaction.atomic
def report_message(*, by: Reader, message: Message, ground: Ground, text: str = "") -> Report:
    """Report a message to the moderators; a second report of the same reader corrects the first.

    What several readers report is held until a moderator has looked at it, unless one has. Reports
    of whom moderators keep from speaking are read as all others, and hold nothing.

    Records: MessageReported; ModerationDecided and MessageRemoved where it is held.

    Raises:
        MessageGone: readers do not see it.
    """
    message = _seen(message)
    given = {"ground": ground, "text": text.strip()[:MOST_LETTERS]}
    standing = Report.objects.filter(message=message, reader=by, law="", settled_at__isnull=True)
    if standing.update(**given):
        return standing.get()
    report = _made(message, by, **given, at=clock.now())
    _hold_if_many(message)
    return report


@transaction.atomic
def report_illegal(*, by: Reader | None, message: Message, notice: LegalNotice) -> Report:
    """Give notice of illegal content, with or without an account; the report's key is the receipt.

    Records: MessageReported.

    Raises:
        MessageGone: readers do not see it.
        NoticeIncomplete: it lacks what the law asks for.
    """
    lacks = what_lacks(
        law=notice.law,
        text=notice.text,
        name=notice.name,
        mail=notice.mail,
        is_honest=notice.is_honest,
    )
    if lacks is not None:
        raise NoticeIncomplete(what=_LACKING[lacks]())
    return _made(
        _seen(message),
        by,
        ground=Ground.ILLEGAL,
        law=notice.law,
        text=notice.text.strip()[: 2 * MOST_LETTERS],
        name=notice.name.strip()[:120],
        mail=notice.mail.strip()[:254],
        at=clock.now(),
    )


_LACKING = {
    "law": lambda: _("choose the law it is about."),
    "text": lambda: _("explain in a sentence or two why it is illegal."),
    "name": lambda: _("give your name and your mail address."),
    "honest": lambda: _("confirm that what you write is true to your knowledge."),
}


def _seen(message: Message) -> Message:
    message = locked_message(message)
    if not message.is_readable:
        raise MessageGone
    return message


def _made(message: Message, by: Reader | None, **given: object) -> Report:
    report = Report.objects.create(message=message, reader=by, key=new_long_key(), **given)
    record(
        MessageReported(
            edition=message.chat.edition.code,
            message=message.pk,
            report=report.pk,
            ground=report.ground,
            is_legal=bool(report.law),
        )
    )
    return report


def _hold_if_many(message: Message) -> None:
    """Take a message away that several readers reported, unless a person has let it stand."""
    open_ones = reports_that_count(message, clock.now())
    most = settings.DATELINE.chat_reports_hold
    if not most or open_ones.count() < most:
        return
    stands = Decision.objects.filter(
        message=message, deed=Deed.APPROVE, by__isnull=False, undone_at__isnull=True
    )
    if stands.exists():
        return
    before = snapshot(message)
    message.why, message.gone_at = Deed.HOLD.value, clock.now()
    Message.objects.filter(pk=message.pk).update(why=message.why)
    tell.remove(message, MessageState.HELD)
    note_decision(by=None, deed=Deed.HOLD, message=message, why=Why(), before=before)
