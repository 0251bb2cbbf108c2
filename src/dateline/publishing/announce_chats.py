"""What an open page is told of chats: the page's own partials, as things are when it is told."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from dateline.chats.entries import ChatEntry, ChatStateEntry, MessageEntry, MessageRemoved
from dateline.chats.models import Chat, Message
from dateline.chats.queries import chats_by_number, messages_seen
from dateline.journal.entries import Recorded
from dateline.reader.present.chats import (
    chat_url,
    message_context,
    row_of,
    state_context,
)
from dateline.reader.present.furniture import furniture_of, put_in_place
from dateline.reader.views import speaking

Told = dict[str, object]


def chat_words(lines: Iterable[Recorded], now: datetime) -> dict[int, Told]:
    """Return what is told of the entries about chats among some, by their numbers.

    Of what readers may not see any more nothing but its name is told; of a message that is gone
    where it stood.
    """
    found = {
        line.seq: line.entry
        for line in lines
        if isinstance(line.entry, ChatEntry) and line.channels
    }
    if not found:
        return {}
    chats = chats_by_number({entry.chat for entry in found.values()}, now)
    messages = _messages(found.values(), chats)
    return {seq: _told(entry, messages, chats, now) for seq, entry in found.items()}


def _messages(entries: Iterable[ChatEntry], chats: Mapping[int, Chat]) -> dict[int, Message]:
    about = [entry for entry in entries if isinstance(entry, MessageEntry)]
    numbers = {entry.message for entry in about} | {entry.thread for entry in about if entry.thread}
    return messages_seen(numbers, chats)


def _told(
    entry: ChatEntry,
    messages: Mapping[int, Message],
    chats: Mapping[int, Chat],
    now: datetime,
) -> Told:
    told: Told = {"chat": entry.chat}
    chat = chats.get(entry.chat)
    if isinstance(entry, ChatStateEntry):
        return told | ({"html": _state(chat, now), "url": _url(chat)} if chat else {})
    if not isinstance(entry, MessageEntry):
        return told
    told["message"] = entry.key
    message = messages.get(entry.message)
    if chat is None or message is None:
        return told
    told |= {"number": message.shown_as, "html": _message(chat, message)}
    is_there = message.is_readable and not isinstance(entry, MessageRemoved)
    told["row"] = row_of(message.shown_as or 0, message.pk) if is_there else None
    root = messages.get(entry.thread or 0)
    if root is not None:
        told |= {"thread": root.key, "replies": _replies(chat, root)}
    return told


def _url(chat: Chat) -> str:
    if chat.story:
        put_in_place(chat.story)
    return chat_url(chat)


def _message(chat: Chat, message: Message) -> str:
    return _spoken(
        chat,
        "reader/_chat_message.html",
        lambda: {"message": message_context(message, _url(chat))},
    )


def _replies(chat: Chat, root: Message) -> str:
    """Return the words that say how many answers there are, nothing for none."""
    if not root.replies_shown:
        return ""
    return _spoken(
        chat,
        "reader/_chat_replies.html",
        lambda: {"message": message_context(root, _url(chat))},
    )


def _state(chat: Chat, now: datetime) -> str:
    return _spoken(chat, "reader/_chat_state.html", lambda: {"state": state_context(chat, now)})


def _spoken(chat: Chat, template: str, make: Callable[[], dict[str, Any]]) -> str:
    """Make and render a partial in the language and time zone of the chat's edition."""
    with speaking(furniture_of(chat.edition.code)):
        return render_to_string(template, make())
