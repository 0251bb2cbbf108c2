"""Forgetting a reader who goes."""

from django.db import transaction

from dateline.chats.actions import tell
from dateline.chats.actions.change import erase
from dateline.chats.entries import MessageRemoved
from dateline.chats.enums import MessageState
from dateline.chats.models import Message
from dateline.common import clock
from dateline.journal.turn import take_turn
from dateline.readers.models import Reader


@transaction.atomic
def forget_author(reader: Reader) -> None:
    """Erase the words of everything a reader said, and who said it.

    Records: MessageRemoved for each message that readers saw.
    """
    take_turn()
    rows = Message.objects.filter(author=reader).select_related("chat__edition")
    for message in list(rows):
        was_shown, message.gone_at = message.is_readable, clock.now()
        erase(message)
        if was_shown:
            tell.take_away(message, MessageState.DELETED)
            tell.tell_message(message, MessageRemoved)
        else:
            message.state = MessageState.DELETED
        message.author = None
        message.save()
