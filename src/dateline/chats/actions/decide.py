"""What a moderator decides about one message."""

from django.db import transaction

from dateline.chats.actions import tell
from dateline.chats.actions.lock import locked_message
from dateline.chats.actions.notice import notify
from dateline.chats.actions.reading import take_part
from dateline.chats.entries import (
    MessageApproved,
    MessageFeatured,
    MessageRejected,
)
from dateline.chats.enums import MessageState
from dateline.chats.errors import MessageGone
from dateline.chats.models import Message
from dateline.common import clock
from dateline.people.models import Account


@transaction.atomic
def approve_message(*, by: Account | None, message: Message) -> Message:
    """Show a message that was held, or bring back one that a moderator took away.

    Records: MessageApproved, unless readers see it already.

    Raises:
        MessageGone: its author deleted it.
    """
    message = locked_message(message)
    if message.state == MessageState.DELETED:
        raise MessageGone
    if not message.is_readable:
        is_first = message.shown_as is None
        tell.show(message, MessageApproved)
        if is_first and message.author is not None:
            take_part(message)
            notify(message, message.text)
    return message


@transaction.atomic
def reject_message(*, by: Account | None, message: Message, why: str) -> Message:
    """Refuse a message: one that readers see is taken away, one they never saw stays unseen.

    Records: MessageRemoved if readers saw it, MessageRejected if not, nothing if it was refused.
    """
    message = locked_message(message)
    if message.state in {MessageState.DELETED, MessageState.REMOVED, MessageState.REJECTED}:
        return message
    message.why, message.gone_at = why[:40], clock.now()
    message.save(update_fields=["why", "gone_at"])
    if message.is_readable:
        tell.remove(message, MessageState.REMOVED)
        return message
    was_seen = message.shown_as is not None
    message.state = MessageState.REMOVED if was_seen else MessageState.REJECTED
    message.save(update_fields=["state"])
    tell.tell_message(message, MessageRejected, why=message.why)
    return message


@transaction.atomic
def feature_message(*, by: Account | None, message: Message, is_featured: bool = True) -> Message:
    """Set a message before others as worth reading, or do so no more.

    Records: MessageFeatured, unless it is so already.

    Raises:
        MessageGone: readers do not see it.
    """
    message = locked_message(message)
    if not message.is_readable:
        raise MessageGone
    if message.is_featured != is_featured:
        message.is_featured = is_featured
        message.save(update_fields=["is_featured"])
        tell.tell_message(message, MessageFeatured)
    return message
