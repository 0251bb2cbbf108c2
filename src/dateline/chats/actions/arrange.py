"""How a moderator has a chat take messages: its mode, pace, guests, hours and end, in one step."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dateline.chats.actions import tell
from dateline.chats.actions.lock import locked_chat
from dateline.chats.entries import ChatModeChanged
from dateline.chats.enums import Mode
from dateline.chats.models import Chat
from dateline.chats.queries import is_out_of_hours
from dateline.common import clock
from dateline.people.models import Account
from dateline.readers.models import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a chat takes messages.

    Shape: `guests` answer where the mode is questions; `hours` such as 08:00-22:00, empty for
        always; without `closes_at` it goes on until somebody closes it.
    """

    mode: Mode
    slow_seconds: int
    guests: tuple[Reader, ...] = ()
    hours: str = ""
    closes_at: datetime | None = None


@transaction.atomic
def arrange_chat(*, by: Account, chat: Chat, manner: Manner) -> Chat:
    """Have a chat take messages as somebody says, from now on.

    Records: ChatModeChanged, unless nothing changes.
    """
    chat = locked_chat(chat)
    if manner == manner_of(chat):
        return chat
    if chat.mode != manner.mode:
        chat.mode, chat.mode_by = manner.mode, by
    chat.slow_seconds, chat.hours = manner.slow_seconds, manner.hours
    chat.closes_at = manner.closes_at
    chat.is_resting = is_out_of_hours(chat, clock.now())
    chat.save(update_fields=["mode", "mode_by", "slow_seconds", "hours", "closes_at", "is_resting"])
    chat.guests.set(manner.guests)
    tell.tell_chat(chat, ChatModeChanged)
    return chat


def manner_of(chat: Chat) -> Manner:
    """Return how a chat takes messages now."""
    return Manner(
        mode=Mode(chat.mode),
        slow_seconds=chat.slow_seconds,
        guests=tuple(chat.guests.order_by("display_name")),
        hours=chat.hours,
        closes_at=chat.closes_at,
    )
