"""A message as the desk quotes it, on the reader's site and on the moderators' screens."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dateline.chats.models import Message


def quotation(message: Message) -> str:
    """Return a message's words, name, chat, time and permanent address; nothing of a gone one.

    Shape: two lines, the second is the address.
    """
    if not message.is_readable:
        return ""
    author = message.author.display_name if message.author else message.signed
    quote = _("“%(words)s” – %(name)s in the chat about “%(about)s”, %(time)s") % {
        "words": " ".join(message.text.split()),
        "name": author or _("Somebody who left"),
        "about": message.chat,
        "time": date_format(timezone.localtime(message.posted_at), "DATETIME_FORMAT"),
    }
    return f"{quote}\n{settings.DATELINE.base_url}{reverse('message', args=[message.key])}"
