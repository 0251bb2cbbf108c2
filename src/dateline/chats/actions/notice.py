"""Who is told of a message: whom it answers, whom it names."""

from collections.abc import Sequence
from datetime import datetime

from dateline.chats.enums import NoticeKind
from dateline.chats.models import Message, Notice
from dateline.chats.queries import readers_by_slug
from dateline.chats.talk import mentions_in


def notify(message: Message, text: str) -> None:
    """Tell the author of what a message answers, and the readers it names, each once.

    Who does not want to hear of the one or the other is not told.
    """
    told = _named(mentions_in(text))
    answers = message.answers
    if answers is not None and answers.author is not None and answers.author.tells_replies:
        told[answers.author.pk] = NoticeKind.REPLY
    _tell(message, told, message.posted_at)


def notify_named(message: Message, was: str) -> None:
    """Tell those whom a changed message names and did not name as it was; whom it told, never."""
    new = set(mentions_in(message.text)) - set(mentions_in(was))
    told = _named(sorted(new)) if new else {}
    for known in Notice.objects.filter(message=message, reader__in=told):
        told.pop(known.reader_id, None)
    _tell(message, told, message.edited_at or message.posted_at)


def _named(slugs: Sequence[str]) -> dict[int, NoticeKind]:
    named = readers_by_slug(slugs)
    return {reader.pk: NoticeKind.MENTION for reader in named if reader.tells_mentions}


def _tell(message: Message, told: dict[int, NoticeKind], at: datetime) -> None:
    told.pop(message.author_id or 0, None)
    rows = [
        Notice(reader_id=reader, message=message, kind=kind, at=at) for reader, kind in told.items()
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
