"""A whole chat as it goes out: in the open format, or as a page that needs nothing else."""

from collections.abc import Iterator
from datetime import datetime

from django.template.loader import render_to_string

from dateline.chats.enums import MessageState
from dateline.chats.models import Chat, Message
from dateline.chats.queries import is_open
from dateline.standards.talk.facts import Said, Standing, Thread
from dateline.standards.talk.open_json import written

_STANDINGS = {
    MessageState.PUBLISHED: Standing.SHOWN,
    MessageState.HELD: Standing.HELD,
    MessageState.REJECTED: Standing.REJECTED,
    MessageState.REMOVED: Standing.REJECTED,
    MessageState.DELETED: Standing.DELETED,
}
_CHUNK = 2000


def chats_to_export(story: int | None = None) -> Iterator[Chat]:
    """Yield the chats that have a message, one story's or all, in the order they were opened."""
    found = Chat.objects.select_related("edition", "story__edition", "section")
    if story is not None:
        found = found.filter(story=story)
    yield from found.filter(messages__isnull=False).distinct().order_by("pk").iterator()


def as_json(chat: Chat, *, site: str, now: datetime, is_whole: bool = False) -> Iterator[str]:
    """Yield the pieces of a chat in the open format.

    Args:
        chat: The chat.
        now: When it is written.
        site: Scheme and host of the site, before the address of the story.
        is_whole: Held and rejected messages too.
    """
    about = Thread(key=str(chat.pk), address=_address(chat, site), title=str(chat))
    return written(
        about,
        (_said(message, is_whole=is_whole) for message in _messages(chat, is_whole=is_whole)),
        language=chat.edition.language,
        mode=chat.mode,
        closed=not is_open(chat, now),
        exported=now.isoformat(),
    )


def as_html(chat: Chat, *, site: str, now: datetime) -> str:
    """Return a chat as a page: what readers see of it, in order, with nothing to load."""
    context = {
        "chat": chat,
        "address": _address(chat, site),
        "messages": _messages(chat, is_whole=False),
        "now": now,
    }
    return render_to_string("chats/export.html", context)


def _address(chat: Chat, site: str) -> str:
    return f"{site}{chat.story.address}" if chat.story else site


def _messages(chat: Chat, *, is_whole: bool) -> Iterator[Message]:
    found = Message.objects.filter(chat=chat).select_related("author", "answers")
    if not is_whole:
        found = found.filter(
            state__in=[MessageState.PUBLISHED, MessageState.DELETED, MessageState.REMOVED],
            shown_as__isnull=False,
        )
    return found.order_by("posted_at", "pk").iterator(_CHUNK)


def _said(message: Message, *, is_whole: bool) -> Said:
    standing = _STANDINGS[MessageState(message.state)]
    is_gone = not message.is_readable and (standing is Standing.DELETED or not is_whole)
    author = message.author
    return Said(
        key=message.key,
        thread=str(message.chat_id),
        text="" if is_gone else message.text,
        at=message.posted_at,
        author="" if is_gone else author.display_name if author else message.signed,
        author_key=author.slug if author and not is_gone else "",
        answers=message.answers.key if message.answers else "",
        standing=standing,
        edited_at=message.edited_at,
        is_featured=message.is_featured,
        is_guest=message.as_guest and author is not None and not is_gone,
    )
