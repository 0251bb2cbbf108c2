"""Chats and messages as pages, the drawer and the stream show them."""

import unicodedata
from collections.abc import Iterable, Mapping
from copy import copy
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from dateline.chats.enums import MessageState, Mode, ReactionKind
from dateline.chats.models import Chat, Message
from dateline.chats.queries import is_open, rests
from dateline.common.hours import ends_of
from dateline.common.html import Markup, for_readers
from dateline.press.touch import touch
from dateline.reader.chat_contexts import (
    ChatLineContext,
    ChatStateContext,
    MessageContext,
    QuotedContext,
    ReactionContext,
    SpeakerContext,
)
from dateline.reader.faces import brought_address
from dateline.reader.links import about_path, chat_path, message_path
from dateline.reader.present.lines import RowValues
from dateline.readers.models import Reader

HUES = 12
_LAST_WORDS = 90


def message_contexts(rows: Iterable[Message], chat_url: str) -> tuple[MessageContext, ...]:
    """Return messages of one chat in the order given; asks the database nothing."""
    return tuple(message_context(row, chat_url) for row in rows)


def message_context(row: Message, chat_url: str) -> MessageContext:
    """Return one message; of one that is gone nothing but where it stood."""
    touch(f"message:{row.pk}")
    shown: dict[str, Any] = {
        "number": row.shown_as or 0,
        "message_id": row.pk,
        "chat_id": row.chat_id,
        "key": row.key,
        "url": message_path(row.key),
        "state": row.state,
        "posted_at": row.posted_at,
        "replies": row.replies_shown,
        "thread_url": f"{chat_url}?thread={row.key}" if row.replies_shown else "",
    }
    if not row.is_readable:
        return MessageContext(**shown)
    return MessageContext(
        **shown,
        author=said_by(row),
        html=for_readers(Markup.TALK, row.html),
        edited_at=row.edited_at,
        answers=_quoted(row),
        paragraph=row.block_quote,
        paragraph_url=f"{about_path(chat_url)}#b-{row.block}" if row.block else "",
        is_paragraph_changed=row.block_changed_at is not None,
        reactions=_reactions(row),
        is_featured=row.is_featured,
        is_guest=row.as_guest and row.author is not None,
    )


def own_message_context(row: Message, chat_url: str) -> MessageContext:
    """Return a message that waits as its author alone is shown it: as if readers saw it."""
    shown = copy(row)
    shown.state = MessageState.PUBLISHED
    return message_context(shown, chat_url)


def speaker(reader: Reader | None) -> SpeakerContext | None:
    """Return who says something, None for somebody who is gone."""
    if reader is None:
        return None
    touch(f"reader:{reader.pk}")
    return SpeakerContext(
        name=reader.display_name,
        slug=reader.slug,
        picture_url=brought_address(reader),
        initials=initials(reader.display_name),
        hue=blake2b(reader.slug.encode(), digest_size=2).digest()[0] % HUES,
        is_staff=reader.account.is_staff,
    )


def said_by(row: Message) -> SpeakerContext | None:
    """Return who said something, here or on the system it was taken from."""
    name = row.signed
    if row.author is not None:
        return speaker(row.author)
    return SpeakerContext(name=name, initials=initials(name)) if name else None


def name_of(row: Message) -> str:
    """Return the name over a message, empty for somebody who is gone; asks for no account."""
    if row.author is None:
        return row.signed
    touch(f"reader:{row.author.pk}")
    return row.author.display_name


def initials(name: str) -> str:
    """Return the first letters of a name's first and last word, in capitals."""
    words = [word for word in name.split() if word[0].isalnum()] or ["?"]
    letters = [words[0][0], *(words[-1][0] for _one in words[1:2])]
    return unicodedata.normalize("NFC", "".join(letters)).upper()


def row_of(place: int, message: int) -> RowValues:
    """Return a message as counters count it, in the shape of the newsfeed's rows."""
    return (place, message, (), "", (), "", 0)


def _quoted(row: Message) -> QuotedContext | None:
    answered = row.answers
    if answered is None:
        return None
    touch(f"message:{answered.pk}")
    is_there = answered.is_readable
    edited = answered.edited_at
    return QuotedContext(
        key=answered.key,
        url=message_path(answered.key),
        name=name_of(answered) if is_there else "",
        words=row.quote if is_there else "",
        is_changed=edited is not None and edited > row.posted_at,
    )


def _reactions(row: Message) -> tuple[ReactionContext, ...]:
    given = (one for one in every_reaction(row.reactions) if one.count > 0)
    return tuple(sorted(given, key=lambda one: -one.count))


def every_reaction(counts: Mapping[str, int]) -> tuple[ReactionContext, ...]:
    """Return all six reactions with their counts, in their own order."""
    return tuple(
        ReactionContext(kind=k.value, label=str(k.label), count=counts.get(k, 0))
        for k in ReactionKind
    )


def state_context(chat: Chat, now: datetime) -> ChatStateContext:
    """Return whether and how a chat takes messages."""
    touch(f"chat:{chat.pk}:state")
    takes, asks = is_open(chat, now), chat.mode == Mode.QUESTIONS
    guests = list(chat.guests.order_by("display_name")) if asks else []
    touch(*(f"reader:{one.pk}" for one in guests))
    begin, end = ends_of(chat.hours) if rests(chat, now) else ("", "")
    return ChatStateContext(
        mode=chat.mode,
        is_open=takes,
        closes_at=chat.closes_at if takes else None,
        closed_at=None if takes else chat.closed_at or chat.closes_at,
        slow_seconds=chat.slow_seconds if chat.mode == Mode.SLOW else 0,
        guests=tuple(one.display_name for one in guests),
        guest_slugs=" ".join(one.slug for one in guests),
        rests_from=begin,
        rests_to=end,
    )


def chat_url(chat: Chat) -> str:
    """Return the address of a chat's own page."""
    return chat_path(chat.story.address if chat.story else chat.section.address)  # type: ignore[union-attr]


def chat_title(chat: Chat) -> str:
    """Return what a chat is called: by its story, or its section."""
    return chat.story.headline if chat.story else chat.section.name  # type: ignore[union-attr]


def line_context(chat: Chat, now: datetime) -> ChatLineContext:
    """Return a chat as a line of the list of those going on."""
    last = chat.last if chat.last and chat.last.state == MessageState.PUBLISHED else None
    title = chat.story.short_headline or chat.story.headline if chat.story else chat_title(chat)
    touch(f"chat:{chat.pk}", *([f"story:{chat.story_id}"] if chat.story_id else []))
    return ChatLineContext(
        number=chat.pk,
        url=chat_url(chat),
        title=title,
        messages_shown=chat.messages_shown,
        newest=chat.last_shown,
        name=name_of(last) or _("Somebody") if last else "",
        words=Truncator(" ".join(last.text.split())).chars(_LAST_WORDS) if last else "",
        said_at=last.posted_at if last else None,
        is_open=is_open(chat, now),
    )
