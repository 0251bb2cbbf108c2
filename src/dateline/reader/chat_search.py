"""Searching inside one chat: never pressed, there are as many questions as readers can type."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from dateline.chats.models import Chat, Message
from dateline.chats.queries import found_messages
from dateline.chats.rules import MOST_WORDS, extract
from dateline.common.numbers import whole_number
from dateline.reader.chat_door import at_chat, chat_or_404, page_beside, private
from dateline.reader.chat_search_contexts import (
    ChatSearchContext,
    FoundMessageContext,
    PieceContext,
)
from dateline.reader.contexts import LinkContext
from dateline.reader.links import message_path
from dateline.reader.present.chats import chat_title, chat_url, said_by
from dateline.reader.visit import Visit

PER_PAGE = 30
LONGEST = 100


def search(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with the messages of a chat in which all of some words stand."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    chat = chat_or_404(number)
    words = " ".join(request.GET.get("q", "").replace("\0", "")[:LONGEST].split()[:MOST_WORDS])
    before = whole_number(request.GET.get("before", ""))
    with at_chat(request, chat) as visit:
        return private(_page(visit, chat, words, before))


def _page(visit: Visit, chat: Chat, words: str, before: int | None) -> ChatSearchContext:
    context = ChatSearchContext(
        page=page_beside(visit, chat, _("Search this chat")),
        chat=LinkContext(label=chat_title(chat), url=chat_url(chat)),
        number=chat.pk,
        words=words,
    )
    if not words:
        return context
    found = found_messages(chat, words, limit=PER_PAGE, before=before)
    older = {"q": words, "before": found.messages[-1].shown_as} if found.has_earlier else None
    return replace(
        context,
        found=tuple(_found(row, words) for row in found.messages),
        older_url=f"{visit.path}?{urlencode(older)}" if older else "",
    )


def _found(row: Message, words: str) -> FoundMessageContext:
    pieces = extract(row.text, words)
    return FoundMessageContext(
        author=said_by(row),
        url=message_path(row.key),
        posted_at=row.posted_at,
        pieces=tuple(PieceContext(text=one.text, is_found=one.is_found) for one in pieces),
    )
