"""What a reader has to know of moderators' decisions: before their box, and on their account."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dateline.chats.moderation_enums import Deed
from dateline.chats.moderation_models import Decision
from dateline.chats.moderation_rules import LASTING
from dateline.chats.rules import quoted
from dateline.chats.told_queries import decisions_to_read
from dateline.common import clock
from dateline.reader.chat_contexts import ToldContext
from dateline.reader.chat_door import at_chat, chat_or_404, login_needed, reader_asking
from dateline.reader.present.chats import chat_url
from dateline.reader.unkept import for_one_reader
from dateline.readers.models import Reader


def told_of(reader: Reader) -> tuple[ToldContext, ...]:
    """Return what a reader has to know now, in the language that is spoken."""
    found = decisions_to_read(reader, clock.now())
    return tuple(_told(decision) for decision in found)


def told_here(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a chat's script with what its reader has to know, as the partial that shows it."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    reader = reader_asking(request)
    if reader is None:
        return login_needed()
    chat = chat_or_404(number)
    with at_chat(request, chat):
        values = {"told": told_of(reader), "token": get_token(request), "back": chat_url(chat)}
        return for_one_reader(render(request, "reader/_chat_told.html", values))


def _told(decision: Decision) -> ToldContext:
    return ToldContext(
        sentence=_SENTENCES[Deed(decision.deed)](decision),
        ground=str(decision.get_ground_display()) if decision.ground else "",
        statement=decision.statement,
        words=quoted(decision.message.text) if decision.message else "",
        url=reverse("chat-decision", args=[decision.key]),
        key="" if decision.deed in LASTING else decision.key,
    )


def _slowed(decision: Decision) -> str:
    pace = decision.sanction.pace_seconds
    told = ngettext(
        "A moderator has slowed you down: one message every {n} second.",
        "A moderator has slowed you down: one message every {n} seconds.",
        pace,
    ).format(n=pace)
    until = _until(decision)
    return f"{told} {_('This ends {until}.').format(until=until)}" if until else told


def _suspended(decision: Decision) -> str:
    return _("You can read, and post again after {until}.").format(until=_until(decision))


def _until(decision: Decision) -> str:
    until = decision.sanction.until
    return date_format(localtime(until), "SHORT_DATETIME_FORMAT") if until else ""


_SENTENCES: dict[Deed, Callable[[Decision], str]] = {
    Deed.REJECT: lambda _one: _("A moderator rejected your message."),
    Deed.HOLD: lambda _one: _("Readers reported your message; it waits for a moderator."),
    Deed.WARN: lambda _one: _("A moderator warns you."),
    Deed.SLOW: _slowed,
    Deed.SUSPEND: _suspended,
    Deed.BAN: lambda _one: _("You can read, and not post: a moderator has ended your part here."),
}
