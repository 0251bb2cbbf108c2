"""Which messages a reader muted: these count nowhere as unread."""

import re
from collections.abc import Mapping
from html import unescape

from django.db.models import Exists, OuterRef, Q, QuerySet

from dateline.chats.enums import MessageState
from dateline.chats.models import Message
from dateline.readers.models import MutedReader, Reader
from dateline.readers.queries import mutes_of
from dateline.readers.rules import has_word

_TAG = re.compile(r"<[^>]+>")


def muted_messages(reader: Reader, places: Mapping[int, int]) -> list[int]:
    """Return the messages after some places of chats that a reader muted, themselves or by a word.

    Shape: `places` are places by the chat's number; what comes out are messages' numbers. Words are
    looked for only where there are any, in what the reader has not read.
    """
    after = Q(pk__in=[])
    for chat, place in places.items():
        after |= Q(chat=chat, shown_as__gt=place)
    found = Message.objects.filter(after, state=MessageState.PUBLISHED)
    found = found.exclude(author=reader).order_by("pk")
    muted = Exists(MutedReader.objects.filter(reader=reader, muted=OuterRef("author")))
    words = mutes_of(reader).words
    said = _with_word(found.filter(~muted), words) if words else []
    return sorted([*found.filter(muted).values_list("pk", flat=True), *said])


def _with_word(messages: QuerySet[Message], words: list[str]) -> list[int]:
    rows = messages.values_list("pk", "html").iterator()
    return [number for number, html in rows if has_word(unescape(_TAG.sub("", html)), words)]
