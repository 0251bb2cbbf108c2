"""Forgetting a reader who goes."""

from django.db import transaction
from django.db.models import Q

from dateline.chats.actions.change import erase
from dateline.chats.models import Message
from dateline.chats.moderation_models import Appeal, Decision, Report
from dateline.journal.turn import take_turn
from dateline.readers.models import Reader


@transaction.atomic
def forget_author(reader: Reader) -> None:
    """Erase the words of everything a reader said, who said it, and what was said about it.

    The decisions themselves stay: how many there were is told in the figures.

    Records: MessageRemoved for each message that readers saw.
    """
    take_turn()
    _forget_judgements(reader)
    rows = Message.objects.filter(author=reader).select_related("chat__edition")
    for message in list(rows):
        erase(message)
        message.author = None
        message.save(update_fields=["author"])


def _forget_judgements(reader: Reader) -> None:
    """Erase what moderators, reports and appeals say of a reader, and what the reader reported."""
    about = Q(reader=reader) | Q(message__author=reader)
    Appeal.objects.filter(decision__in=Decision.objects.filter(about)).update(text="", answer="")
    Decision.objects.filter(about).update(statement="", note="", before=None)
    Report.objects.filter(about).update(text="", name="", mail="")
