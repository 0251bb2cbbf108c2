"""Filling the sample's chats: readers who do not exist, and what they say."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from dateline.chats.actions import (
    ToldMessage,
    feature_message,
    open_chat,
    reopen_chat,
    shelve_messages,
)
from dateline.common import clock
from dateline.people.models import Account
from dateline.readers.models import Reader
from dateline.sample.chatting import SampleChat, chats
from dateline.sample.complaining import leave_to_moderators, sample_reader
from dateline.stories.models import Story

_OPEN_FOR = timedelta(days=30)


def talk(*, by: Account | None, stories: Mapping[str, Story]) -> int:
    """Store what is said of stories, given by names as `en/slug`, and return how many messages.

    Records: ChatOpened and MessagePosted.
    """
    now, told = clock.now(), [one for one in chats() if _story(one) in stories]
    told.sort(key=lambda one: one.messages[-1].ago, reverse=True)
    readers = _readers(told, now)
    count = 0
    for one in told:
        chat = open_chat(by=by, of=stories[_story(one)], at=now - _longest(one))
        reopen_chat(by=by, chat=chat, closes_at=now + _OPEN_FOR)
        rows = shelve_messages(by=by, chat=chat, messages=_messages(one, readers, now))
        for line, row in zip(one.messages, rows, strict=True):
            if line.is_featured:
                feature_message(by=by, message=row)
        count += len(rows)
    leave_to_moderators(stories=stories)
    return count


def _story(chat: SampleChat) -> str:
    return f"{chat.edition}/{chat.story}"


def _longest(chat: SampleChat) -> timedelta:
    return max(message.ago for message in chat.messages)


def _messages(chat: SampleChat, readers: Mapping[str, Reader], now: datetime) -> list[ToldMessage]:
    return [
        ToldMessage(
            author=readers[one.name],
            text=one.text,
            at=now - one.ago,
            answers=one.answers - 1 if one.answers else None,
            reactions=dict(one.reactions),
        )
        for one in chat.messages
    ]


def _readers(told: list[SampleChat], now: datetime) -> dict[str, Reader]:
    names = {one.name: (one.is_staff, chat.edition) for chat in told for one in chat.messages}
    since = now - timedelta(days=400)
    return {
        name: sample_reader(name, language=language, since=since, is_staff=is_staff)
        for name, (is_staff, language) in names.items()
    }
