"""What belongs to one reader: chats they follow, and what they are told of."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from dateline.chats.enums import MessageState, NoticeKind
from dateline.chats.models import Chat, Message, Notice, ReadMark
from dateline.chats.moderation_enums import Deed
from dateline.chats.queries import chats_for_readers
from dateline.common.prepared import Prepared
from dateline.readers.models import MutedReader, Reader


def marks_of(reader: Reader, *, limit: int = 50) -> list[ReadMark]:
    """Return the chats a reader takes part in or follows, and how far each is read."""
    return list(_own_marks(reader).select_related("chat").order_by("-chat__last_shown")[:limit])


def is_own(reader: Reader, chat: Chat) -> bool:
    """Say whether a reader follows a chat or takes part in it."""
    return _own_marks(reader).filter(chat=chat).exists()


def own_chats(reader: Reader, now: datetime, *, limit: int = 50) -> list[Chat]:
    """Return the chats a reader follows or takes part in, the latest word first."""
    mine = Exists(_own_marks(reader).filter(chat=OuterRef("pk")))
    found = chats_for_readers(now).filter(mine).select_related("last__author")
    return list(found.order_by("-last_shown")[:limit])


def _own_marks(reader: Reader) -> QuerySet[ReadMark]:
    return ReadMark.objects.filter(reader=reader).filter(Q(takes_part=True) | Q(follows=True))


def waits_for(message: Message, reader: Reader | None) -> bool:
    """Say whether a message waits for a moderator and a reader wrote it: they alone may see it."""
    is_own = reader is not None and message.author_id == reader.pk
    return is_own and message.state == MessageState.HELD


def is_said_to_wait(message: Message) -> bool:
    """Say whether its author is told that a message waits; who spams learns nothing."""
    return message.state == MessageState.HELD and message.why != Deed.SHADOW


def notices_for_readers(now: datetime) -> QuerySet[Notice]:
    """Return what readers are told of: messages they can read, of nobody they muted."""
    chats = chats_for_readers(now).filter(pk=OuterRef("message__chat_id")).order_by()
    muted = MutedReader.objects.filter(
        reader=OuterRef("reader_id"), muted=OuterRef("message__author_id")
    )
    found = Notice.objects.filter(message__state=MessageState.PUBLISHED)
    return found.filter(Exists(chats), ~Exists(muted))


def notices_of(
    reader: Reader, now: datetime, *, limit: int, before: int | None = None
) -> list[Notice]:
    """Return what a reader was told of, or what of it came before a notice, the newest first."""
    found = notices_for_readers(now).filter(reader=reader)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = found.select_related("message__author__account", "message__chat__story__edition")
    rows = rows.select_related("message__chat__section").defer("message__chat__story__body")
    return list(rows.order_by("-pk")[:limit])


def notices_about(message: int) -> list[Notice]:
    """Return who is told of a message since it answers or names them; asked for each message."""
    return _ABOUT.rows(message=message)


_TO_SOMEBODY = (NoticeKind.REPLY, NoticeKind.MENTION)
_ABOUT = Prepared(
    lambda message: Notice.objects.filter(message=message, kind__in=_TO_SOMEBODY), message=int
)


def notices_to_mail(
    reader: int, chat: int, *, after: datetime, until: datetime, now: datetime
) -> list[Notice]:
    """Return what was said to a reader in a chat in a span of time that they have not seen yet.

    Order: as it was said.
    """
    found = notices_for_readers(now).filter(reader=reader, message__chat=chat)
    new = found.filter(at__gt=after, at__lte=until, seen_at__isnull=True, kind__in=_TO_SOMEBODY)
    return list(new.select_related("message__author").order_by("message__shown_as"))


def unseen_notices(reader: Reader, now: datetime) -> int:
    """Return how much a reader was told of and has not seen; mostly nothing, which is cheap."""
    return _unseen(reader, now).count() if _UNSEEN.rows(reader=reader.pk) else 0


def unseen_count(reader: OuterRef, now: datetime) -> QuerySet[Any, Any]:
    """Return the same of an outer query's reader, for a subquery; no row when it is nothing."""
    unseen = _unseen(reader, now).order_by().values("reader")
    return unseen.annotate(count=Count("pk")).values("count")


def _unseen(reader: Reader | OuterRef, now: datetime) -> QuerySet[Notice]:
    return notices_for_readers(now).filter(reader=reader, seen_at__isnull=True)


_UNSEEN = Prepared(
    lambda reader: Notice.objects.filter(reader=reader, seen_at__isnull=True)[:1], reader=int
)
