"""All that the chats keep of a reader, for them to take along.

What moderators write for one another stays with them. A message that is shown to nobody else has no
state here: whoever advertises so would only begin anew under another name.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from dateline.chats.models import Chat, Message, Notice, Reaction, ReadMark
from dateline.chats.moderation_enums import Deed
from dateline.chats.moderation_models import Appeal, Decision, Origin, Report, Sanction
from dateline.chats.moderation_rules import OF_MESSAGE, TOLD
from dateline.readers.models import Reader

Rows = list[dict[str, Any]]


def talk_of_reader(reader: Reader) -> dict[str, Rows]:
    """Return everything kept of a reader as one who talks, fit for JSON; for nobody but them."""
    reports = Report.objects.filter(reader=reader).order_by("pk")
    return {
        "messages": _messages(reader),
        "reactions": _rows(Reaction.objects.filter(reader=reader).order_by("pk"), _REACTION),
        "reports": _rows(reports.filter(law=""), _REPORT),
        "legal_notices": _rows(reports.exclude(law=""), _REPORT | _LEGAL),
        "decisions": _rows(_decided(reader), _DECISION),
        "appeals": _rows(Appeal.objects.filter(decision__reader=reader).order_by("pk"), _APPEAL),
        "sanctions": _rows(_sanctions(reader), _SANCTION),
        "chats": _rows(ReadMark.objects.filter(reader=reader).order_by("chat"), _MARK),
        "guest_in": [{"chat": number} for number in _guest_in(reader)],
        "notices": _rows(Notice.objects.filter(reader=reader).order_by("pk"), _NOTICE),
        "origins": _rows(Origin.objects.filter(reader=reader).order_by("at"), {"last_at": "at"}),
    }


_ABOUT = {"chat": "chat_id", "story": "chat__story_id"}
_MESSAGE = _ABOUT | {
    "key": "key",
    "text": "text",
    "state": "state",
    "posted_at": "posted_at",
    "edited_at": "edited_at",
    "gone_at": "gone_at",
    "answers": "answers__key",
    "quote": "quote",
    "paragraph": "block",
    "paragraph_quote": "block_quote",
    "version": "version",
    "reactions": "reactions",
    "is_featured": "is_featured",
    "as_guest": "as_guest",
}
_REACTION = {"message": "message__key", "kind": "kind"}
_REPORT = {
    "message": "message__key",
    "ground": "ground",
    "text": "text",
    "at": "at",
    "settled_at": "settled_at",
    "receipt": "key",
}
_LEGAL = {"law": "law", "name": "name", "mail": "mail"}
_DECISION = {
    "key": "key",
    "deed": "deed",
    "message": "message__key",
    "at": "at",
    "ground": "ground",
    "statement": "statement",
    "seen_at": "seen_at",
    "undone_at": "undone_at",
}
_APPEAL = {
    "decision": "decision__key",
    "text": "text",
    "at": "at",
    "answered_at": "answered_at",
    "is_granted": "is_granted",
    "answer": "answer",
}
_SANCTION = {
    "decision": "decision__key",
    "kind": "kind",
    "begins_at": "begins_at",
    "until": "until",
    "pace_seconds": "pace_seconds",
    "lifted_at": "lifted_at",
}
_MARK = _ABOUT | {"read_to": "number", "follows": "follows", "takes_part": "takes_part"}
_NOTICE = {"kind": "kind", "message": "message__key", "at": "at", "seen_at": "seen_at"}


def _rows(found: QuerySet[Any], names: Mapping[str, str]) -> Rows:
    """Return rows as dictionaries: under each name the value of a field."""
    values = found.values_list(*names.values())
    return [dict(zip(names, row, strict=True)) for row in values]


def _messages(reader: Reader) -> Rows:
    own = Message.objects.filter(author=reader).order_by("posted_at", "pk")
    untold = set(own.filter(why=Deed.SHADOW).values_list("key", flat=True))
    rows = _rows(own, _MESSAGE)
    return [row | ({"state": None} if row["key"] in untold else {}) for row in rows]


def _decided(reader: Reader) -> QuerySet[Decision]:
    """Return what was decided about a reader, but for what moderators write for one another."""
    return Decision.objects.filter(reader=reader, deed__in=TOLD | OF_MESSAGE).order_by("pk")


def _sanctions(reader: Reader) -> QuerySet[Sanction]:
    return Sanction.objects.filter(reader=reader, kind__in=TOLD).order_by("pk")


def _guest_in(reader: Reader) -> list[int]:
    chats = Chat.objects.filter(guests=reader)
    return list(chats.order_by("pk").values_list("pk", flat=True))
