"""Showing a message and taking it away: its place, the counts around it, and who is told."""

from typing import Any

from django.db.models import F

from dateline.chats.entries import ChatStateEntry, MessageEntry, MessageRemoved, MessageShown
from dateline.chats.enums import MessageState
from dateline.chats.models import Chat, Message
from dateline.chats.queries import messages_for_readers
from dateline.common.prepared_rows import PreparedChange
from dateline.journal.record import record


def where(chat: Chat) -> dict[str, Any]:
    """Return what every entry about a chat carries."""
    return {"edition": chat.edition.code, "chat": chat.pk, "story": chat.story_id}


def tell_message(message: Message, kind: type[MessageEntry], **given: Any) -> int:
    """Record an entry about a message and return its number.

    Records: an entry of that kind.
    """
    named: dict[str, Any] = {
        "message": message.pk,
        "key": message.key,
        "thread": message.thread_id,
    }
    return record(kind(**where(message.chat), **named, **given))


def tell_chat(chat: Chat, kind: type[ChatStateEntry]) -> None:
    """Record an entry about a chat as a whole.

    Records: an entry of that kind.
    """
    record(kind(**where(chat), section=chat.section_id))


def show(message: Message, kind: type[MessageShown]) -> None:
    """Show a stored message: at the end of its chat, or where it stood before.

    Records: an entry of that kind.
    """
    message.state, message.gone_at = MessageState.PUBLISHED, None
    number = tell_message(message, kind)
    message.shown_as = message.shown_as or number
    _SHOWN.apply(message=message.pk, place=message.shown_as)
    _count_in(message.chat, message)
    _count_reply(message, 1)


def _count_in(chat: Chat, message: Message) -> None:
    """Count a message that is shown; its chat was taken before and is as it stands."""
    place = message.shown_as or 0
    if chat.last_shown < place:
        _ONE_MORE.apply(chat=chat.pk, message=message.pk, place=place)
    else:
        Chat.objects.filter(pk=chat.pk).update(messages_shown=F("messages_shown") + 1)


_SHOWN = PreparedChange(
    lambda message, place: (
        Message.objects.filter(pk=message),
        {"state": MessageState.PUBLISHED, "gone_at": None, "shown_as": place},
    ),
    message=int,
    place=int,
)
_ONE_MORE = PreparedChange(
    lambda chat, message, place: (
        Chat.objects.filter(pk=chat),
        {"messages_shown": F("messages_shown") + 1, "last": message, "last_shown": place},
    ),
    chat=int,
    message=int,
    place=int,
)


def _take_away(message: Message, state: MessageState) -> None:
    """Note that readers do not see a message's words any more; where it was stays marked."""
    message.state, message.is_featured = state, False
    message.save(update_fields=["state", "is_featured", "gone_at", "text", "html"])
    chat = Chat.objects.filter(pk=message.chat_id)
    chat.update(messages_shown=F("messages_shown") - 1)
    _count_reply(message, -1)
    if not chat.filter(last=message).exists():
        return
    left = messages_for_readers(message.chat).filter(state=MessageState.PUBLISHED)
    last = left.order_by("-shown_as").first()
    chat.update(last=last, last_shown=last.shown_as if last else 0)


def remove(message: Message, state: MessageState) -> None:
    """Take a message's words from readers, and tell them; one they do not see just changes state.

    Records: MessageRemoved if readers saw it.
    """
    if message.is_readable:
        _take_away(message, state)
        tell_message(message, MessageRemoved)
    else:
        message.state = state
        message.save(update_fields=["state", "gone_at", "text", "html"])


def _count_reply(message: Message, by: int) -> None:
    if message.thread_id:
        root = Message.objects.filter(pk=message.thread_id)
        root.update(replies_shown=F("replies_shown") + by)
