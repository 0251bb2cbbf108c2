"""Reactions."""

from django.db import transaction

from dateline.chats.actions import tell
from dateline.chats.actions.lock import locked_message
from dateline.chats.actions.silence import refuse_silent
from dateline.chats.entries import ReactionsChanged
from dateline.chats.enums import ReactionKind
from dateline.chats.errors import MessageGone
from dateline.chats.models import Message, Reaction
from dateline.chats.moderation_enums import Deed
from dateline.common import clock
from dateline.readers.models import Reader


@transaction.atomic
def react(*, by: Reader, message: Message, kind: ReactionKind, is_on: bool = True) -> Message:
    """Say something of a message without a word, or take it back.

    Of whom a moderator shows to nobody else nothing is counted, and nothing said of that.

    Records: ReactionsChanged, unless it was said, or taken back, before.

    Raises:
        MessageGone: readers do not see it.
        ChatIsClosed, ChatRests, ShutOut: nobody speaks here now, or not this reader.
    """
    message = locked_message(message)
    if not message.is_readable:
        raise MessageGone
    if Deed.SHADOW in refuse_silent(by, message.chat, clock.now()):
        return message
    given = Reaction.objects.filter(message=message, reader=by, kind=kind)
    if given.exists() == is_on:
        return message
    if is_on:
        Reaction.objects.create(message=message, reader=by, kind=kind)
    else:
        given.delete()
    count = message.reactions.get(kind, 0) + (1 if is_on else -1)
    message.reactions = {**message.reactions, kind.value: max(0, count)}
    message.save(update_fields=["reactions"])
    tell.tell_message(message, ReactionsChanged)
    return message
