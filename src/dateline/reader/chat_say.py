"""Saying something in a chat: at once from a script, or by a page that shows it once more.

The form stands on pages that are the same for everyone, so it carries no token. What comes without
one is never posted: it is shown on a page of this reader's own, with the token, or with the way to
log in; from there it is posted by the reader's own click.
"""

import secrets
from dataclasses import replace

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from dateline.chats.actions import Words, post_message
from dateline.chats.enums import MessageState
from dateline.chats.models import Chat, Message
from dateline.chats.own_queries import is_said_to_wait
from dateline.chats.queries import message_by_key
from dateline.common.client import client_address, wants_json
from dateline.common.errors import DatelineError
from dateline.common.numbers import whole_number
from dateline.reader.chat import bare_chat
from dateline.reader.chat_contexts import SayContext
from dateline.reader.chat_door import (
    FIELDS,
    Typed,
    at_chat,
    chat_or_404,
    is_own_form,
    login_needed,
    login_url,
    page_beside,
    private,
    reader_asking,
    refused,
    signed,
    told,
    unsigned,
    waits_notice,
)
from dateline.reader.chat_told import told_of
from dateline.reader.links import message_path, say_path
from dateline.reader.present.chats import (
    chat_title,
    chat_url,
    message_context,
    own_message_context,
)
from dateline.reader.visit import Visit
from dateline.readers.models import Reader


@csrf_exempt
def say(request: HttpRequest, number: int) -> HttpResponse:
    """Take what a reader says, or show it once more, or lead to a login and back."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    chat = chat_or_404(number)
    with at_chat(request, chat) as visit:
        reader = reader_asking(request)
        typed = _typed(request)
        go = request.POST.get("go", "")
        if go in {"login", "register"}:
            return _to_login(request, chat, typed)
        if go == "post" and reader is not None and is_own_form(request):
            return _post(request, visit, chat, reader, typed)
        if wants_json(request):
            return login_needed() if reader is None else told({"code": "form-outdated"}, 403)
        return private(_page(request, visit, chat, typed, reader))


def _typed(request: HttpRequest) -> Typed:
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in (*FIELDS, "client_key")}
    if "draft" in request.GET:
        return unsigned(request.GET["draft"])
    return {name: request.GET.get(name, "") for name in ("answers", "block", "version")}


def _to_login(request: HttpRequest, chat: Chat, typed: Typed) -> HttpResponse:
    back = request.POST.get("back", "")
    is_ours = back.startswith("/") and not back.startswith(("//", "/\\"))
    back = back if is_ours else _carrying(chat, typed)
    return HttpResponseRedirect(login_url(back, chat.edition.code))


def _carrying(chat: Chat, typed: Typed) -> str:
    return f"{say_path(chat.pk)}?draft={signed(typed)}"


def _post(
    request: HttpRequest, visit: Visit, chat: Chat, reader: Reader, typed: Typed
) -> HttpResponse:
    try:
        message = post_message(
            by=reader,
            chat=chat,
            words=_words(typed),
            client_key=typed.get("client_key", "")[:64],
            address=client_address(request),
        )
    except DatelineError as error:
        if wants_json(request):
            return refused(error)
        page = replace(_page(request, visit, chat, typed, reader), trouble=str(error))
        return private(page, error.status)
    notice = waits_notice() if is_said_to_wait(message) else ""
    own_url = f"{message_path(message.key)}/act" if notice else ""
    if wants_json(request):
        answer = {
            "message": message.key,
            "notice": notice,
            "url": own_url,
            "look": _("Your message"),
        }
        return told(answer | _line(message, chat, notice))
    if notice:
        page = _page(request, visit, chat, typed, reader)
        return private(replace(page, notice=notice, own_url=own_url))
    return HttpResponseRedirect(message_path(message.key))


def _line(message: Message, chat: Chat, notice: str) -> dict[str, str]:
    """Return what of a message nobody's stream brings, though nothing is said of that."""
    if notice or message.is_readable:
        return {"state": message.state}
    values = {"message": own_message_context(message, chat_url(chat))}
    html = render_to_string("reader/_chat_message.html", values)
    return {"state": MessageState.PUBLISHED, "html": html}


def _words(typed: Typed) -> Words:
    return Words(
        text=typed.get("text", ""),
        answers=_answered(typed),
        block=typed.get("block", ""),
        version=whole_number(typed.get("version", "")) or 0,
        block_quote=typed.get("block_quote", ""),
    )


def _answered(typed: Typed) -> Message | None:
    return message_by_key(typed["answers"]) if typed.get("answers") else None


def _page(
    request: HttpRequest, visit: Visit, chat: Chat, typed: Typed, reader: Reader | None
) -> SayContext:
    title = _("Chat: %(about)s") % {"about": chat_title(chat)}
    answered = _answered(typed)
    is_here = answered is not None and answered.chat_id == chat.pk and answered.is_readable
    return SayContext(
        page=page_beside(visit, chat, title),
        chat=bare_chat(visit, chat),
        text=typed.get("text", ""),
        answers=message_context(answered, chat_url(chat)) if answered and is_here else None,
        client_key=typed.get("client_key") or secrets.token_urlsafe(12),
        block=typed.get("block", ""),
        version=whole_number(typed.get("version", "")) or 0,
        block_quote=typed.get("block_quote", ""),
        token=get_token(request) if reader else "",
        told=told_of(reader) if reader else (),
    )
