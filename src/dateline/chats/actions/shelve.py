"""Storing what was said elsewhere, or before: an imported chat, the sample's."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from dateline.chats import judging
from dateline.chats.actions.lock import locked_chat
from dateline.chats.actions.tell import where
from dateline.chats.entries import MessagePosted
from dateline.chats.enums import MessageState
from dateline.chats.models import Chat, Message
from dateline.chats.rules import quoted
from dateline.chats.talk import html_of
from dateline.common.keys import new_key
from dateline.journal.record import record_all
from dateline.people.models import Account
from dateline.readers.models import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMessage:
    """A message as it was said: `answers` is the place in the list of the one it replies to."""

    author: Reader
    text: str
    at: datetime
    answers: int | None = None
    reactions: Mapping[str, int] = field(default_factory=dict)


@transaction.atomic
def shelve_messages(
    *, by: Account | None, chat: Chat, messages: Sequence[ToldMessage]
) -> list[Message]:
    """Store messages at the end of a chat, in their order; nobody is judged and nobody notified.

    Records: MessagePosted for each.
    """
    chat = locked_chat(chat)
    rows = Message.objects.bulk_create(_made(chat, told) for told in messages)
    threads: Counter[int] = Counter()
    for row, told in zip(rows, messages, strict=True):
        answered = rows[told.answers] if told.answers is not None else None
        if answered is not None:
            row.answers_id, row.quote = answered.pk, quoted(answered.text)
            row.thread_id = answered.thread_id or answered.pk
            threads[row.thread_id] += 1
    entries = [
        MessagePosted(**where(chat), message=row.pk, key=row.key, thread=row.thread_id)
        for row in rows
    ]
    for row, number in zip(rows, record_all(entries), strict=True):
        row.shown_as, row.replies_shown = number, threads[row.pk]
    Message.objects.bulk_update(
        rows, ["shown_as", "replies_shown", "answers", "thread", "quote"], batch_size=200
    )
    if rows:
        chat.messages_shown += len(rows)
        chat.last, chat.last_shown = rows[-1], rows[-1].shown_as or 0
        chat.save(update_fields=["messages_shown", "last", "last_shown"])
    return rows


def _made(chat: Chat, told: ToldMessage) -> Message:
    return Message(
        chat=chat,
        key=new_key(),
        author=told.author,
        text=told.text,
        html=html_of(told.text),
        state=MessageState.PUBLISHED,
        posted_at=told.at,
        reactions=dict(told.reactions),
        fingerprint=judging.fingerprint(told.text),
    )
