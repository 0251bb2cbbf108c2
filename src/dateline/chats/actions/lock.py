"""Taking a row before looking at it, so that two actions at once go one after the other."""

from dateline.chats.models import Chat, Message
from dateline.common.prepared import Prepared
from dateline.journal.turn import take_turn

_WITH = ("chat__story", "chat__edition", "author__account")


def locked_chat(chat: Chat) -> Chat:
    """Return a chat as it stands now, once it is this transaction's turn."""
    take_turn()
    found = _CHAT.first(number=chat.pk)
    if found is None:
        raise Chat.DoesNotExist
    return found


_CHAT = Prepared(
    lambda number: (
        Chat.objects.select_related("story", "edition")
        .defer("story__body")
        .select_for_update(of=("self",))
        .filter(pk=number)
    ),
    number=int,
)


def locked_message(message: Message) -> Message:
    """Return a message as it stands now, with its chat, once it is this transaction's turn."""
    take_turn()
    rows = Message.objects.select_related(*_WITH).defer("chat__story__body")
    return rows.select_for_update(of=("self",)).get(pk=message.pk)
