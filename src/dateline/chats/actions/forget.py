"""Forgetting a reader who goes."""

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from dateline.chats.actions import tell
from dateline.chats.actions.change import erase
from dateline.chats.entries import MessageEdited
from dateline.chats.models import Message
from dateline.chats.moderation_models import Appeal, Decision, Report
from dateline.chats.rules import quoted
from dateline.chats.talk import html_of, unnamed
from dateline.journal.turn import take_turn
from dateline.moderation import fingerprint
from dateline.readers.models import Reader


@transaction.atomic
def forget_author(reader: Reader) -> None:
    """Erase the words of everything a reader said, who said it, and what was said about it.

    The decisions themselves stay: how many there were is told in the figures. Where others mention
    the reader stands in the language of the chat that somebody left; other words of theirs stay.

    Records: MessageRemoved for each message that readers saw, MessageEdited for each that mentioned
    the reader.
    """
    take_turn()
    _forget_judgements(reader)
    rows = Message.objects.filter(author=reader).select_related("chat__edition")
    for message in list(rows):
        erase(message)
        message.author = None
        message.save(update_fields=["author"])
    _unname(reader.slug)


def _forget_judgements(reader: Reader) -> None:
    """Erase what moderators, reports and appeals say of a reader, and what the reader reported."""
    about = Q(reader=reader) | Q(message__author=reader)
    decisions, reports = Decision.objects.filter(about), Report.objects.filter(about)
    appeals = Appeal.objects.filter(Q(decision__in=decisions) | Q(report__in=reports))
    appeals.update(text="", answer="")
    decisions.update(statement="", note="", before=None)
    reports.update(text="", name="", mail="")


def _unname(slug: str) -> None:
    """Take the mentions of a reader out of what others said, and of what quotes it."""
    named = Q(text__icontains=f"@{slug}") | Q(quote__icontains=f"@{slug}")
    rows = Message.objects.filter(named).select_related("chat__edition").order_by("pk")
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
