"""What is one reader's own of the chats: what they are told of."""

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

from dateline.chats.actions import see_notice, see_notices
from dateline.chats.models import Notice
from dateline.chats.own_queries import notices_for_readers, notices_of, unseen_notices
from dateline.chats.rules import quoted
from dateline.common import clock
from dateline.common.numbers import whole_number
from dateline.reader.account.own import own_page
from dateline.reader.account.shell import page_for
from dateline.reader.chat_door import private
from dateline.reader.chat_own_contexts import NoticeContext, NoticesContext
from dateline.reader.contexts import LinkContext
from dateline.reader.links import message_path
from dateline.reader.present.chats import chat_title, chat_url, speaker
from dateline.reader.present.furniture import put_in_place
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
