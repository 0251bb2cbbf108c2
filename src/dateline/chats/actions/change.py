"""An author's second thoughts: changing a message for some minutes, deleting it for ever."""

from django.db import transaction

from dateline.chats import judging
from dateline.chats.actions import tell
from dateline.chats.actions.lock import locked_message
from dateline.chats.actions.notice import notify_named
from dateline.chats.actions.post import checked_text
from dateline.chats.actions.silence import refuse_silent
from dateline.chats.entries import MessageEdited, MessageHeld
from dateline.chats.enums import MessageState
from dateline.chats.errors import ChatRefused, EditTooLate, MessageGone, NotYours
from dateline.chats.models import Message
from dateline.chats.moderation_enums import Deed
from dateline.chats.rules import may_edit
from dateline.chats.talk import html_of
from dateline.common import clock
from dateline.moderation import Kind
from dateline.readers.models import Reader


def edit_message(*, by: Reader, message: Message, text: str) -> Message:
    """Change the words of one's own message, within five minutes; they are judged again.

    What has to be held then disappears until a moderator has looked at it; what waits goes on
    waiting, for what was found in it first. What somebody said before a moderator has shown them
    to nobody else stays as others know it. Whom it names now and did not before is told.

    Records: MessageEdited, or MessageRemoved and MessageHeld; nothing where nothing changed.

    Raises:
        NotYours: somebody else wrote it.
        EditTooLate: the minutes are over.
        MessageGone: readers do not see it.
        ChatIsClosed, ChatRests, ShutOut: nobody speaks here now, or not this reader.
        ChatRefused: it is empty or too long now, or the judgement was no.
    """
    text = checked_text(text)
    verdict = judging.judged(by=by, chat=message.chat, text=text, is_edit=True)
    if verdict.kind is Kind.REJECT:
        raise ChatRefused(why=judging.sentence_of(verdict.reason))
    with transaction.atomic():
        message, now = _own(by, message), clock.now()
        found = refuse_silent(by, message.chat, now)
        if not may_edit(posted_at=message.posted_at, now=now):
            raise EditTooLate
        if text == message.text or (Deed.SHADOW in found and message.is_readable):
            return message
        was = message.text
        message.text, message.html, message.edited_at = text, html_of(text), now
        message.fingerprint = judging.fingerprint(text)
        if message.is_readable or verdict.kind is not Kind.ACCEPT:
            message.why, message.found = verdict.reason, verdict.as_json()
        message.save()
        if verdict.kind is Kind.ACCEPT and message.is_readable:
            tell.tell_message(message, MessageEdited)
            notify_named(message, was)
        else:
            tell.remove(message, MessageState.HELD)
            tell.tell_message(message, MessageHeld, why=message.why, by_rule=True)
    return message


@transaction.atomic
def delete_message(*, by: Reader, message: Message) -> Message:
    """Delete one's own message: its words are gone for ever, where it stood stays marked.

    Records: MessageRemoved if readers saw it.

    Raises:
        NotYours: somebody else wrote it.
        MessageGone: it is gone already.
    """
    message = _own(by, message)
    erase(message)
    return message


def erase(message: Message) -> None:
    """Take the words out of a message for ever, and out of what quotes it.

    Records: MessageRemoved if readers saw it.
    """
    message.gone_at = clock.now()
    message.text = message.html = message.quote = message.block_quote = message.fingerprint = ""
    message.found = {}
    Message.objects.filter(pk=message.pk).update(quote="", block_quote="", fingerprint="", found={})
    Message.objects.filter(answers=message).update(quote="")
    tell.remove(message, MessageState.DELETED)


def _own(by: Reader, message: Message) -> Message:
    message = locked_message(message)
    if message.author_id != by.pk:
        raise NotYours
    if message.state not in {MessageState.PUBLISHED, MessageState.HELD}:
        raise MessageGone
    return message
