"""What the deeds of chats share: whose request it is, in whose language, and how it is answered."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils.translation import gettext as _

from dateline.chats.models import Chat, Message
from dateline.chats.own_queries import waits_for
from dateline.chats.queries import chat_for_readers, message_by_key
from dateline.common import clock
from dateline.common.errors import DatelineError
from dateline.journal.queries import head
from dateline.reader.contexts import CrumbContext, PageContext
from dateline.reader.present.chats import chat_title, chat_url
from dateline.reader.present.furniture import furniture_of, home_crumb, page_of, put_in_place
from dateline.reader.unkept import for_one_reader
from dateline.reader.views import render, speaking
from dateline.reader.visit import Visit
from dateline.readers.models import Reader
from dateline.readers.queries import reader_in_session

_SALT = "dateline.chat-draft"
_KEPT_FOR = 24 * 3600  # seconds
Typed = dict[str, str]
FIELDS = ("text", "answers", "block", "version", "block_quote")


def reader_asking(request: HttpRequest) -> Reader | None:
    """Return the reader who is logged in, or None."""
    return reader_in_session(request.session.session_key or "")


@contextlib.contextmanager
def at_chat(request: HttpRequest, chat: Chat) -> Iterator[Visit]:
    """Speak the language of a chat's edition, and give what its pages are made for."""
    furniture = furniture_of(chat.edition.code)
    if furniture is None:
        raise Http404
    if chat.story:
        put_in_place(chat.story)
    with speaking(furniture):
        yield Visit(furniture=furniture, path=request.path, journal=head(), now=clock.now())


def page_beside(visit: Visit, chat: Chat, title: str) -> PageContext:
    """Return the furniture of a page of one reader that belongs to a chat."""
    page = page_of(
        visit.furniture, path=visit.path, title=title, journal=visit.journal, now=visit.now
    )
    about = CrumbContext(
        label=_("Chat: %(about)s") % {"about": chat_title(chat)}, url=chat_url(chat)
    )
    crumbs = (home_crumb(visit.furniture), about)
    return replace(page, crumbs=crumbs, is_indexed=False, canonical_url="", newsfeed=None)


def chat_or_404(number: int) -> Chat:
    """Return a chat that readers may see.

    Raises:
        Http404: there is none.
    """
    chat = chat_for_readers(number, clock.now())
    if chat is None:
        raise Http404
    return chat


def message_or_404(key: str) -> Message:
    """Return a message that a chat shows which readers may see.

    Raises:
        Http404: there is none.
    """
    message = message_by_key(key)
    if message is None or message.shown_as is None:
        raise Http404
    message.chat = chat_or_404(message.chat_id)
    return message


def waiting_or_404(key: str, reader: Reader | None) -> Message:
    """Return a message of which only its author knows, given that it waits and is this reader's.

    Raises:
        Http404: there is none.
    """
    message = message_by_key(key)
    if message is None or not waits_for(message, reader):
        raise Http404
    message.chat = chat_or_404(message.chat_id)
    return message


def waits_notice() -> str:
    """Say to its author that a message waits."""
    return _("A moderator will look at your message first.")


def is_own_form(request: HttpRequest) -> bool:
    """Say whether a form comes with the token of a page that this reader was given."""
    check = CsrfViewMiddleware(lambda _request: HttpResponse())
    check.process_request(request)
    return check.process_view(request, HttpResponse, (), {}) is None


def login_url(back: str, edition: str) -> str:
    """Return where to log in, or to register, and come back from there."""
    return f"{reverse('account_login')}?{urlencode({'edition': edition, 'next': back})}"


def signed(typed: Typed) -> str:
    """Return what was typed as a text that can be carried through a login, and not be forged."""
    return signing.dumps([typed.get(name, "") for name in FIELDS], salt=_SALT, compress=True)


def unsigned(text: str) -> Typed:
    """Return what was carried through a login, nothing of what is too old or not ours."""
    try:
        values = signing.loads(text, salt=_SALT, max_age=_KEPT_FOR)
    except signing.BadSignature:
        return {}
    return dict(zip(FIELDS, values, strict=True))


def private(context: Any, status: int = 200) -> HttpResponse:
    """Render a page for one reader alone."""
    return for_one_reader(render(context, status))


def told(values: dict[str, Any], status: int = 200) -> JsonResponse:
    """Answer a script."""
    return for_one_reader(JsonResponse(values, status=status))


def refused(error: DatelineError) -> JsonResponse:
    """Tell a script what an action refused, in its own words."""
    data = {name: value for name, value in error.data.items() if isinstance(value, int | str)}
    return told({"code": error.code, "message": str(error), **data}, error.status)


def login_needed() -> JsonResponse:
    """Tell a script that nobody is logged in."""
    return told({"code": "login-needed"}, 401)
