"""What is one reader's own of the chats: what they are told of, and what they follow."""

from collections.abc import Iterator

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _

from dateline.chats.actions import follow_chat, see_notice, see_notices
from dateline.chats.models import Chat, Notice
from dateline.chats.own_queries import (
    is_own,
    notices_for_readers,
    notices_of,
    own_chats,
    unseen_notices,
)
from dateline.chats.rules import quoted
from dateline.common import clock
from dateline.common.client import wants_json
from dateline.common.numbers import whole_number
from dateline.reader.account.own import own_page
from dateline.reader.account.shell import page_for
from dateline.reader.chat_contexts import ChatLineContext
from dateline.reader.chat_door import (
    at_chat,
    chat_or_404,
    login_needed,
    login_url,
    page_beside,
    private,
    reader_asking,
    told,
)
from dateline.reader.chat_own_contexts import FollowContext, NoticeContext, NoticesContext
from dateline.reader.contexts import LinkContext
from dateline.reader.links import message_path
from dateline.reader.present.chats import chat_title, chat_url, line_context, speaker
from dateline.reader.present.furniture import put_in_place
from dateline.reader.visit import Visit
from dateline.readers.models import Reader

PER_PAGE = 30


@own_page
def notices(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List what a reader is told of, or note that they have seen it all."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if request.method == "POST":
        see_notices(by=reader)
        return HttpResponseRedirect(request.path)
    now, before = clock.now(), whole_number(request.GET.get("before", ""))
    rows = notices_of(reader, now, limit=PER_PAGE + 1, before=before)
    last = rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else 0
    return private(
        NoticesContext(
            page=page_for(request, _("Replies and mentions")),
            notices=tuple(_line(row) for row in rows[:PER_PAGE]),
            chats=() if before else tuple(_chat_lines(reader)),
            unseen=unseen_notices(reader, now),
            older_url=f"{request.path}?before={last}" if last else "",
            token=get_token(request),
        )
    )


@own_page
def open_notice(request: HttpRequest, reader: Reader, number: int) -> HttpResponse:
    """Lead to the message that a reader is told of, which they have seen then."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    mine = notices_for_readers(clock.now()).filter(reader=reader, pk=number)
    notice = mine.select_related("message").first()
    if notice is None:
        raise Http404
    see_notice(notice=notice)
    return HttpResponseRedirect(message_path(notice.message.key))


def follow(request: HttpRequest, number: int) -> HttpResponse:
    """Have a reader follow a chat, or do so no more; first of all show what it is now."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    chat, reader = chat_or_404(number), reader_asking(request)
    if reader is None:
        back = login_url(request.path, chat.edition.code)
        return login_needed() if wants_json(request) else HttpResponseRedirect(back)
    if request.method != "POST":
        with at_chat(request, chat) as visit:
            return private(_follow_page(request, visit, chat, reader))
    follow_chat(by=reader, chat=chat, follows=request.POST.get("follow") == "yes")
    if wants_json(request):
        return told({"follows": is_own(reader, chat)})
    if chat.story:
        put_in_place(chat.story)
    return HttpResponseRedirect(chat_url(chat))


def _follow_page(request: HttpRequest, visit: Visit, chat: Chat, reader: Reader) -> FollowContext:
    return FollowContext(
        page=page_beside(visit, chat, _("Follow this chat")),
        chat=LinkContext(label=chat_title(chat), url=chat_url(chat)),
        number=chat.pk,
        is_own=is_own(reader, chat),
        token=get_token(request),
    )


def _chat_lines(reader: Reader) -> Iterator[ChatLineContext]:
    now = clock.now()
    for chat in own_chats(reader, now):
        if chat.story:
            put_in_place(chat.story)
        yield line_context(chat, now)


def _line(notice: Notice) -> NoticeContext:
    message = notice.message
    if message.chat.story:
        put_in_place(message.chat.story)
    return NoticeContext(
        kind=notice.kind,
        author=speaker(message.author),
        chat=LinkContext(label=chat_title(message.chat), url=chat_url(message.chat)),
        url=reverse("notice", args=[notice.pk]),
        words=quoted(message.text),
        at=notice.at,
        is_new=notice.seen_at is None,
    )
