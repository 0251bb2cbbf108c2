"""Posting a message."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from dateline.chats import judging
from dateline.chats.actions import tell
from dateline.chats.actions.lock import locked_chat
from dateline.chats.actions.notice import notify
from dateline.chats.actions.origin import note_origin
from dateline.chats.actions.reading import take_part
from dateline.chats.actions.silence import refuse_silent
from dateline.chats.entries import MessageHeld, MessagePosted, MessageRejected
from dateline.chats.enums import MessageState, Mode
from dateline.chats.errors import (
    ChatIsClosed,
    ChatRefused,
    MessageGone,
    NotVerified,
    OnlyGuestsAnswer,
    TooSoon,
)
from dateline.chats.models import Chat, Message
from dateline.chats.moderation_enums import Deed
from dateline.chats.queries import is_for_readers, message_known
from dateline.chats.rules import MOST_LETTERS, may_answer, quoted, wait_for
from dateline.chats.talk import html_of
from dateline.common import clock
from dateline.common.keys import new_key
from dateline.common.prepared_rows import PreparedRow
from dateline.common.together import together
from dateline.moderation import Kind, Verdict
from dateline.readers.models import Reader
from dateline.stories.paragraphs import paragraphs_of

_STATES = {
    Kind.ACCEPT: MessageState.PUBLISHED,
    Kind.HOLD: MessageState.HELD,
    Kind.REJECT: MessageState.REJECTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a reader says, as it was typed, and what it is about.

    Shape: `answers` is the message it replies to; `block` names a paragraph of the story's
        `version`, and `block_quote` some of its words.
    """

    text: str
    answers: Message | None = None
    block: str = ""
    version: int = 0
    block_quote: str = ""


def post_message(
    *, by: Reader, chat: Chat, words: Words, client_key: str = "", address: str = ""
) -> Message:
    """Take a message: show it, hold it for a moderator, or refuse it with what was found.

    What comes again under the same `client_key` is the message that came first. The message is
    judged before the transaction: nobody waits for that; when many speak at once, several
    messages share one. Of the `address` it comes from no more is
    kept than helps to know a returning spammer.

    Records: MessagePosted, MessageHeld or MessageRejected.

    Raises:
        NotVerified, ShutOut: this reader may not speak.
        ChatIsClosed, ChatRests: nobody may, or not at this hour.
        OnlyGuestsAnswer: it answers a question, and this reader is no guest.
        TooSoon: the chat is slow.
        MessageGone: what it answers is not there any more.
        ChatRefused: it is empty or too long, or the judgement was no.
    """
    text = checked_text(words.text)
    words = replace(words, text=text)
    if not by.is_verified:
        raise NotVerified
    verdict = judging.judged(by=by, chat=chat, text=words.text, address=address)
    said = _Said(words, html_of(text), verdict, client_key, address)
    message, is_new = together(lambda: _stored(by, chat, said))
    if message.state == MessageState.REJECTED and is_new:
        raise ChatRefused(why=judging.sentence_of(message.why))
    return message


def checked_text(typed: str) -> str:
    """Return a text as it is kept.

    Raises:
        ChatRefused: it is empty or too long.
    """
    text = typed.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        raise ChatRefused(why=_("it has no words."))
    if len(text) > MOST_LETTERS:
        raise ChatRefused(why=_("it is longer than {n} characters.").format(n=MOST_LETTERS))
    return text


@dataclass(frozen=True, slots=True)
class _Said:
    """A message as it comes to the transaction: everything that needs no lock is done."""

    words: Words
    html: str
    verdict: Verdict
    client_key: str
    address: str


def _stored(by: Reader, chat: Chat, said: _Said) -> tuple[Message, bool]:
    chat, now, words = locked_chat(chat), clock.now(), said.words
    known = message_known(chat, by, said.client_key)
    if known is not None:
        return known, False
    _refuse(by, chat, now)
    is_guest, is_staff = _is_guest(by, chat), by.account.is_staff
    if words.answers and not may_answer(mode=chat.mode, is_staff=is_staff, is_guest=is_guest):
        raise OnlyGuestsAnswer
    message = _made(by, chat, said, now)
    message.as_guest = is_guest
    message.client_key, message.state = said.client_key or None, _STATES[said.verdict.kind]
    message.why, message.found = said.verdict.reason, said.verdict.as_json()
    message.fingerprint = judging.fingerprint(words.text)
    _ROW.write(message)
    _told(message, words.text)
    if message.state != MessageState.REJECTED:
        note_origin(by=by, address=said.address)
    return message, True


_ROW = PreparedRow(Message)


def _refuse(by: Reader, chat: Chat, now: datetime) -> None:
    """Refuse whoever may not speak here now."""
    if not is_for_readers(chat, now):
        raise ChatIsClosed
    found = refuse_silent(by, chat, now)
    judging.refuse_too_soon(by, found.get(Deed.SLOW), now)
    if chat.mode == Mode.SLOW and not by.account.is_staff:
        last = Message.objects.filter(author=by, chat=chat).order_by("-posted_at").first()
        pace = timedelta(seconds=chat.slow_seconds)
        seconds = wait_for(last_at=last.posted_at if last else None, pace=pace, now=now)
        if seconds:
            raise TooSoon(seconds=seconds)


def _is_guest(by: Reader, chat: Chat) -> bool:
    return chat.mode == Mode.QUESTIONS and chat.guests.filter(pk=by.pk).exists()


def _made(by: Reader, chat: Chat, said: _Said, now: datetime) -> Message:
    words = said.words
    answers = _answered(words.answers, chat)
    return Message(
        chat=chat,
        key=new_key(),
        author=by,
        text=words.text,
        html=said.html,
        posted_at=now,
        answers=answers,
        thread_id=(answers.thread_id or answers.pk) if answers else None,
        quote=quoted(answers.text) if answers else "",
        **_anchor(words, chat),
    )


def _anchor(words: Words, chat: Chat) -> dict[str, Any]:
    """Return what ties a message to a paragraph: nothing where no version has it.

    Nobody is quoted with words that are not there: what was chosen must stand in the paragraph.
    """
    if not words.block or chat.story is None:
        return {}
    version = words.version or chat.story.version
    text = paragraphs_of(chat.story.pk, version).get(words.block, "")
    if not text:
        return {}
    chosen = " ".join(words.block_quote.split())
    quote = quoted(chosen if chosen and chosen in text else text)
    return {"block": words.block, "version": version, "block_quote": quote}


def _answered(message: Message | None, chat: Chat) -> Message | None:
    if message is None:
        return None
    found = Message.objects.filter(pk=message.pk, chat=chat).first()
    if found is None or not found.is_readable:
        raise MessageGone
    return found


def _told(message: Message, text: str) -> None:
    if message.state == MessageState.PUBLISHED:
        tell.show(message, MessagePosted)
        take_part(message)
        notify(message, text)
        return
    kind = MessageHeld if message.state == MessageState.HELD else MessageRejected
    tell.tell_message(message, kind, why=message.why, by_rule=True)
