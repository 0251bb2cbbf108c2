"""Opening and closing a chat, by rule and by hand, and how it takes messages."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from dateline.chats.actions import tell
from dateline.chats.actions.lock import locked_chat
from dateline.chats.entries import ChatClosed, ChatModeChanged, ChatOpened
from dateline.chats.enums import Closed, Mode
from dateline.chats.models import Chat
from dateline.chats.queries import is_out_of_hours
from dateline.chats.rules import OPEN_FOR, Opening, opening_of
from dateline.common import clock
from dateline.journal.turn import take_turn
from dateline.people.models import Account
from dateline.stories.enums import Kind
from dateline.stories.models import Story
from dateline.stories.queries import visible
from dateline.topics.models import Section


@transaction.atomic
def open_chat(*, by: Account | None, of: Story | Section, at: datetime | None = None) -> Chat:
    """Open the chat of a story as the rules say, or of a section for as long as it is wanted.

    What somebody opens by hand when its time would be over begins its time now.

    Records: ChatOpened, unless there is one.
    """
    take_turn()
    now = at or clock.now()
    about = {"story": of} if isinstance(of, Story) else {"section": of}
    chat = Chat.objects.filter(**about).select_related("edition").first()
    if chat is not None:
        return chat
    chat = Chat(edition=of.edition, opened_at=now, **about)
    if isinstance(of, Story):
        opening = _opening(of, now)
        chat.mode, chat.closes_at = opening.mode, opening.closes_at
        if by is not None and opening.closes_at <= now:
            chat.closes_at = now + OPEN_FOR[Kind(of.kind)]
    section = of.section if isinstance(of, Story) else of
    chat.hours = section.chat_hours or settings.DATELINE.chat_hours
    chat.is_resting = is_out_of_hours(chat, now)
    chat.save()
    tell.tell_chat(chat, ChatOpened)
    return chat


@transaction.atomic
def close_chat(*, by: Account | None, chat: Chat, how: Closed = Closed.BY_HAND) -> Chat:
    """Let a chat take no messages any more; what was said stays.

    Records: ChatClosed, unless it is closed.
    """
    chat = locked_chat(chat)
    if chat.closed_at is None:
        chat.closed_at, chat.closed_as, chat.closed_by = clock.now(), how, by
        chat.save(update_fields=["closed_at", "closed_as", "closed_by"])
        tell.tell_chat(chat, ChatClosed)
    return chat


@transaction.atomic
def reopen_chat(*, by: Account | None, chat: Chat, closes_at: datetime | None = None) -> Chat:
    """Let a chat go on, until a time or until somebody closes it.

    Records: ChatOpened.
    """
    chat = locked_chat(chat)
    chat.closed_at, chat.closed_as, chat.closed_by = None, "", None
    chat.closes_at = closes_at
    chat.save(update_fields=["closed_at", "closed_as", "closed_by", "closes_at"])
    tell.tell_chat(chat, ChatOpened)
    return chat


@transaction.atomic
def change_mode(
    *, by: Account | None, chat: Chat, mode: Mode, slow_seconds: int | None = None
) -> Chat:
    """Have a chat take messages in another way, from now on.

    Records: ChatModeChanged, unless nothing changes.
    """
    chat = locked_chat(chat)
    seconds = slow_seconds or chat.slow_seconds
    if (chat.mode, chat.slow_seconds) == (mode, seconds):
        return chat
    chat.mode, chat.slow_seconds, chat.mode_by = mode, seconds, by
    chat.save(update_fields=["mode", "slow_seconds", "mode_by"])
    tell.tell_chat(chat, ChatModeChanged)
    return chat


@transaction.atomic
def follow_hours(*, by: Account | None, chat: Chat) -> Chat:
    """Tell open pages whether a chat takes messages at this hour.

    Records: ChatModeChanged, unless they know.
    """
    chat = locked_chat(chat)
    is_resting = is_out_of_hours(chat, clock.now())
    if chat.is_resting != is_resting:
        chat.is_resting = is_resting
        chat.save(update_fields=["is_resting"])
        tell.tell_chat(chat, ChatModeChanged)
    return chat


def _opening(story: Story, now: datetime) -> Opening:
    return opening_of(
        kind=story.kind, urgency=story.urgency, published_at=story.published_at or now
    )


def _opens_by_itself(story: Story) -> bool:
    return story.section.opens_chats and story.kind in settings.DATELINE.chat_kinds


@transaction.atomic
def follow_story(*, by: Account | None, story: int) -> None:
    """Have a story's chat be open exactly while readers see the story and its time runs.

    Records: ChatOpened or ChatClosed, unless it is so already.
    """
    take_turn()
    now = clock.now()
    seen = visible(now).filter(pk=story).select_related("edition", "section").first()
    chat = Chat.objects.filter(story=story).first()
    if seen is None:
        if chat is not None:
            close_chat(by=by, chat=chat, how=Closed.BY_STORY)
    elif chat is None:
        if _opens_by_itself(seen) and _opening(seen, now).closes_at > now:
            open_chat(by=by, of=seen)
    elif chat.closed_as == Closed.BY_STORY:
        reopen_chat(by=by, chat=chat, closes_at=chat.closes_at)
