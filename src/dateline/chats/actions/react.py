"""Reactions."""

from django.db import transaction

from dateline.chats.actions import tell
from dateline.chats.actions.lock import locked_message
from dateline.chats.entries import ReactionsChanged
from dateline.chats.enums import ReactionKind
from dateline.chats.errors import MessageGone
from dateline.chats.models import Message, Reaction
from dateline.readers.models import Reader


@transaction.atomic
def react(*, by: Reader, message: Message, kind: ReactionKind, is_on: bool = True) -> Message:
    """Say something of a message without a word, or take it back.

    Records: ReactionsChanged, unless it was said, or taken back, before.

    Raises:
        MessageGone: readers do not see it.
    """
    message = locked_message(message)
    if not message.is_readable:
        raise MessageGone
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
