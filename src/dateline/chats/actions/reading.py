"""What a reader has read, follows, and was told of. Nobody else learns of it: no entries."""

from django.db import transaction
from django.db.models import QuerySet

from dateline.chats.models import Chat, Message, Notice, ReadMark
from dateline.common import clock
from dateline.common.prepared_rows import PreparedRow
from dateline.readers.models import Reader


@transaction.atomic
def mark_read(*, by: Reader, chat: Chat, number: int) -> ReadMark:
    """Note that everything of a chat up to a place is read; a later place is not taken back.

    What the reader was told of it counts as seen.
    """
    mark, _made = ReadMark.objects.select_for_update().get_or_create(reader=by, chat=chat)
    if number > mark.number:
        mark.number = number
        mark.save(update_fields=["number"])
        told = Notice.objects.filter(message__chat=chat, message__shown_as__lte=number)
        _see(told.filter(reader=by))
    return mark


@transaction.atomic
def follow_chat(*, by: Reader, chat: Chat, follows: bool = True) -> ReadMark:
    """Keep a chat among one's own, or do so no more."""
    given = {"follows": follows}
    if not follows:
        given["takes_part"] = False
    mark, _made = ReadMark.objects.update_or_create(reader=by, chat=chat, defaults=given)
    return mark


def take_part(message: Message) -> None:
    """Note that the author of a message takes part in its chat, and has read it up to there."""
    mark = ReadMark(reader=message.author, chat=message.chat, takes_part=True)
    mark.number = message.shown_as or 0
    _PART.write(mark)


_PART = PreparedRow(ReadMark, unique=["reader", "chat"], update=["takes_part", "number"])


@transaction.atomic
def see_notices(*, by: Reader) -> int:
    """Note that a reader has seen everything they were told of, and return how much was new."""
    return _see(Notice.objects.filter(reader=by))


@transaction.atomic
def see_notice(*, notice: Notice) -> None:
    """Note that a reader has seen one thing they were told of."""
    _see(Notice.objects.filter(pk=notice.pk))


def _see(notices: QuerySet[Notice]) -> int:
    return notices.filter(seen_at__isnull=True).update(seen_at=clock.now())
