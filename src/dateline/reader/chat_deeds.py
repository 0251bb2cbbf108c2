"""A message's address, and what a reader does with it: react, change, delete, report."""

from dataclasses import replace

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from dateline.chats.actions import delete_message, edit_message, react
from dateline.chats.actions.report import report_message
from dateline.chats.enums import MessageState, ReactionKind
from dateline.chats.models import Message, Reaction
from dateline.chats.moderation_enums import Ground
from dateline.chats.own_queries import is_said_to_wait, waits_for
from dateline.chats.queries import message_by_key
from dateline.chats.quoting import quotation
from dateline.chats.rules import EDIT_WITHIN, may_edit
from dateline.common.client import wants_json
from dateline.common.errors import DatelineError
from dateline.reader.chat_contexts import MessageDeedsContext
from dateline.reader.chat_door import (
    at_chat,
    login_needed,
    login_url,
    message_or_404,
    page_beside,
    private,
    reader_asking,
    refused,
    told,
    waiting_or_404,
    waits_notice,
)
from dateline.reader.contexts import LinkContext
from dateline.reader.links import message_path
from dateline.reader.present.chats import (
    chat_url,
    every_reaction,
    message_context,
    own_message_context,
)
from dateline.reader.unkept import for_one_reader
from dateline.reader.visit import Visit
from dateline.readers.actions import mute_reader
from dateline.readers.models import Reader


def permalink(request: HttpRequest, key: str) -> HttpResponse:
    """Lead from a message's address to the page of its chat that begins with it.

    Never for ever: its story may move.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    found = message_by_key(key)
    if found and found.state == MessageState.HELD and waits_for(found, reader_asking(request)):
        return for_one_reader(HttpResponseRedirect(f"{message_path(key)}/act"))
    message = message_or_404(key)
    with at_chat(request, message.chat):
        before = (message.shown_as or 0) - 1
        response = HttpResponseRedirect(f"{chat_url(message.chat)}?after={before}#m-{key}")
    response["Cache-Control"] = "public, no-cache"
    return response


def act(request: HttpRequest, key: str) -> HttpResponse:
    """Show what this reader can do with a message, or do it."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    reader = reader_asking(request)
    message = _about(key, reader)
    with at_chat(request, message.chat) as visit:
        if request.method != "POST":
            return private(_page(request, visit, message, reader))
        if reader is None:
            return login_needed() if wants_json(request) else HttpResponseRedirect(_login(message))
        return _done(request, visit, message, reader)


def _about(key: str, reader: Reader | None) -> Message:
    """Return the message that a page is about: readers see where it is, or it is one's own."""
    try:
        return waiting_or_404(key, reader)
    except Http404:
        return message_or_404(key)


def _done(request: HttpRequest, visit: Visit, message: Message, reader: Reader) -> HttpResponse:
    try:
        notice = _do(request, message, reader)
    except DatelineError as error:
        if wants_json(request):
            return refused(error)
        page = replace(_page(request, visit, message, reader), trouble=str(error))
        return private(page, error.status)
    if wants_json(request):
        return told({"message": message.key, "notice": notice})
    if not notice:
        return HttpResponseRedirect(message_path(message.key))
    message.refresh_from_db()
    return private(replace(_page(request, visit, message, reader), notice=notice))


def _do(request: HttpRequest, message: Message, reader: Reader) -> str:
    """Do what a form asks for and return what to say of it, nothing where it shows by itself."""
    form = request.POST
    if form.get("react") in ReactionKind.values:
        kind = ReactionKind(form["react"])
        given = Reaction.objects.filter(message=message, reader=reader, kind=kind).exists()
        if not waits_for(message, reader):
            react(by=reader, message=message, kind=kind, is_on=not given)
    elif form.get("deed") == "edit":
        edited = edit_message(by=reader, message=message, text=form.get("text", ""))
        return waits_notice() if is_said_to_wait(edited) else ""
    elif form.get("deed") == "delete":
        delete_message(by=reader, message=message)
    elif form.get("deed") == "report" and form.get("reason") in Ground.values:
        ground, note = Ground(form["reason"]), form.get("note", "")
        report_message(by=reader, message=message, ground=ground, text=note)
        return _("Thank you. The moderators will look at it.")
    elif form.get("deed") == "mute" and message.author not in (None, reader):
        mute_reader(by=reader.account, reader=reader, muted=message.author)
        return _(
            "Their messages are hidden where scripts run, and you are told nothing of them. "
            "Your account has a list of whom you muted."
        )
    return ""


def _login(message: Message) -> str:
    return login_url(f"{message_path(message.key)}/act", message.chat.edition.code)


def _may_quote(request: HttpRequest) -> bool:
    """Say whether somebody works at the desk: moderates chats or edits stories."""
    user = request.user
    return any(user.has_perm(name) for name in ("chats.moderate_chats", "stories.change_story"))


def _page(
    request: HttpRequest, visit: Visit, message: Message, reader: Reader | None
) -> MessageDeedsContext:
    waits = waits_for(message, reader)
    is_mine = reader is not None and message.author_id == reader.pk
    is_own = is_mine and (message.is_readable or waits)
    present = own_message_context if waits else message_context
    given = Reaction.objects.filter(message=message, reader=reader) if reader else ()
    return MessageDeedsContext(
        page=page_beside(visit, message.chat, _("One message")),
        message=present(message, chat_url(message.chat)),
        kinds=every_reaction(message.reactions),
        given=tuple(one.kind for one in given),
        text=message.text if is_own else "",
        is_own=is_own,
        may_edit=is_own and may_edit(posted_at=message.posted_at, now=visit.now),
        edit_until=message.posted_at + EDIT_WITHIN,
        login_url="" if reader else _login(message),
        token=get_token(request) if reader else "",
        quotation=quotation(message) if _may_quote(request) else "",
        notice=waits_notice() if is_said_to_wait(message) and is_own else "",
        reasons=tuple(LinkContext(label=str(one.label), url=one.value) for one in Ground),
    )
