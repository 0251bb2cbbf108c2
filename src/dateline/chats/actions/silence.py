"""Where nobody speaks, and who does not: the same for a message, a change of one and a reaction."""

from datetime import datetime

from dateline.chats.errors import ChatIsClosed, ChatRests
from dateline.chats.models import Chat, Sanction
from dateline.chats.moderation_house import refuse_shut_out
from dateline.chats.queries import is_open, rests
from dateline.common.hours import ends_of
from dateline.readers.models import Reader


def refuse_silent(by: Reader, chat: Chat, now: datetime) -> dict[str, Sanction]:
    """Refuse whoever may not speak here now; return what else a moderator has laid on them.

    Raises:
        ChatIsClosed, ChatRests: nobody may, or not at this hour.
        ShutOut: this reader may not.
    """
    if not is_open(chat, now):
        raise _closed(chat, now)
    return refuse_shut_out(by, now)


def _closed(chat: Chat, now: datetime) -> ChatIsClosed | ChatRests:
    if not rests(chat, now):
        return ChatIsClosed()
    begin, end = ends_of(chat.hours)
    return ChatRests(begin=begin, end=end)
