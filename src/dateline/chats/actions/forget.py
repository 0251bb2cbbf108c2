"""Forgetting a reader who goes: most of it in small transactions; nobody waits long for it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from dateline.chats.actions import tell
from dateline.chats.actions.change import erase
from dateline.chats.entries import MessageEdited
from dateline.chats.models import Message
from dateline.chats.moderation_models import Appeal, Decision, Report
from dateline.chats.rules import EDIT_WITHIN, quoted
from dateline.chats.talk import html_of, unnamed
from dateline.common import clock
from dateline.journal.turn import take_turn
from dateline.moderation import fingerprint
from dateline.readers.models import Reader

_AT_ONCE = 50
"""Messages that are changed in one transaction, which holds the writers' turn."""
_WINDOW = 5_000
"""Numbers of messages that are looked through at once, in no transaction."""


def forget_author(reader: Reader) -> Callable[[], None]:
    """Erase the words of everything a reader said, who said it, and what was said about it.

    The decisions themselves stay: how many there were is told in the figures. Where others mention
    the reader stands in the language of the chat that somebody left; other words of theirs stay.
    What comes back does the rest, of what came meanwhile: in the transaction of the removal.

    Records: MessageRemoved for each message that readers saw, MessageEdited for each that mentioned
    the reader.
    """
    looked_to = _settled_before(clock.now())
    for numbers in _batches(Message.objects.filter(author=reader)):
        _erase(reader, numbers)
    _unname(reader.slug, after=0)
    return lambda: _finish(reader, looked_to)


def _settled_before(now: datetime) -> int:
    """Return the number of a message up to which nobody changes the words of any."""
    young = Message.objects.filter(posted_at__gte=now - 2 * EDIT_WITHIN)
    first: int | None = young.aggregate(first=Min("pk"))["first"]
    return _newest() if first is None else first - 1


def _newest() -> int:
    return Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@transaction.atomic
def _finish(reader: Reader, looked_to: int) -> None:
    take_turn()
    _erase(reader, list(Message.objects.filter(author=reader).values_list("pk", flat=True)))
    _forget_judgements(Q(reader=reader))
    _unname(reader.slug, after=looked_to)


def _batches(rows: QuerySet[Message]) -> Iterator[list[int]]:
    """Yield the numbers of messages, some at a time."""
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(numbers), _AT_ONCE):
        yield numbers[first : first + _AT_ONCE]


@transaction.atomic
def _erase(reader: Reader, numbers: Sequence[int]) -> None:
    """Erase messages of a reader, and what moderators, reports and appeals say of them."""
    take_turn()
    own = Message.objects.filter(pk__in=numbers, author=reader)
    _forget_judgements(Q(message__in=list(own.values_list("pk", flat=True))))
    for message in own.select_related("chat__edition"):
        erase(message)
        message.author = None
        message.save(update_fields=["author"])


def _forget_judgements(about: Q) -> None:
    """Erase what moderators, reports and appeals say of something, and what a reader reported."""
    decisions, reports = Decision.objects.filter(about), Report.objects.filter(about)
    appeals = Appeal.objects.filter(Q(decision__in=decisions) | Q(report__in=reports))
    appeals.update(text="", answer="")
    decisions.update(statement="", note="", before=None)
    reports.update(text="", name="", mail="")


def _unname(slug: str, *, after: int) -> None:
    """Take the mentions of a reader out of what others said after a message, and quoted."""
    named = Q(text__icontains=f"@{slug}") | Q(quote__icontains=f"@{slug}")
    for first in range(after, _newest(), _WINDOW):
        window = Message.objects.filter(named, pk__gt=first, pk__lte=first + _WINDOW)
        for numbers in _batches(window):
            _take_out(slug, numbers)


@transaction.atomic
def _take_out(slug: str, numbers: Sequence[int]) -> None:
    take_turn()
    rows = Message.objects.filter(pk__in=numbers).select_related("chat__edition").order_by("pk")
    for message in rows.defer("found"):
        with translation.override(message.chat.edition.language):
            instead = _("somebody who left")
        text = unnamed(message.text, slug, instead)
        quote = quoted(unnamed(message.quote, slug, instead))
        if (text, quote) == (message.text, message.quote):
            continue
        message.text, message.quote, message.html = text, quote, html_of(text)
        message.fingerprint = fingerprint(text)
        message.save(update_fields=["text", "quote", "html", "fingerprint"])
        if message.is_readable:
            tell.tell_message(message, MessageEdited)
